/** Any JSON, read leniently: a plan of a newer Terraform may hold anything anywhere. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** No resource nests deeper; a hostile file may, and must not end in a stack overflow. */
export const deepest = 60;

/** Own members only: an attribute may be called `constructor`. */
export function memberOf(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<string | number, Json>>)[key];
  }
  return found;
}

export function isObject(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

export function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

export function entriesOf(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The JSON that a string holds; undefined for a string that is none, or holds only a number or a word. */
export function parsedOf(text: string): Json | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
