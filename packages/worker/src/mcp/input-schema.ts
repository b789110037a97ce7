import { createHash } from 'node:crypto';
import { isObject, type JsonObject } from '../is-object.ts';
import { modernSchema, segmentsOf } from './modern-schema.ts';
import { mapSubschemas } from './subschemas.ts';

/** A tool's input as Bedrock takes it, and the way back to what the server takes. */
export interface UsableSchema {
  readonly schema: JsonObject;
  readonly toServer: (input: JsonObject) => JsonObject;
}

const longestSchema = 20_000;
/** Before it is mended it may be longer. */
const longestGiven = 5 * longestSchema;
/** A schema that goes deeper than this says nothing to a model. */
const deepest = 40;

/**
 * Bedrock wants draft 2020-12, an object on top without `anyOf` and the like beside it, and property names of 64 plain characters; one
 * schema it refuses makes it refuse the whole request. Undefined when a schema cannot be made so.
 */
export function usableSchema(given: unknown): UsableSchema | undefined {
  if (given !== undefined && !isObject(given)) return undefined;
  if (depthOf(given) > deepest || JSON.stringify(given ?? {}).length > longestGiven) return undefined;
  const modern = modernSchema(given ?? {});
  const flat = modern && flattened(modern);
  if (!flat) return undefined;
  const names = new Map<string, string>();
  const schema = withRefs(renamed(flat, names), names);
  if (JSON.stringify(schema).length > longestSchema) return undefined;
  const back = new Map([...names].map(([name, alias]) => [alias, name]));
  return { schema, toServer: (input) => (back.size > 0 ? (restored(input, back) as JsonObject) : input) };
}

function depthOf(value: unknown): number {
  let [depth, level] = [0, [value]];
  for (; level.length > 0 && depth <= deepest; depth += 1) {
    level = level.flatMap((inner) => (typeof inner === 'object' && inner !== null ? Object.values(inner) : []));
  }
  return depth;
}

/** An object schema without combiners on top: what their branches allow is allowed, what all demand is demanded. */
function flattened(given: JsonObject): JsonObject | undefined {
  const fields = fieldsOf(given, given, { left: mostBranches });
  if (!fields) return undefined;
  const { anyOf: _, oneOf: __, allOf: ___, $ref: ____, required: _____, ...rest } = given;
  const required = [...new Set(fields.required)].filter((name) => name in fields.properties);
  return { ...rest, type: 'object', properties: fields.properties, ...(required.length > 0 ? { required } : {}) };
}

interface Fields {
  readonly properties: JsonObject;
  readonly required: readonly string[];
}

/** Branches that lead to branches could be followed for ever. */
const mostBranches = 500;

/** Undefined for what is no object, or refers to what is not there. */
function fieldsOf(schema: unknown, root: JsonObject, branches: { left: number }): Fields | undefined {
  branches.left -= 1;
  if (!isObject(schema) || branches.left < 0 || !mayBeObject(schema.type)) return undefined;
  const { $ref, properties, required, allOf, anyOf, oneOf } = schema;
  const demanded = [...($ref === undefined ? [] : [at(root, $ref)]), ...listOf(allOf)].map((part) => fieldsOf(part, root, branches));
  const possible = [...listOf(anyOf), ...listOf(oneOf)].map((part) => fieldsOf(part, root, branches));
  if (demanded.includes(undefined) || (possible.length > 0 && possible.every((part) => part === undefined))) return undefined;
  const parts = [...possible, ...demanded];
  return {
    properties: Object.assign({}, isObject(properties) ? properties : {}, ...parts.map((part) => part?.properties)),
    required: [...listOf(required).map(String), ...demanded.flatMap((part) => part?.required ?? [])],
  };
}

function mayBeObject(type: unknown): boolean {
  return type === undefined || [type].flat().includes('object');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What a reference into the schema itself leads to. */
function at(root: JsonObject, ref: unknown): unknown {
  if (typeof ref !== 'string' || !/^#(\/|$)/.test(ref)) return undefined;
  return segmentsOf(unescaped(ref)).reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)];
    return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }, root);
}

function unescaped(ref: string): string {
  try {
    return decodeURIComponent(ref);
  } catch {
    return ref;
  }
}

const legalName = /^[a-zA-Z0-9_.-]{1,64}$/;

/** Illegal names, at whatever depth, for others that end in a hash; noted in `names`. */
function renamed(schema: JsonObject, names: Map<string, string>): JsonObject {
  const legal = (name: string) => {
    if (legalName.test(name)) return name;
    const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
    const alias = `${name.replace(/[^a-zA-Z0-9_.-]/g, '_').slice(0, 55)}_${hash}`;
    names.set(name, alias);
    return alias;
  };
  const rename = (inner: unknown): unknown => {
    if (!isObject(inner)) return inner;
    const { properties, required, ...rest } = mapSubschemas(inner, rename);
    return {
      ...rest,
      ...(isObject(properties)
        ? { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [legal(name), one])) }
        : {}),
      ...(Array.isArray(required) ? { required: required.map((name) => legal(String(name))) } : {}),
    };
  };
  return rename(schema) as JsonObject;
}

/** References that lead nowhere are left away: anything is accepted there. */
function withRefs(root: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const mend = (inner: unknown): unknown => {
    if (!isObject(inner)) return inner;
    const { $ref, ...rest } = mapSubschemas(inner, mend);
    if ($ref === undefined) return rest;
    const ref = typeof $ref === 'string' ? renamedRef($ref, names) : '';
    return at(root, ref) === undefined ? rest : { ...rest, $ref: ref };
  };
  return mend(root) as JsonObject;
}

function renamedRef(ref: string, names: ReadonlyMap<string, string>): string {
  const parts = ref.split('/');
  return parts
    .map((part, index) => (parts[index - 1] === 'properties' && names.get(segmentsOf(`/${unescaped(part)}`)[0] ?? '')) || part)
    .join('/');
}

/** An alias holds a hash, so nothing else is called like it, wherever it stands. */
function restored(value: unknown, back: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((inner) => restored(inner, back));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [back.get(name) ?? name, restored(inner, back)]));
}
