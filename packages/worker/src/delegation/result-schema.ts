import { Ajv2020 } from 'ajv/dist/2020.js';
import { isObject, type JsonObject } from '../is-object.ts';
import { usableSchema } from '../mcp/input-schema.ts';
import { ToolFailure } from '../tools/tool.ts';

/** A schema by which results are checked. Its library is loaded with the first task that has one. */
export interface ResultSchema {
  /** As Bedrock takes it. */
  readonly schema: JsonObject;
  /** The checked value, or what is wrong with it. */
  check(given: unknown): { readonly value: unknown } | { readonly problem: string };
}

const longest = 4_000;

/** Rejects what a model cannot be held to, in words for whoever wrote it. */
export function resultSchema(given: unknown): ResultSchema {
  const text = JSON.stringify(given ?? null);
  if (!isObject(given) || given.type !== 'object')
    throw new ToolFailure('The schema is not of one object. Give one such as {"type": "object", "properties": …}.');
  if (text.length > longest) throw new ToolFailure(`The schema is longer than ${longest} characters. Ask for less, or in plainer words.`);
  const foreign = foreignKeywordIn(given);
  if (foreign !== undefined) {
    throw new ToolFailure(
      `A result cannot be checked by ${foreign}. Leave it out of the schema: a result is checked by type, properties, required, items, enum and the like.`,
    );
  }
  // Bedrock's form mends what it can, and what was mended no longer says what was meant.
  const usable = compiled(given) && usableSchema(given);
  const validate = usable && compiled(usable.schema);
  if (!validate)
    throw new ToolFailure('This is no JSON Schema that a result can be checked by. Use type, properties, required, items and enum.');
  return {
    schema: usable.schema,
    check(value) {
      if (!isObject(value)) return { problem: 'it must be an object' };
      if (validate(value)) return { value: usable.toServer(value) };
      const [error] = validate.errors ?? [];
      return { problem: `${error?.instancePath || 'the object'} ${error?.message ?? 'does not fit'}` };
    },
  };
}

/**
 * What takes time in proportion to schema and result. Others do not, and could keep the whole process busy for minutes with what a helper wrote:
 * patterns, formats, items that must differ, and references, which under `anyOf` double the work with each level of the result.
 */
const keywords = new Set(
  (
    '$schema title description default examples type enum const properties required additionalProperties items prefixItems anyOf oneOf ' +
    'allOf minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems minProperties maxProperties'
  ).split(' '),
);

/** The first keyword that a schema may not have; what stands under `properties` are names. */
function foreignKeywordIn(schema: unknown): string | undefined {
  if (!isObject(schema)) return undefined;
  const foreign = Object.keys(schema).find((keyword) => !keywords.has(keyword));
  if (foreign !== undefined) return foreign;
  const { properties, additionalProperties, items, prefixItems, anyOf, oneOf, allOf } = schema;
  const inner = [...(isObject(properties) ? Object.values(properties) : []), additionalProperties, items, prefixItems, anyOf, oneOf, allOf];
  for (const one of inner.flat()) {
    const found = foreignKeywordIn(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function compiled(schema: JsonObject) {
  try {
    return new Ajv2020({ strict: false, validateFormats: false, logger: false }).compile(schema);
  } catch {
    return undefined;
  }
}
