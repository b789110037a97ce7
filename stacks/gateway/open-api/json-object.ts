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
