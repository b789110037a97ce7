/** A part of a message, which may have any shape. */
export type Fields = Readonly<Record<string, unknown>>;

export function recordsIn(value: unknown): readonly Fields[] {
  return Array.isArray(value)
    ? value.filter((item): item is Fields => typeof item === 'object' && item !== null && !Array.isArray(item))
    : [];
}

export function str(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
