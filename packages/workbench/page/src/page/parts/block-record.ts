/** A block or an element of one, as the app sent it. */
export type BlockRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is BlockRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordsOf(value: unknown): readonly BlockRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
