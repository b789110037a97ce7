import { Ajv2020 } from 'ajv/dist/2020.js';
import { isObject, type JsonObject } from '../is-object.ts';
import { mapSubschemas } from './subschemas.ts';

/**
 * A schema of whatever draft, or of none, as draft 2020-12 has it: what is plainly meant is said in its words, and what it does not allow is
 * left away, so that more is accepted than the server takes; the server looks at its input itself. Undefined where nothing helps.
 */
export function modernSchema(given: JsonObject): JsonObject | undefined {
  const schema = structuredClone(reworded(given)) as Record<string, unknown>;
  for (let tries = 0; tries < mostTries; tries += 1) {
    if (ajv.validateSchema(schema) === true) return schema;
    const paths = new Set((ajv.errors ?? []).map(({ instancePath }) => instancePath));
    for (const path of [...paths].sort((one, other) => other.length - one.length)) leaveAway(schema, path);
  }
  return undefined;
}

const mostTries = 20;
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true, logger: false });

/** What people and libraries write for the seven types. */
const types: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'].map((type) => [type, type])),
  ...{ bool: 'boolean', dict: 'object', double: 'number', float: 'number', int: 'integer', list: 'array', long: 'integer', map: 'object' },
  ...{ date: 'string', datetime: 'string', none: 'null', str: 'string', text: 'string', tuple: 'array' },
};
const mayBeNull = new Set(['const', 'default']);

function reworded(given: unknown): unknown {
  if (typeof given === 'boolean') return given ? {} : given;
  if (!isObject(given)) return {};
  // Older drafts' `dependencies` is none of the words any more, so that nobody would look into it for references.
  const { $schema: _, $id: __, dependencies: ____, ...said } = withoutNothing(given);
  const inner = isObject(said.properties) ? said.properties : {};
  // Draft 3 says of the property itself that it is demanded.
  const demanded = Object.keys(inner).filter((name) => isObject(inner[name]) && inner[name].required === true);
  const known = Array.isArray(said.required) ? said.required.filter((name) => typeof name === 'string') : [];
  const { required: ___, ...rest } = said;
  const required = [...new Set([...known, ...demanded])];
  const whole = { ...rest, ...limitsOf(said), ...typeOf(said), ...(required.length > 0 ? { required } : {}) };
  return mapSubschemas(tupleOf(patternOf(withoutUndefined(whole))), reworded);
}

/** Null, where it does not mean itself, and a choice between nothing. */
function withoutNothing(given: JsonObject): JsonObject {
  const isSaid = ([keyword, value]: [string, unknown]) =>
    (value !== null || mayBeNull.has(keyword)) && !(keyword === 'enum' && Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(given).filter(isSaid));
}

/** Draft 4: `minimum: 0, exclusiveMinimum: true`. */
function limitsOf(said: JsonObject): JsonObject {
  const limits: Record<string, unknown> = {};
  for (const [limit, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof said[exclusive] !== 'boolean') continue;
    limits[exclusive] = said[exclusive] ? said[limit] : undefined;
    if (said[exclusive]) limits[limit] = undefined;
  }
  return limits;
}

function typeOf({ type }: JsonObject): JsonObject {
  if (type === undefined) return {};
  const named = [type].flat().map((one) => (typeof one === 'string' ? types[one.toLowerCase()] : undefined));
  // "any", and what nobody knows, is no type at all.
  if (named.length === 0 || named.includes(undefined)) return { type: undefined };
  const all = [...new Set(named)];
  return { type: all.length === 1 ? all[0] : all };
}

/** Before 2020-12 a list of schemas under `items` was what is now `prefixItems`. */
function tupleOf(said: JsonObject): JsonObject {
  if (!Array.isArray(said.items)) return said;
  const { items, additionalItems, ...rest } = said;
  return {
    ...rest,
    ...(items.length > 0 ? { prefixItems: items } : {}),
    ...(additionalItems === undefined ? {} : { items: additionalItems }),
  };
}

/** Expressions of other languages do not compile here. */
function patternOf(said: JsonObject): JsonObject {
  const { pattern, patternProperties, ...rest } = said;
  const named = Object.entries(isObject(patternProperties) ? patternProperties : {}).filter(([name]) => isPattern(name));
  return {
    ...rest,
    ...(isPattern(pattern) ? { pattern } : {}),
    ...(named.length > 0 ? { patternProperties: Object.fromEntries(named) } : {}),
  };
}

function isPattern(value: unknown): boolean {
  try {
    return typeof value === 'string' && new RegExp(value, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

function withoutUndefined(said: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

const listsOfWords = new Set(['required', 'type', 'enum']);

/** Takes out what stands at a JSON pointer, so that the rest still says what it said. */
function leaveAway(schema: Record<string, unknown>, pointer: string): void {
  const path = segmentsOf(pointer);
  const [last = '', keyword = ''] = [path.at(-1), path.at(-2)];
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], schema);
  if (Array.isArray(parent)) {
    if (listsOfWords.has(keyword)) parent.splice(Number(last), 1);
    else parent[Number(last)] = {};
  } else if (isObject(parent)) {
    const holder = parent as Record<string, unknown>;
    if (keyword === 'properties') holder[last] = {};
    else delete holder[last];
  }
}

/** `#/$defs/a~1b` → `$defs`, `a/b` */
export function segmentsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
