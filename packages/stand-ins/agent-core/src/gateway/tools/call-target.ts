import type { JsonObject } from '@vera/stand-in-kit/json-object';
import type { GatewayTool } from './gateway-tool.ts';

/** Carries a call out: an HTTP request to the API behind the target, with the target's own key. */
export async function callTarget(tool: GatewayTool, args: JsonObject, signal: AbortSignal): Promise<Response> {
  const { target, method, bodyFields } = tool;
  const url = new URL(target.server + filledPath(tool, args));
  const headers = new Headers({ accept: 'application/json', 'user-agent': 'AmazonBedrockAgentCoreGateway' });
  for (const { name, in: place } of tool.parameters) {
    for (const value of valuesOf(args[name])) {
      if (place === 'query') url.searchParams.append(name, value);
      if (place === 'header') headers.append(name, value);
    }
  }
  const { in: place, name, prefix, key } = target.credential;
  const credential = prefix ? `${prefix} ${key}` : key;
  if (place === 'query') url.searchParams.set(name, credential);
  else headers.set(name, credential);
  if (!bodyFields) return fetch(url, { method, headers, signal });
  headers.set('content-type', 'application/json');
  const body = JSON.stringify(Object.fromEntries(bodyFields.flatMap((field) => (args[field] === undefined ? [] : [[field, args[field]]]))));
  return fetch(url, { method, headers, body, signal });
}

function filledPath({ path, parameters }: GatewayTool, args: JsonObject): string {
  return parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((filled, { name }) => filled.replace(`{${name}}`, encodeURIComponent(String(args[name]))), path);
}

function valuesOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
