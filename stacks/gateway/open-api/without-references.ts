import { isJsonObject, type JsonObject } from './json-object.ts';
import { referenceIn, targetOf } from './resolve.ts';

/**
 * The document with everything shared written out where it is used. AWS does not say which references AgentCore follows;
 * a document without any leaves nothing to find out. Only for a document without findings: one that refers to itself never ends.
 */
export function withoutReferences(document: JsonObject): JsonObject {
  const writeOut = (value: unknown): unknown => {
    const reference = referenceIn(value);
    if (reference !== undefined) return writeOut(targetOf(document, reference)?.value);
    if (Array.isArray(value)) return value.map(writeOut);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, writeOut(member)]));
  };
  const { components: _, ...rest } = document;
  return writeOut(rest) as JsonObject;
}
