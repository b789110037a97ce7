import { Hidden, Unknown, type Value } from './masked-value.ts';

/** The value at a path; `undefined` where there is none. Inside what is hidden or unknown, everything is. */
export function valueAt(value: Value, ...path: readonly (string | number)[]): Value | undefined {
  let found: Value | undefined = value;
  for (const step of path) {
    if (found instanceof Unknown || found instanceof Hidden) return found;
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Readonly<Record<string | number, Value>>)[step];
  }
  return found;
}
