import { inOrder } from '../json/in-order.ts';
import { parsedOf } from '../json/json.ts';
import { isPolicyText, isSamePolicy } from '../json/policy.ts';
import { Hidden, maskedValue, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import type { ResourceChange } from './plan.ts';
import type { Configuration } from './references.ts';

/** One attribute that differs, by its path as a reader writes it: `environment.variables.LEDGER_TABLE`. */
export type Difference = {
  readonly path: string;
  readonly before: Value;
  readonly after: Value;
  /** Both are policy documents: the permissions say what it means. */
  readonly isPolicy?: true;
};

/** Nothing where a value is only written differently: keys in another order, a policy's statements, null for empty. */
export function attributeDifferences(before: Value, after: Value, path = ''): Difference[] {
  if (isEmpty(before) && isEmpty(after)) return [];
  if (before instanceof Hidden && after instanceof Hidden) return before.equals(after) ? [] : [{ path, before, after }];
  // A block that comes or goes is told by what is in it.
  const [left, right] = [
    isEmpty(before) && isBlock(after) ? emptyOf(after) : before,
    isEmpty(after) && isBlock(before) ? emptyOf(before) : after,
  ];
  if (isRecord(left) && isRecord(right)) return orItself(insideRecords(left, right, path), { path, before, after });
  if (isArray(left) && isArray(right)) return insideLists(left, right, path);
  if (typeof before === 'string' && typeof after === 'string') return insideTexts(before, after, path);
  return isSameScalar(before, after) ? [] : [{ path, before, after }];
}

/** A block may count by being there, with nothing said in it: `block {}` in a rule of a firewall. */
function orItself(inside: Difference[], whole: Difference): Difference[] {
  return inside.length === 0 && isEmpty(whole.before) !== isEmpty(whole.after) ? [whole] : inside;
}

/** Providers write one number, or one yes, now as itself and now as a text. */
function isSameScalar(before: Value, after: Value): boolean {
  return before === after || (isScalar(before) && isScalar(after) && String(before) === String(after));
}

function isScalar(value: Value): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

export function isRecord(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Hidden) && !(value instanceof Unknown);
}

export function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

function isBlock(value: Value): boolean {
  return isRecord(value) || (isArray(value) && value.some(isRecord));
}

function emptyOf(value: Value): Value {
  return isArray(value) ? [] : {};
}

function insideRecords(before: Readonly<Record<string, Value>>, after: Readonly<Record<string, Value>>, path: string): Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(inOrder);
  const of = (record: Readonly<Record<string, Value>>, key: string) => (Object.hasOwn(record, key) ? (record[key] ?? null) : undefined);
  return keys.flatMap((key) => {
    const [one, other] = [of(before, key), of(after, key)];
    if (path === '') return attributeDifferences(one ?? null, other ?? null, key);
    return differencesOfMembers(one, other, `${path}.${key}`);
  });
}

/** A list of blocks is compared block by block, without those that are on both sides; a list of words is one attribute. */
function insideLists(before: readonly Value[], after: readonly Value[], path: string): Difference[] {
  const left = without(before, after);
  const right = without(after, before);
  if (left.length === 0 && right.length === 0) return canonicalText(before) === canonicalText(after) ? [] : [{ path, before, after }];
  if (![...left, ...right].some((item) => isRecord(item) || item instanceof Hidden)) return [{ path, before, after }];
  const isSingle = before.length <= 1 && after.length <= 1;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    differencesOfMembers(left[index], right[index], isSingle ? path : `${path}[${index}]`),
  ).flat();
}

/** Where one is not there at all, `{}` is a block, in a list or in a text of JSON; a map of none a provider writes as null or as `{}`. */
function differencesOfMembers(before: Value | undefined, after: Value | undefined, path: string): Difference[] {
  const [one, other] = [before ?? null, after ?? null];
  const isBare = [before, after].includes(undefined) && [one, other].some((side) => isRecord(side) && isEmpty(side));
  return isBare ? [{ path, before: one, after: other }] : attributeDifferences(one, other, path);
}

function without(items: readonly Value[], others: readonly Value[]): Value[] {
  const left = new Map<string, number>();
  for (const text of others.map(canonicalText)) left.set(text, (left.get(text) ?? 0) + 1);
  return items.filter((item) => {
    const text = canonicalText(item);
    const times = left.get(text) ?? 0;
    // A hidden or unknown part makes equal texts of different things.
    if (times === 0 || text.includes(opaque)) return true;
    left.set(text, times - 1);
    return false;
  });
}

function insideTexts(before: string, after: string, path: string): Difference[] {
  if (before === after) return [];
  if (isPolicyText(before) && isPolicyText(after)) return isSamePolicy(before, after) ? [] : [{ path, before, after, isPolicy: true }];
  const left = parsedOf(before);
  const right = parsedOf(after);
  if (left === undefined || right === undefined) return [{ path, before, after }];
  return attributeDifferences(shown(left), shown(right), path);
}

/** What a text holds is neither marked nor secret: a text with a secret in it was hidden as a whole. */
function shown(value: Parameters<typeof maskedValue>[0]['value']): Value {
  return maskedValue({ value, sensitive: [] }, () => false);
}

/** What differs and means something: neither what a provider computes after every change, nor one fact told twice. */
export function visibleDifferences(change: ResourceChange, { isPresent, expressionOf }: Configuration): Difference[] {
  const differences = attributeDifferences(change.before, change.after);
  const hasOwnTags = differences.some(({ path }) => /^tags(?:\.|$)/.test(path));
  return differences.flatMap((difference) => {
    const attribute = /^[^.[]*/.exec(difference.path)?.[0] ?? '';
    if (attribute === 'tags_all' && (hasOwnTags || difference.after instanceof Unknown)) return [];
    if (!(difference.after instanceof Unknown)) return [difference];
    if (isPresent && expressionOf(change.address, attribute) === undefined) return [];
    const before = valueAt(change.before, attribute);
    return [typeof before === 'string' && isPolicyText(before) ? { ...difference, isPolicy: true } : difference];
  });
}

/** Stands for what cannot be compared. JSON escapes this character, so no other text holds it. */
const opaque = '\u0000';

/** Equal for equal content, whatever the order of keys. A hidden or unknown part is `opaque`. */
export function canonicalText(value: Value): string {
  if (value instanceof Unknown || value instanceof Hidden) return opaque;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const entries = Object.entries(value as Readonly<Record<string, Value>>).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalText(inner)}`).join(',')}}`;
}
