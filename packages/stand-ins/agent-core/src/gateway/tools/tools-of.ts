import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import type { GatewayTarget } from './gateway-target.ts';
import type { GatewayTool } from './gateway-tool.ts';
import { withoutReferences } from './without-references.ts';

const methods = ['get', 'put', 'post', 'delete', 'patch'];
const longestName = 256;

/** The tools of a target: one for each operation that has an `operationId`. Parameters and the fields of the body are one object. */
export function toolsOf(target: GatewayTarget): GatewayTool[] {
  const paths = withoutReferences(target.document.paths, target.document);
  if (!isJsonObject(paths)) throw new Error(`The document of ${target.name} has no paths`);
  return Object.entries(paths).flatMap(([path, item]) => {
    if (!isJsonObject(item)) return [];
    return methods.flatMap((method) => {
      const operation = item[method];
      if (!isJsonObject(operation) || typeof operation.operationId !== 'string') return [];
      return [toolOf(target, { path, method, operation, shared: listOf(item.parameters) })];
    });
  });
}

interface OperationAt {
  readonly path: string;
  readonly method: string;
  readonly operation: JsonObject;
  readonly shared: readonly JsonObject[];
}

function toolOf(target: GatewayTarget, { path, method, operation, shared }: OperationAt): GatewayTool {
  const name = `${target.name}___${operation.operationId}`;
  if (name.length > longestName) throw new Error(`A tool's name has at most ${longestName} characters: ${name}`);
  const parameters = [...shared, ...listOf(operation.parameters)];
  const body = bodySchemaOf(operation);
  const required = [
    ...parameters.filter((parameter) => parameter.required === true).map((parameter) => String(parameter.name)),
    ...(Array.isArray(body?.required) ? body.required.map(String) : []),
  ];
  const properties = {
    ...Object.fromEntries(parameters.map((parameter) => [String(parameter.name), propertyOf(parameter)])),
    ...(isJsonObject(body?.properties) ? body.properties : {}),
  };
  return {
    definition: {
      name,
      description: String(operation.description ?? operation.summary ?? ''),
      inputSchema: { type: 'object', properties, ...(required.length > 0 ? { required } : {}) },
    },
    target,
    method: method.toUpperCase(),
    path,
    parameters: parameters.map((parameter) => ({ name: String(parameter.name), in: placeOf(parameter) })),
    bodyFields: body ? Object.keys(isJsonObject(body.properties) ? body.properties : {}) : undefined,
  };
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function propertyOf({ schema, description }: JsonObject): JsonObject {
  return { ...(isJsonObject(schema) ? schema : {}), ...(description === undefined ? {} : { description }) };
}

function placeOf({ in: place, name }: JsonObject): 'path' | 'query' | 'header' {
  if (place === 'path' || place === 'query' || place === 'header') return place;
  throw new Error(`AgentCore takes no parameter in ${String(place)}: ${String(name)}`);
}

function bodySchemaOf({ requestBody }: JsonObject): JsonObject | undefined {
  if (!isJsonObject(requestBody) || !isJsonObject(requestBody.content)) return undefined;
  const json = requestBody.content['application/json'];
  return isJsonObject(json) && isJsonObject(json.schema) ? json.schema : undefined;
}
