import { createHash } from 'node:crypto';

type Schema = Readonly<Record<string, unknown>>;

/** A tool's input as Bedrock takes it, and the way back to what the server takes. */
export interface UsableSchema {
  readonly schema: Schema;
  readonly toServer: (input: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}

const longestSchema = 20_000;
const legalName = /^[a-zA-Z0-9_.-]{1,64}$/;
const combiners = ['anyOf', 'oneOf', 'allOf'] as const;

/**
 * Bedrock wants an object on top, without `anyOf` and the like beside it, and property names of 64 plain characters; one schema it
 * refuses makes it refuse the whole request. Undefined when a schema cannot be made so.
 */
export function usableSchema(given: unknown): UsableSchema | undefined {
  if (given !== undefined && !isObject(given)) return undefined;
  const flat = flattened(given ?? {});
  if (!flat || JSON.stringify(flat).length > longestSchema || !Object.values(flat.properties).every(isUsableInside)) return undefined;
  const { properties, required, ...rest } = flat;
  const legal = new Map(Object.keys(properties).map((name) => [name, legalOf(name)]));
  const demanded = [...new Set(required)].flatMap((name) => legal.get(String(name)) ?? []);
  const back = new Map([...legal].map(([name, alias]) => [alias, name]));
  return {
    schema: {
      ...rest,
      properties: Object.fromEntries([...legal].map(([name, alias]) => [alias, properties[name]])),
      ...(demanded.length > 0 ? { required: demanded } : {}),
    },
    toServer: (input) => Object.fromEntries(Object.entries(input).map(([name, value]) => [back.get(name) ?? name, value])),
  };
}

interface FlatSchema extends Schema {
  readonly properties: Schema;
  readonly required: readonly unknown[];
}

/** An object schema without combiners on top: what their branches allow is allowed, what all demand is demanded. */
function flattened(given: Schema): FlatSchema | undefined {
  const { $schema: _, $id: __, anyOf, oneOf, allOf, type, required: ___, properties: ____, ...rest } = given;
  if (type !== undefined && type !== 'object' && !(Array.isArray(type) && type.includes('object'))) return undefined;
  const branches = [anyOf, oneOf, allOf].flatMap((branch) => (Array.isArray(branch) ? branch.filter(isObject) : []));
  if (branches.some((branch) => '$ref' in branch || combiners.some((combiner) => combiner in branch)) || '$ref' in given) return undefined;
  const demanding = [given, ...(Array.isArray(allOf) ? allOf.filter(isObject) : [])];
  return {
    ...rest,
    type: 'object',
    properties: Object.assign({}, ...[given, ...branches].map((schema) => schema.properties).filter(isObject)),
    required: demanding.flatMap((schema) => (Array.isArray(schema.required) ? schema.required : [])),
  };
}

/** Deeper names cannot be given back, so they must be legal; a reference must stay inside the schema. */
function isUsableInside(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isUsableInside);
  if (!isObject(schema)) return true;
  if (typeof schema.$ref === 'string' && !schema.$ref.startsWith('#/')) return false;
  if (isObject(schema.properties) && !Object.keys(schema.properties).every((name) => legalName.test(name))) return false;
  return Object.values(schema).every(isUsableInside);
}

function legalOf(name: string): string {
  if (legalName.test(name)) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.replace(/[^a-zA-Z0-9_.-]/g, '_').slice(0, 55)}_${hash}`;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
