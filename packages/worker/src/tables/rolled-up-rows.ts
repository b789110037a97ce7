import { sameText } from './same-text.ts';
import type { Cell, Table } from './table.ts';
import { meansAll, totalName } from './total-words.ts';

/**
 * Rows as ROLLUP and CUBE export them: a column of names that is empty, or says "all", adds up all that the others name. Rows that lack the
 * same names are taken for sums only where each of them is one, and one of several rows; so no row is one by chance.
 */
export function rolledUpRows(table: Table, labels: readonly number[], numbers: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>();
  const keys = labels.filter((label) => table.rows.filter((row) => isAll(row[label])).length * 2 <= table.rows.length);
  if (keys.length < 2 || keys.length > mostKeys) return found;
  for (const [pattern, rows] of patternsOf(table, keys)) {
    const open = keys.filter((_, index) => pattern[index] === '*');
    if (open.length === 0) continue;
    const groups = groupsOf(table, { open, named: keys.filter((_, index) => pattern[index] !== '*'), numbers });
    const own = rows.flatMap((at) => {
      const row = table.rows[at] ?? [];
      return numbers.some((index) => typeof row[index]?.value === 'number') ? [{ at, row, group: groups.of(row) }] : [];
    });
    const isProven = numbers.some(
      (index, place) =>
        own.every(({ row, group }) => isEqual(row[index], group?.sums[place])) &&
        own.some(({ row, group }) => (group?.counts[place] ?? 0) > 1 && row[index]?.value !== 0),
    );
    if (isProven) for (const { at } of own) found.add(at);
  }
  return found;
}

/** Tables with more such columns are no sums over groups. */
const mostKeys = 6;

function isAll(cell: Cell | undefined): boolean {
  const text = cell?.text ?? '';
  const as = text.length > longestWord ? undefined : totalName(text)?.as;
  return meansAll(text) || as === 'alone' || as === 'subtotal';
}

const longestWord = 40;

/** Rows by which of their names are open: `*` for those. */
function patternsOf({ rows }: Table, keys: readonly number[]): ReadonlyMap<string, number[]> {
  return Map.groupBy(rows.keys(), (at) => keys.map((key) => (isAll(rows[at]?.[key]) ? '*' : 'x')).join(''));
}

interface Parts {
  readonly open: readonly number[];
  readonly named: readonly number[];
  readonly numbers: readonly number[];
}

/** What the rows make together that have all the names which are open here. */
function groupsOf({ rows }: Table, { open, named, numbers }: Parts) {
  const groups = new Map<string, { sums: number[]; counts: number[] }>();
  const keyOf = (row: readonly Cell[]) => JSON.stringify(named.map((index) => sameText(row[index]?.text ?? '')));
  for (const row of rows) {
    if (open.some((index) => isAll(row[index]))) continue;
    const key = keyOf(row);
    const group = groups.get(key) ?? { sums: numbers.map(() => 0), counts: numbers.map(() => 0) };
    for (const [place, index] of numbers.entries()) {
      const value = row[index]?.value;
      if (typeof value !== 'number' || value === 0) continue;
      group.sums[place] = (group.sums[place] ?? 0) + value;
      group.counts[place] = (group.counts[place] ?? 0) + 1;
    }
    groups.set(key, group);
  }
  return { of: (row: readonly Cell[]) => groups.get(keyOf(row)) };
}

function isEqual(cell: Cell | undefined, sum: number | undefined): boolean {
  if (sum === undefined || typeof cell?.value !== 'number') return false;
  return Math.abs(cell.value - sum) <= 1e-6 * Math.max(1, Math.abs(sum));
}
