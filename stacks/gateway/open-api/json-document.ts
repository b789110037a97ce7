export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of an object, or of a list by number; none for anything else. */
export function membersOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

export function isFilledText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** For findings: a text as it is, anything else as JSON. `String()` throws for an object with a `toString` of its own. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? value : String(JSON.stringify(value));
}

/** A JSON pointer (RFC 6901) one or more steps below another. */
export function pointerTo(parent: string, ...keys: readonly string[]): string {
  return [parent, ...keys.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

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
