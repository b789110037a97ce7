import { isJsonObject, type JsonObject } from './json-object.ts';
import { keysOf } from './pointer-to.ts';

/** A value, and the pointer to where it really stands. */
export interface Located {
  readonly where: string;
  readonly value: unknown;
}

/** Follows references until something stands there; undefined if nothing does. */
export function resolve(document: JsonObject, start: Located): Located | undefined {
  const seen = new Set<string>();
  let at: Located | undefined = start;
  while (at && !seen.has(at.where)) {
    seen.add(at.where);
    const reference = referenceIn(at.value);
    if (reference === undefined) return at;
    at = targetOf(document, reference);
  }
  return undefined;
}

export function referenceIn(value: unknown): string | undefined {
  return isJsonObject(value) && typeof value.$ref === 'string' ? value.$ref : undefined;
}

export function targetOf(document: JsonObject, reference: string): Located | undefined {
  if (!reference.startsWith('#/')) return undefined;
  const where = reference.slice(1);
  let value: unknown = document;
  for (const key of keysOf(where)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as JsonObject)[key];
  }
  return { where, value };
}
