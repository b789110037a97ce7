import { Hidden, type Value } from './masked-value.ts';
import { valueAt } from './value-at.ts';

/** Every text that can be shown at a path or below it. */
export function textsOf(value: Value, path: readonly (string | number)[] = []): string[] {
  const found = valueAt(value, ...path);
  if (typeof found === 'string') return [found];
  if (typeof found !== 'object' || found === null || found instanceof Hidden) return [];
  return Object.values(found as Readonly<Record<string, Value>>).flatMap((inner) => textsOf(inner));
}
