import { distinctNames } from '../../tables/distinct-names.ts';
import type { Cell, Column, Table } from '../../tables/table.ts';
import { mostRead, RefusedFileError } from '../file-reading.ts';

/** A cell that was read, with what it holds: `gap` and `error` say nothing about their column. */
export interface ReadCell extends Cell {
  readonly kind: Column['kind'] | 'gap' | 'error';
  readonly currency?: string | undefined;
}

/** Rows in order, each with the cells that are filled by the number of their column. What lies between them is not there. */
export type SparseRows = readonly ReadonlyMap<number, ReadCell>[];

/** A sheet as a table: what stands above the head is told, and columns without a cell are left out. Undefined where there is nothing. */
export function toTable(name: string, given: SparseRows, notes: readonly string[] = []): Table | undefined {
  const filled = given.filter((row) => [...row.values()].some(({ text }) => text !== ''));
  const places = [...new Set(filled.flatMap((row) => [...row.keys()]))].sort((one, other) => one - other);
  if (places.length > mostRead.columns) throw new RefusedFileError('output');
  if (filled.length === 0) return undefined;
  const head = headOf(filled, places);
  const rows = filled.slice(head === undefined ? 0 : head + 1);
  const names = distinctNames(places.map((place) => nameOf(head === undefined ? undefined : filled[head]?.get(place), place)));
  const columns = places.map((place, index): Column => ({ name: names[index] ?? '', kind: kindOf(rows, place) }));
  const above = filled.slice(0, head ?? 0).flatMap((row) => [...row.values()].map(({ text }) => text));
  return {
    name,
    columns,
    rows: rows.map((row) => places.map((place, index) => meant(row.get(place), columns[index]?.kind))),
    notes: [
      ...(above.length > 0 ? [`title of the table: “${above.join(' · ').slice(0, 300)}”`] : []),
      ...(head === undefined && rows.length > 1 && holdsNumber(rows[0]) ? ['the first row holds numbers and counts as a row'] : []),
      ...notes,
    ],
  };
}

const mostAbove = 15;

/** The first row of names: as wide as most of what follows, and no numbers but years, or those that count quarters or weeks. */
function headOf(rows: SparseRows, places: readonly number[]): number | undefined {
  const usual = Math.max(...rows.slice(0, 200).map((row) => row.size));
  const enough = Math.max(1, Math.ceil(Math.min(usual, places.length) / 2));
  for (const [index, row] of rows.slice(0, mostAbove).entries()) {
    const cells = [...row.values()].filter(({ text }) => text !== '');
    if (cells.length < enough || isTitle(rows, index, places, usual)) continue;
    const areNames = cells.every(isName) || (isCounted(row, places) && !isCounted(rows[index + 1], places));
    return areNames && (rows.length > index + 1 || cells.length > 1) && !isLikeItsRows(rows, index) ? index : undefined;
  }
  return undefined;
}

/** Narrower than the table, from its left, and above a row of names that has numbers or days under it: what stands above the head. */
function isTitle(rows: SparseRows, index: number, places: readonly number[], usual: number): boolean {
  const [row, next] = [rows[index], rows[index + 1]];
  const filled = (given: SparseRows[number] | undefined) => places.filter((place) => (given?.get(place)?.text ?? '') !== '');
  const [own, below] = [filled(row), filled(next)];
  if (own.length * 2 > usual || own.some((place, at) => place !== places[at]) || below.length < usual) return false;
  if (!below.every((place) => next?.get(place)?.kind === 'text') || below.length === own.length) return false;
  const under = rows.slice(index + 2, index + 2 + mostAbove);
  return below.some((place) => under.length > 0 && under.every((one) => one.get(place) === undefined || one.get(place)?.kind !== 'text'));
}

function isName({ kind, text }: ReadCell): boolean {
  return kind === 'text' || kind === 'date' || /^(?:19|20)\d\d$/.test(text);
}

const fewestCounted = 3;

/** As "Region, 1, 2, 3, Total": of fewer numbers it may be chance. */
function isCounted(row: SparseRows[number] | undefined, places: readonly number[]): boolean {
  const cells = places.flatMap((place) => row?.get(place) ?? []);
  const first = row?.get(places[0] ?? 0);
  const others = cells.filter((cell) => cell.kind === 'number');
  const numbers = others.map(({ text }) => (/^\d{1,4}$/.test(text) ? Number(text) : Number.NaN));
  const step = (numbers[1] ?? 0) - (numbers[0] ?? 0);
  return (
    (first === undefined || first.text === '' || first.kind === 'text') &&
    cells.every((cell) => cell.kind === 'number' || cell.text === '' || isName(cell)) &&
    numbers.length >= fewestCounted &&
    Math.abs(step) === 1 &&
    numbers.every((number, index) => index === 0 || number - (numbers[index - 1] ?? 0) === step)
  );
}

function holdsNumber(row: SparseRows[number] | undefined): boolean {
  return [...(row?.values() ?? [])].some(({ kind }) => kind === 'number');
}

/** Where all cells are texts, a row of names looks as any other; names are not said twice. */
function isLikeItsRows(rows: SparseRows, index: number): boolean {
  const names = [...(rows[index]?.values() ?? [])].map(({ text }) => text.trim().toLowerCase());
  return (
    new Set(names).size < names.length &&
    rows.length > index + 1 &&
    [...(rows[index + 1]?.values() ?? [])].every(({ kind }) => kind === 'text')
  );
}

function nameOf(cell: ReadCell | undefined, place: number): string {
  return cell?.text.replace(/\s+/g, ' ').trim() || `Column ${letters(place)}`;
}

/** As Excel calls it: A, Z, AA. */
function letters(place: number): string {
  const rest = Math.floor(place / 26) - 1;
  return (rest >= 0 ? letters(rest) : '') + String.fromCharCode(65 + (place % 26));
}

function kindOf(rows: SparseRows, place: number): Column['kind'] {
  const counts = new Map<Column['kind'], number>();
  let all = 0;
  for (const row of rows) {
    const kind = row.get(place)?.kind;
    if (kind === undefined || kind === 'gap' || kind === 'error') continue;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    all += 1;
  }
  const [kind, count] = [...counts].sort(([, one], [, other]) => other - one)[0] ?? ['text', 0];
  return count * 2 > all && currenciesOf(rows, place).size <= 1 ? kind : 'text';
}

/** Sums of different ones mean nothing. */
function currenciesOf(rows: SparseRows, place: number): Set<string> {
  return new Set(rows.flatMap((row) => row.get(place)?.currency ?? []));
}

/** A cell of another kind than its column is not computed with: half a day is no half a euro. */
function meant(cell: ReadCell | undefined, kind: Column['kind'] | undefined): Cell {
  if (!cell || cell.kind === 'gap') return { text: cell?.text ?? '', value: undefined };
  if (cell.kind === kind) return { text: cell.text, value: cell.value };
  return { text: cell.text, value: kind === 'text' && cell.kind !== 'error' ? cell.text : undefined };
}
