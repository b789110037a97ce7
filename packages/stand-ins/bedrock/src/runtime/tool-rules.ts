import { isJsonObject } from '@vera/stand-in-kit/json-object';
import type { ContentBlock, ConverseRequest, ToolSpec } from './converse-request.ts';
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

function refuseSpec({ name, description, inputSchema }: ToolSpec, index: number, specs: readonly ToolSpec[]): void {
  const at = `toolConfig.tools.${index + 1}.member.toolSpec`;
  refusePattern(name, `${at}.name`, toolName);
  if (description === '') throw constraintError(`${at}.description`, '', 'have length greater than or equal to 1');
  if (specs.findIndex((other) => other.name === name) !== index) {
    throw validationError(`The tool ${name} is already defined at toolConfig.tools.${specs.findIndex((other) => other.name === name)}.`);
  }
  const schema = inputSchema?.json;
  if (!isJsonObject(schema) || schema.type !== 'object') {
    throw validationError(`The value at ${at}.inputSchema.json.type must be one of the following: object.`);
  }
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
