import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import type { ApiTarget } from './gateway-target.ts';

/** What `tools/list` shows of a tool. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: {
    readonly type: 'object';
    readonly properties: JsonObject;
    readonly required?: readonly string[];
  };
  readonly annotations?: object;
}

/** An operation of a target as a tool, with what it takes to call it. */
export interface ApiTool {
  readonly definition: ToolDefinition;
  readonly target: ApiTarget;
  readonly method: string;
  /** With `{name}` where an argument goes. */
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: 'path' | 'query' | 'header' }[];
  /** Arguments that go into the JSON body; none means no body. */
  readonly bodyFields: readonly string[] | undefined;
}

const methods = ['get', 'put', 'post', 'delete', 'patch'];
const longestName = 256;

/** The tools of a target: one for each operation that has an `operationId`. Parameters and the fields of the body are one object. */
export function toolsOf(target: ApiTarget): ApiTool[] {
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

function toolOf(target: ApiTarget, { path, method, operation, shared }: OperationAt): ApiTool {
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

/** The same value with what its `$ref`s point to in their place. Throws for one that points nowhere, or to what it is part of. */
function withoutReferences(value: unknown, document: JsonObject, above: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutReferences(item, document, above));
  if (!isJsonObject(value)) return value;
  const { $ref } = value;
  if (typeof $ref === 'string') {
    if (above.includes($ref)) throw new Error(`${$ref} holds itself: AgentCore cannot make a tool of it`);
    return withoutReferences(pointedAt($ref, document), document, [...above, $ref]);
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutReferences(member, document, above)]));
}

function pointedAt(reference: string, document: JsonObject): unknown {
  const [hash, ...steps] = reference.split('/');
  const names = steps.map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  const found = names.reduce<unknown>((at, name) => (isJsonObject(at) ? at[name] : undefined), document);
  if (hash !== '#' || found === undefined) throw new Error(`${reference} points to nothing in the document`);
  return found;
}
