import { Hidden, Unknown, type Value } from './masked-value.ts';

/** Stands for what cannot be compared. JSON escapes this character, so no other text holds it. */
export const opaque = '\u0000';

/** Equal for equal content, whatever the order of keys. A hidden or unknown part is `opaque`. */
export function canonicalText(value: Value): string {
  if (value instanceof Unknown || value instanceof Hidden) return opaque;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const entries = Object.entries(value as Readonly<Record<string, Value>>).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalText(inner)}`).join(',')}}`;
}
