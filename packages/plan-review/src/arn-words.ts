import { code } from './markdown.ts';
import type { References } from './references.ts';
import { resourceWords } from './resource-words.ts';
import { arnPattern, type Home, type Surroundings } from './surroundings.ts';

/**
 * "DynamoDB table `vera-ledger`" for what one of the plans manages, and for what is at home and has no wildcard before its name; the
 * whole ARN for everything else.
 */
export function arnWords(text: string, context: ArnContext): string {
  const { expression, rest: behind = '' } = /^\$\{(?<expression>[^{}]+)\}(?<rest>.*)$/s.exec(text)?.groups ?? {};
  if (expression !== undefined) return expressionWords(expression, behind, context) ?? code(text, 250);
  const { noun, name, part = '' } = namedIn(text);
  const behindName = part === '' ? '' : ` ${code(part)}`;
  const managed = context.surroundings.names.get(part === '' ? text : text.slice(0, -part.length));
  if (managed !== undefined) return `${managed}${behindName}`;
  return name === undefined || !isAtHome(text, context.surroundings.home) ? code(text, 250) : `${noun} ${code(name)}${behindName}`;
}

export type ArnContext = { readonly surroundings: Surroundings; readonly references: References; readonly module: string };

type Named = { readonly noun?: string; readonly name?: string; readonly part?: string };

function namedIn(text: string): Named {
  const { service = '', rest = '' } = arnPattern.exec(text)?.groups ?? {};
  const matches = kinds.map(([pattern, noun]) => ({ noun, ...(pattern.exec(`${service} ${rest}`)?.groups as Named | undefined) }));
  return matches.find(({ name }) => name !== undefined) ?? {};
}

function isAtHome(text: string, home: Home | undefined): boolean {
  const { region, account } = arnPattern.exec(text)?.groups ?? {};
  return (region === '' || region === home?.region) && (account === '' || account === home?.account);
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^dynamodb table\/(?<name>[^/]+)(?<part>\/.+)?$/s, 'DynamoDB table'],
  [/^secretsmanager secret:(?<name>.+)$/s, 'secret'],
  [/^kms key\/(?<name>.+)$/s, 'KMS key'],
  [/^s3 (?<name>[^/]+)(?<part>\/.+)?$/s, 'S3 bucket'],
  [/^bedrock knowledge-base\/(?<name>.+)$/s, 'knowledge base'],
  [/^bedrock foundation-model\/(?<name>.+)$/s, 'model'],
  [/^bedrock inference-profile\/(?<name>.+)$/s, 'inference profile'],
  [/^bedrock guardrail\/(?<name>.+)$/s, 'guardrail'],
  [/^bedrock-agentcore memory\/(?<name>.+)$/s, 'AgentCore memory'],
  [/^bedrock-agentcore runtime\/(?<name>[^/]+)(?<part>\/.+)?$/s, 'AgentCore runtime'],
  [/^bedrock-agentcore gateway\/(?<name>.+)$/s, 'AgentCore gateway'],
  [/^lambda function:(?<name>[^:]+)(?<part>:.+)?$/s, 'Lambda function'],
  [/^logs log-group:(?<name>[^:]+)(?<part>:.+)?$/s, 'log group'],
  [/^ecr repository\/(?<name>.+)$/s, 'ECR repository'],
  [/^sqs (?<name>.+)$/s, 'SQS queue'],
  [/^sns (?<name>[^:]+)$/s, 'SNS topic'],
  [/^events rule\/(?<name>.+)$/s, 'event rule'],
  [/^scheduler schedule\/(?<name>.+)$/s, 'schedule'],
  [/^iam role\/(?<name>.+)$/s, 'role'],
  [/^ssm parameter\/(?<name>.+)$/s, 'parameter'],
];

/** A value that only the apply will tell is called by the resource of this plan that it comes from. */
function expressionWords(expression: string, behind: string, { references, module }: ArnContext): string | undefined {
  const change = expression.startsWith('data.') ? undefined : references.resourceOf(expression, module);
  return change && `${resourceWords(change)}${behind === '' ? '' : ` ${code(behind)}`}`;
}
