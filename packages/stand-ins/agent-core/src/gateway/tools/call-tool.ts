import { McpError } from '@modelcontextprotocol/sdk/types.js';
import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import { sentKeyOf } from './gateway-target.ts';
import { callUpstream, type McpTool } from './mcp-upstream.ts';
import type { GatewayTool } from './tool-shelf.ts';
import type { ApiTool } from './tools-of.ts';

export interface ToolResult {
  readonly isError: boolean;
  readonly content: readonly { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent?: JsonObject;
}

/** What a gateway says of its own failures, unless it was created with exceptionLevel DEBUG. */
const internal = 'An internal error occurred. Please retry later.';

/** Calls what is behind a tool. Whatever goes wrong there is a result that a model can read, not an error of the protocol. */
export async function callTool(tool: GatewayTool, args: JsonObject, timeoutMilliseconds: number): Promise<ToolResult | JsonObject> {
  return 'upstream' in tool ? callServer(tool, args, timeoutMilliseconds) : callApi(tool, args, timeoutMilliseconds);
}

/** The server's own result, its errors included; what is wrong with the connection is the gateway's own matter. */
async function callServer(tool: McpTool, args: JsonObject, timeoutMilliseconds: number): Promise<ToolResult | JsonObject> {
  try {
    return await callUpstream(tool, args, timeoutMilliseconds);
  } catch (error) {
    return failed(error instanceof McpError ? error.message : internal);
  }
}

async function callApi(tool: ApiTool, args: JsonObject, timeoutMilliseconds: number): Promise<ToolResult> {
  const faults = argumentFaults(tool, args);
  if (faults.length > 0) {
    return failed(`Parameter validation failed: Invalid request parameters:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  }
  try {
    const response = await callTarget(tool, args, AbortSignal.timeout(timeoutMilliseconds));
    const text = await response.text();
    return response.ok ? { isError: false, content: [{ type: 'text', text }] } : failed(`HTTP ${response.status}: ${text}`);
  } catch {
    return failed(internal);
  }
}

function failed(text: string): ToolResult {
  return { isError: true, content: [{ type: 'text', text }] };
}

/** What is wrong with the arguments of a call: what is missing, and what is of another type than its schema says. */
function argumentFaults({ definition: { inputSchema } }: ApiTool, args: JsonObject): string[] {
  const missing = (inputSchema.required ?? []).filter((name) => args[name] === undefined || args[name] === null);
  const wrong = Object.entries(args).filter(([name, value]) => {
    const schema = inputSchema.properties[name];
    return isJsonObject(schema) && value !== null && !isOfType(schema.type, value);
  });
  return [
    ...missing.map((name) => `Field '${name}' is required but was not provided`),
    ...wrong.map(([name]) => `Field '${name}' has the wrong type`),
  ];
}

function isOfType(type: unknown, value: unknown): boolean {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'number':
      return typeof value === type;
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isJsonObject(value);
    default:
      return true;
  }
}

/** Carries a call out: an HTTP request to the API behind the target, with the target's own key. */
async function callTarget(tool: ApiTool, args: JsonObject, signal: AbortSignal): Promise<Response> {
  const { target, method, bodyFields } = tool;
  const url = new URL(target.server + filledPath(tool, args));
  const headers = new Headers({ accept: 'application/json', 'user-agent': 'AmazonBedrockAgentCoreGateway' });
  for (const { name, in: place } of tool.parameters) {
    for (const value of valuesOf(args[name])) {
      if (place === 'query') url.searchParams.append(name, value);
      if (place === 'header') headers.append(name, value);
    }
  }
  const { in: place, name } = target.credential;
  if (place === 'query') url.searchParams.set(name, sentKeyOf(target.credential));
  else headers.set(name, sentKeyOf(target.credential));
  if (!bodyFields) return fetch(url, { method, headers, signal });
  headers.set('content-type', 'application/json');
  const body = JSON.stringify(Object.fromEntries(bodyFields.flatMap((field) => (args[field] === undefined ? [] : [[field, args[field]]]))));
  return fetch(url, { method, headers, body, signal });
}

function filledPath({ path, parameters }: ApiTool, args: JsonObject): string {
  return parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((filled, { name }) => filled.replace(`{${name}}`, encodeURIComponent(String(args[name]))), path);
}

function valuesOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
