import { counted } from '../tools/told-text.ts';
import { ToolFailure } from '../tools/tool.ts';
import { type Aggregate, type Computing, computingOf } from './aggregates.ts';
import { columnNamed } from './column-named.ts';
import { type Condition, rowTestOf } from './conditions.ts';
import { distinctNames } from './distinct-names.ts';
import { type DatePart, groupsOf } from './group-rows.ts';
import { inPortions } from './in-portions.ts';
import type { Cell, Column, Table } from './table.ts';
import { gap } from './text-cell.ts';
import { totalRowsOf } from './total-rows.ts';

export interface TableQuery {
  readonly where?: readonly Condition[] | undefined;
  readonly groupBy?: readonly string[] | undefined;
  readonly datesBy?: DatePart | undefined;
  readonly compute?: readonly Aggregate[] | undefined;
  /** Of a query that computes nothing. */
  readonly columns?: readonly string[] | undefined;
  readonly sort?: readonly { readonly column: string; readonly descending?: boolean | undefined }[] | undefined;
  readonly top?: number | undefined;
  /** Rows that add up others take part. */
  readonly withTotals?: boolean | undefined;
}

/** A new table; rejects with a `ToolFailure` that says what to mend. */
export async function runQuery(table: Table, query: TableQuery): Promise<Table> {
  const notes: string[] = [];
  const tests = (query.where ?? []).map((condition) => rowTestOf(table, condition));
  const rows: (readonly Cell[])[] = [];
  for await (const some of inPortions(ordinaryRows(table, query, notes))) {
    rows.push(...some.filter((row) => tests.every((test) => test(row))));
  }
  const computes = (query.compute ?? []).length > 0 || (query.groupBy ?? []).length > 0;
  const found = computes ? await computed(table, rows, query, notes) : selected(table, rows, query);
  return {
    name: `from ${table.name}`,
    columns: found.columns,
    rows: topOf(found, query, notes),
    notes: [...new Set([...table.notes, ...notes])],
    isComputed: true,
  };
}

type Rows = readonly (readonly Cell[])[];
type Found = Pick<Table, 'columns' | 'rows'>;

const mostNames = 5;

/** Without those that add up others, and says so. */
export function ordinaryRows(table: Table, { withTotals }: Pick<TableQuery, 'withTotals'>, notes: string[]): Rows {
  const totals = totalRowsOf(table);
  const { doubtful } = totals;
  if (doubtful.length > 0)
    notes.push(`${listed(doubtful)} may add up other rows, which is not sure: ${doubtful.length === 1 ? 'it' : 'they'} took part`);
  if (totals.rows.size === 0) return table.rows;
  const told = `${counted(totals.rows.size, 'total row', 'total rows')} (${listed(totals.names)})`;
  notes.push(withTotals ? `${told} of the table took part, so sums may count twice` : `${told} of the table left out`);
  return withTotals ? table.rows : table.rows.filter((_, index) => !totals.rows.has(index));
}

function listed(names: readonly string[]): string {
  return names.slice(0, mostNames).join(', ') + (names.length > mostNames ? ', …' : '');
}

function selected(table: Table, rows: Rows, { columns: names, datesBy }: TableQuery): Found {
  if (datesBy) throw new ToolFailure('"dates_by" needs a column of dates in "group_by".');
  if (!names || names.length === 0) return { columns: table.columns, rows };
  const places = [...new Set(names.map((name) => columnNamed(table, name)))];
  const columns = places.flatMap((place) => table.columns[place] ?? []);
  return { columns, rows: rows.map((row) => places.map((place) => row[place] ?? gap)) };
}

async function computed(table: Table, rows: Rows, query: TableQuery, notes: string[]): Promise<Found> {
  const { groupBy = [], datesBy, compute = [], columns } = query;
  if (columns && columns.length > 0) throw new ToolFailure('"columns" does not go with "group_by" or "compute": name the columns there.');
  const wanted = compute.length > 0 ? compute : [{ of: 'count' } as const];
  const computings = wanted.map((aggregate) => computingOf(table, aggregate));
  notes.push(...computings.flatMap(({ note }) => note(rows) ?? []));
  const { groups, columns: keys, note: spelt } = await groupsOf(table, rows, { groupBy, datesBy });
  if (spelt) notes.push(spelt);
  const found: (readonly Cell[])[] = [];
  for await (const some of inPortions(groups)) {
    found.push(...some.map(({ key, rows: own }) => [...key, ...computings.map((one: Computing) => one.of(own))]));
  }
  const made = [...keys, ...computings.map(({ column }) => column)];
  // The same may be asked for twice, and a column of the file be called "count".
  const names = distinctNames(made.map(({ name }) => name));
  return { columns: made.map(({ name, kind }, index): Column => ({ name: names[index] ?? name, kind })), rows: found };
}

function topOf(found: Found, { sort = [], top }: TableQuery, notes: string[]): Rows {
  const probe: Table = { name: 'the result', columns: found.columns, rows: [], notes: [] };
  const orders = sort.map(({ column, descending = false }) => ({ index: columnNamed(probe, column), descending }));
  const sorted =
    orders.length === 0
      ? found.rows
      : found.rows.toSorted((one, other) => {
          for (const { index, descending } of orders) {
            const order = compared(one[index], other[index], descending);
            if (order !== 0) return order;
          }
          return 0;
        });
  if (top === undefined || sorted.length <= top) return sorted;
  notes.push(`the first ${top} of ${sorted.length} rows${sort.length === 0 ? ', unsorted' : ''}`);
  return sorted.slice(0, top);
}

let collator: Intl.Collator | undefined;

/** Numbers and dates by what they mean, then texts; gaps come last, whatever the direction. */
function compared(one: Cell | undefined, other: Cell | undefined, descending: boolean): number {
  const [first, second] = [rankOf(one), rankOf(other)];
  if (first !== second) return first === gapRank || second === gapRank || !descending ? first - second : second - first;
  const sign = descending ? -1 : 1;
  const [left, right] = [one?.value, other?.value];
  if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
  collator ??= new Intl.Collator('en', { numeric: true });
  return sign * collator.compare(String(left ?? one?.text), String(right ?? other?.text));
}

const gapRank = 2;

function rankOf(cell: Cell | undefined): number {
  if (!cell || cell.text.trim() === '') return gapRank;
  return typeof cell.value === 'number' ? 0 : 1;
}
