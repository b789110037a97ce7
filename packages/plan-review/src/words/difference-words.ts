import { inOrder } from '../json/in-order.ts';
import { attributeDifferences, canonicalText, type Difference, isArray, isRecord } from '../plan/attribute-differences.ts';
import type { ResourceChange } from '../plan/plan.ts';
import { Hidden, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import { code, firstOf } from './markdown.ts';

/** "`retention_in_days`: `30` → `14`" */
export function differenceWords({ path, before, after, isPolicy }: Difference): string {
  const name = code(path);
  if (isPolicy) return `${name} (see permissions)`;
  if (/(?:^|\.)(?:source_code_hash|code_sha256)$/.test(path)) return 'new code';
  if (before instanceof Hidden || after instanceof Hidden) return `${name}: sensitive, not shown`;
  if (isArray(before) && isArray(after) && isPlain(before) && isPlain(after)) return `${name}: ${listWords(before, after, path)}`;
  if (typeof before === 'string' && typeof after === 'string') {
    const same = samePrefix(before, after);
    if (same > 20) return `${name}: ${code(`…${before.slice(same)}`)} → ${code(`…${after.slice(same)}`)}`;
  }
  return `${name}: ${valueWords(before, path)} → ${valueWords(after, path)}`;
}

/** How much of the beginning is the same and can be left out: up to the last sign that parts a name. */
function samePrefix(one: string, other: string): number {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  return Math.max(-1, ...['/', ':', ' ', ','].map((sign) => one.slice(0, same).lastIndexOf(sign))) + 1;
}

/** "`30`", "nothing", "known after apply" */
export function valueWords(value: Value, path: string): string {
  if (value instanceof Unknown) return 'known after apply';
  if (value === null || value === '') return 'nothing';
  if (value instanceof Hidden) return '(not shown)';
  if (typeof value === 'string') return code(value);
  if (isArray(value) && isPlain(value))
    return value.length === 0
      ? 'nothing'
      : firstOf(
          value.map((item) => valueWords(item, path)),
          6,
        );
  if (isArray(value)) return value.length === 1 ? 'a block' : `${value.length} blocks`;
  return isRecord(value) ? 'a block' : code(String(value));
}

function listWords(before: readonly Value[], after: readonly Value[], path: string): string {
  const [old, next] = [before, after].map((items) => new Set(items.map(canonicalText)));
  const added = after.filter((item) => !old?.has(canonicalText(item))).map((item) => valueWords(item, path));
  const removed = before.filter((item) => !next?.has(canonicalText(item))).map((item) => valueWords(item, path));
  const parts = [added.length > 0 && `with ${firstOf(added, 6)}`, removed.length > 0 && `without ${firstOf(removed, 6)}`];
  return parts.filter((part) => part !== false).join(', ') || 'in another order';
}

function isPlain(items: readonly Value[]): boolean {
  return items.every((item) => typeof item !== 'object' || item === null);
}

/** Why Terraform replaces or destroys; nothing where it does not say, or says only that the code has it no more. */
export function reasonWords(change: ResourceChange): string {
  const forced = forcedBy(change);
  if (change.action === 'replace' && forced.length > 0) return `forced by ${forced.join('; ')}`;
  return (Object.hasOwn(reasons, change.reason ?? '') && reasons[change.reason ?? '']) || '';
}

const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: 'an earlier deployment left it half made (tainted)',
  replace_by_request: 'asked for with `-replace`',
  replace_by_triggers: 'forced by `replace_triggered_by`',
  replace_because_cannot_update: 'the change cannot be made in place',
  delete_because_no_module: 'its module is no longer in the code',
  delete_because_no_move_target: 'it was moved to a place that is not in the code',
  delete_because_wrong_repetition: 'the code now makes it with another `count` or `for_each`',
  delete_because_count_index: 'the code now makes fewer of them',
  delete_because_each_key: 'its key is no longer in `for_each`',
};

function forcedBy(change: ResourceChange): string[] {
  const texts = change.replacePaths.flatMap((path) => {
    const name = path.filter((step) => typeof step === 'string').join('.');
    const [before, after] = [valueAt(change.before, ...path) ?? null, valueAt(change.after, ...path) ?? null];
    const differences = attributeDifferences(before, after, name);
    return differences.length === 0 ? [code(name)] : differences.map((difference) => differenceWords(difference));
  });
  return [...new Set(texts)].sort(inOrder);
}
