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
    throw new ToolFailure('The schema must be of one object: {"type": "object", "properties": …}.');
  if (text.length > longest) throw new ToolFailure(`The schema is longer than ${longest} characters. Ask for less, or in plainer words.`);
  // One of either could keep the whole process busy for minutes, with a text that a helper wrote.
  if (/"(?:pattern|patternProperties|format)":/.test(text)) throw new ToolFailure('Leave pattern and format out of the schema.');
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

function compiled(schema: JsonObject) {
  try {
    return new Ajv2020({ strict: false, validateFormats: false, logger: false }).compile(schema);
  } catch {
    return undefined;
  }
}
