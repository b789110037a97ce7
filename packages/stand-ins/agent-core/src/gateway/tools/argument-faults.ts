import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import type { GatewayTool } from './gateway-tool.ts';

/** What is wrong with the arguments of a call: what is missing, and what is of another type than its schema says. */
export function argumentFaults({ definition: { inputSchema } }: GatewayTool, args: JsonObject): string[] {
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
