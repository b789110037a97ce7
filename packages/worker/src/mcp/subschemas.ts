import { isObject, type JsonObject } from '../is-object.ts';

/** Where JSON Schema has schemas inside a schema: one, a list, or by name. */
const single = ['additionalProperties', 'contains', 'contentSchema', 'else', 'if', 'items', 'not', 'propertyNames', 'then'];
const singles = new Set([...single, 'unevaluatedItems', 'unevaluatedProperties']);
const lists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const byName = new Set(['$defs', 'definitions', 'dependentSchemas', 'patternProperties', 'properties']);

/** The schema with each schema inside it changed; what is no schema where one belongs is given to `change` as it is. */
export function mapSubschemas(schema: JsonObject, change: (inner: unknown) => unknown): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (singles.has(keyword)) return [keyword, change(value)];
      if (lists.has(keyword) && Array.isArray(value)) return [keyword, value.map(change)];
      if (!byName.has(keyword) || !isObject(value)) return [keyword, value];
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner)]))];
    }),
  );
}
