import { isJsonObject } from '@vera/stand-in-kit/json-object';
import type { ContentBlock, ConverseRequest, ToolSpec } from './converse-request.ts';
import { schemaProblemOf } from './schema-problem.ts';
import { constraintError, validationError } from './validation-error.ts';

const toolName = /^[a-zA-Z0-9_-]+$/;
const toolUseId = /^[a-zA-Z0-9_.:-]+$/;
const longest = 64;

/** Names, schemas and ids of tools. */
export function refuseTools({ messages, toolConfig }: ConverseRequest): void {
  if (toolConfig) refuseToolConfig(toolConfig);
  for (const [index, { content }] of messages.entries()) {
    for (const [position, block] of content.entries()) {
      refuseToolBlock(block, `messages.${index + 1}.member.content.${position + 1}.member`);
    }
  }
}

function refuseToolConfig({ tools = [], toolChoice }: NonNullable<ConverseRequest['toolConfig']>): void {
  const specs = tools.flatMap(({ toolSpec }) => toolSpec ?? []);
  if (specs.length === 0) throw constraintError('toolConfig.tools', '[]', 'have length greater than or equal to 1');
  for (const [index, spec] of specs.entries()) refuseSpec(spec, index, specs);
  const wanted = toolChoice?.tool?.name;
  if (wanted !== undefined && !specs.some(({ name }) => name === wanted)) {
    throw validationError(`The toolChoice names the tool ${wanted}, which is not defined in toolConfig.tools.`);
  }
}

const listsOfForms = ['anyOf', 'oneOf', 'allOf'];

function refuseSpec({ name, description, inputSchema }: ToolSpec, index: number, specs: readonly ToolSpec[]): void {
  const at = `toolConfig.tools.${index + 1}.member.toolSpec`;
  refusePattern(name, `${at}.name`, toolName);
  if (description === '') throw constraintError(`${at}.description`, '', 'have length greater than or equal to 1');
  if (specs.findIndex((other) => other.name === name) !== index) {
    throw validationError(`The tool ${name} is already defined at toolConfig.tools.${specs.findIndex((other) => other.name === name)}.`);
  }
  refuseSchema(inputSchema?.json, index);
}

/**
 * Bedrock looks at little itself (https://github.com/aws/aws-sdk-net/issues/3377); the rest is what the model's own API says through it. Each
 * is fatal to the whole request: the meta-schema (https://github.com/acomagu/vscode-as-mcp-server/issues/6), combiners on top
 * (https://github.com/makenotion/notion-mcp-server/issues/341), names of properties on top
 * (https://github.com/aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws/issues/709).
 */
function refuseSchema(schema: unknown, index: number): void {
  if (!isJsonObject(schema)) {
    const at = `toolConfig.tools.${index}.toolSpec.inputSchema.json`;
    throw validationError(`The format of the value at ${at} is invalid. Provide a json object for the field and try again.`);
  }
  if (schema.type !== 'object') {
    throw validationError(`The value at toolConfig.tools.${index}.toolSpec.inputSchema.json.type must be one of the following: object.`);
  }
  const at = `The model returned the following errors: tools.${index}.custom.input_schema`;
  if (listsOfForms.some((form) => form in schema)) {
    throw validationError(`${at}: input_schema does not support oneOf, allOf, or anyOf at the top level`);
  }
  const problem = schemaProblemOf(schema);
  if (problem === 'names') {
    throw validationError(`${at}.properties: Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'`);
  }
  if (problem)
    throw validationError(
      `${at}: JSON schema is invalid. It must match JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12).`,
    );
}

function refuseToolBlock({ toolUse, toolResult }: ContentBlock, at: string): void {
  if (toolResult) refusePattern(toolResult.toolUseId, `${at}.toolResult.toolUseId`, toolUseId);
  if (!toolUse) return;
  refusePattern(toolUse.toolUseId, `${at}.toolUse.toolUseId`, toolUseId);
  refusePattern(toolUse.name, `${at}.toolUse.name`, toolName);
  if (!isJsonObject(toolUse.input)) throw validationError(`The value at ${at}.toolUse.input is not a JSON object.`);
}

function refusePattern(value: string, member: string, pattern: RegExp): void {
  if (!pattern.test(value)) throw constraintError(member, value, `satisfy regular expression pattern: ${pattern.source.slice(1, -1)}`);
  if (value.length > longest) throw constraintError(member, value, `have length less than or equal to ${longest}`);
}
