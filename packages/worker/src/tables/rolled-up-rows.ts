import { sameText } from './same-text.ts';
import type { Cell, Table } from './table.ts';
import { meansAll, totalName } from './total-words.ts';

/**
 * Rows as ROLLUP and CUBE export them: a column of names that is empty, or says "all", adds up all that the others name. Rows that lack the
 * same names are taken for sums only where each of them is one, and one of several rows; so no row is one by chance.
 */
export function rolledUpRows(table: Table, labels: readonly number[], numbers: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>();
  const { rows } = table;
  const keys = labels
    .map((label): Key => ({ label, isOpen: rows.map((row) => isAll(row[label])) }))
    .filter(({ isOpen }) => isOpen.filter(Boolean).length * 2 <= rows.length);
  if (keys.length < 2 || keys.length > mostKeys || !keys.some(({ isOpen }) => isOpen.includes(true))) return found;
  const patterns = Map.groupBy(rows.keys(), (at) => keys.map(({ isOpen }) => (isOpen[at] ? '*' : 'x')).join(''));
  for (const [pattern, places] of patterns) {
    const open = keys.filter((_, index) => pattern[index] === '*');
    if (open.length === 0) continue;
    const groupOf = groups(rows, { open, named: keys.filter((_, index) => pattern[index] !== '*'), numbers });
    const own = places.flatMap((at) => {
      const row = rows[at] ?? [];
      return numbers.some((index) => typeof row[index]?.value === 'number') ? [{ at, row, group: groupOf(row) }] : [];
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

interface Key {
  readonly label: number;
  /** Of each row. */
  readonly isOpen: readonly boolean[];
}

/** Tables with more such columns are no sums over groups. */
const mostKeys = 6;

function isAll(cell: Cell | undefined): boolean {
  const text = cell?.text ?? '';
  const as = text.length > longestWord ? undefined : totalName(text)?.as;
  return meansAll(text) || as === 'alone' || as === 'subtotal';
}

const longestWord = 40;

interface Parts {
  readonly open: readonly Key[];
  readonly named: readonly Key[];
  readonly numbers: readonly number[];
}

/** What the rows make together that have all the names which are open here. */
function groups(rows: Table['rows'], { open, named, numbers }: Parts) {
  const made = new Map<string, { sums: number[]; counts: number[] }>();
  const keyOf = (row: readonly Cell[]) => JSON.stringify(named.map(({ label }) => sameText(row[label]?.text ?? '')));
  for (const [at, row] of rows.entries()) {
    if (open.some(({ isOpen }) => isOpen[at])) continue;
    const key = keyOf(row);
    const group = made.get(key) ?? { sums: numbers.map(() => 0), counts: numbers.map(() => 0) };
    for (const [place, index] of numbers.entries()) {
      const value = row[index]?.value;
      if (typeof value !== 'number' || value === 0) continue;
      group.sums[place] = (group.sums[place] ?? 0) + value;
      group.counts[place] = (group.counts[place] ?? 0) + 1;
    }
    made.set(key, group);
  }
  return (row: readonly Cell[]) => made.get(keyOf(row));
}

function isEqual(cell: Cell | undefined, sum: number | undefined): boolean {
  if (sum === undefined || typeof cell?.value !== 'number') return false;
  return Math.abs(cell.value - sum) <= 1e-6 * Math.max(1, Math.abs(sum));
}
