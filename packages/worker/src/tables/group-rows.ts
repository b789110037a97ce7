import { plainName } from '../plain-name.ts';
import { ToolFailure } from '../tools/tool.ts';
import { columnNamed, columnsTold } from './column-named.ts';
import { inPortions } from './in-portions.ts';
import { createSpellings } from './spellings.ts';
import type { Cell, Column, Table } from './table.ts';

export type DatePart = 'day' | 'week' | 'month' | 'quarter' | 'year';

export interface Grouped {
  readonly columns: readonly Column[];
  readonly groups: readonly { readonly key: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }[];
  /** What was written in several ways and is one group. */
  readonly note: string | undefined;
}

interface Grouping {
  readonly groupBy: readonly string[];
  readonly datesBy?: DatePart | undefined;
}

/** Rows with the same cells, as conditions find them, in the order they are met; without columns all rows are one group. Dates in parts are in order of time. */
export async function groupsOf(table: Table, rows: readonly (readonly Cell[])[], { groupBy, datesBy }: Grouping): Promise<Grouped> {
  const places = [...new Set(groupBy.map((name) => columnNamed(table, name)))];
  const columns = places.flatMap((place) => table.columns[place] ?? []);
  const parted = columns.map(({ kind }) => (kind === 'date' ? datesBy : undefined));
  if (datesBy && parted.every((part) => part === undefined)) throw new ToolFailure(noDates(table));
  const groups = new Map<string, { key: readonly Cell[]; rows: (readonly Cell[])[] }>();
  if (places.length === 0) groups.set('', { key: [], rows: [] });
  const spellings = createSpellings();
  const put = (row: readonly Cell[]) => {
    const key = places.map((place, index) => partOf(row[place], parted[index]));
    const id = places.length === 0 ? '' : JSON.stringify(key.map(({ text }) => spellings.take(text)));
    const known = groups.get(id);
    if (known) known.rows.push(row);
    else groups.set(id, { key, rows: [row] });
  };
  for await (const some of inPortions(rows)) some.forEach(put);
  const found = [...groups.values()];
  return {
    columns: columns.map((column, index) => partedColumn(column, parted[index])),
    groups: datesBy ? inTime(found, parted) : found,
    note: spellings.note(),
  };
}

function noDates(table: Table): string {
  const dates = table.columns.filter(({ kind }) => kind === 'date');
  if (dates.length === 0) return 'This table has no column of dates, so "dates_by" cannot be used.';
  return `"dates_by" needs a column of dates in "group_by". Columns of dates:\n${columnsTold(table, dates)}`;
}

function partedColumn({ name, kind }: Column, part: DatePart | undefined): Column {
  return part === undefined ? { name, kind } : { name: `${plainName(name)} (${part})`, kind: part === 'day' ? 'date' : 'text' };
}

function partOf(cell: Cell | undefined, part: DatePart | undefined): Cell {
  const text = cell?.text.trim() ?? '';
  if (part === undefined || typeof cell?.value !== 'string') return { text, value: cell?.value };
  const value = datePart(cell.value, part);
  return { text: value, value };
}

function datePart(date: string, part: DatePart): string {
  switch (part) {
    case 'day':
      return date.slice(0, 10);
    case 'week':
      return weekOf(date);
    case 'month':
      return date.slice(0, 7);
    case 'quarter':
      return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
    case 'year':
      return date.slice(0, 4);
  }
}

const day = 86_400_000;

/** ISO 8601: a week belongs to the year of its Thursday. */
function weekOf(date: string): string {
  const at = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  const thursday = new Date(at + (3 - ((new Date(at).getUTCDay() + 6) % 7)) * day);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * day)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

function inTime<Group extends { readonly key: readonly Cell[] }>(groups: readonly Group[], parted: readonly unknown[]): Group[] {
  const place = parted.findIndex((part) => part !== undefined);
  const at = ({ key }: Group) => key[place]?.text ?? '';
  // Rows without a date come last.
  return groups.toSorted((one, other) =>
    at(one) === '' || at(other) === '' ? at(other).localeCompare(at(one)) : Number(at(one) > at(other)) - Number(at(one) < at(other)),
  );
}
