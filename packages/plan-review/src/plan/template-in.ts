import type { Json } from '../json/json.ts';
import { parsedTemplate } from '../json/template.ts';
import { plainOf, valueAt } from '../secrets/masked-value.ts';
import { isRecord } from './attribute-differences.ts';
import type { ResourceChange } from './plan.ts';
import { attributeText, type References } from './references.ts';

/** CloudFormation's word for an AgentCore runtime. */
export const runtimeType = 'AWS::BedrockAgentCore::Runtime';

/** The template of a CloudFormation stack; where only an apply can tell it, as the code has it. Undefined for what is none, or no JSON. */
export function templateIn(change: ResourceChange, side: 'before' | 'after', references: References): Json | undefined {
  if (change.type !== 'aws_cloudformation_stack') return undefined;
  const value = valueAt(change[side], 'template_body');
  // With a secret in it, it is told member by member.
  if (value !== undefined && isRecord(value)) return plainOf(value);
  const text = attributeText(change, 'template_body', side, references);
  return text === undefined ? undefined : parsedTemplate(text);
}
