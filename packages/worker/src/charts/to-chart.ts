import { textLimits } from '@vera/protocol/shorten';
import { plainName } from '../plain-name.ts';
import { columnNamed, columnsTold } from '../tables/column-named.ts';
import { onShelf } from '../tables/on-shelf.ts';
import { ordinaryRows } from '../tables/run-query.ts';
import type { Cell, Table, TableShelf } from '../tables/table.ts';
import { gap } from '../tables/text-cell.ts';
import { counted } from '../tools/told-text.ts';
import { ToolFailure } from '../tools/tool.ts';
import type { Chart, ChartKind, Series } from './chart.ts';
import { checkChart } from './check-chart.ts';
import { type GivenColumn, readValues } from './read-values.ts';

export interface ChartRequest {
  readonly kind: ChartKind;
  readonly title: string;
  readonly from?: string | undefined;
  readonly category?: string | undefined;
  readonly values?: readonly string[] | undefined;
  readonly series_by?: string | undefined;
  readonly data?: TypedData | undefined;
  readonly x_label?: string | undefined;
  readonly y_label?: string | undefined;
  readonly unit?: string | undefined;
}

interface TypedData {
  readonly categories: readonly (string | number)[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | string | null)[] }[];
}

/** What was asked for as a chart that can be drawn, or a failure that says how to ask better. */
export function toChart(request: ChartRequest, shelf: TableShelf): Chart {
  const given = givenIn(request, shelf);
  const unit = oneLine(request.unit ?? '');
  const read = readValues(given.columns, unit === '' ? undefined : unit);
  const series = given.columns.map(({ name }, index): Series => ({ name, values: read.columns[index] ?? [] }));
  const [xLabel, yLabel] = [oneLine(request.x_label ?? given.xLabel ?? ''), oneLine(request.y_label ?? '')];
  const chart: Chart = {
    kind: request.kind,
    title: oneLine(request.title) || 'Chart',
    categories: given.category.cells.map(({ text }) => oneLine(text) || '(empty)'),
    series,
    ...(xLabel === '' ? {} : { xLabel }),
    ...(yLabel === '' ? {} : { yLabel }),
    ...(read.unit === undefined ? {} : { unit: read.unit }),
    notes: given.notes,
  };
  const drawn = request.kind === 'scatter' ? withPositions(chart, given.category) : chart;
  checkChart(drawn);
  return drawn;
}

interface Given {
  readonly category: GivenColumn;
  readonly columns: readonly GivenColumn[];
  readonly xLabel?: string;
  readonly notes: readonly string[];
}

function givenIn({ from, data, category, values = [], series_by: by }: ChartRequest, shelf: TableShelf): Given {
  if (data && from === undefined) return typedIn(data);
  if (data || from === undefined) throw new ToolFailure('Give either from, with category and values, or data.');
  const table = partsOf(onShelf(shelf, from));
  if (category === undefined || values.length === 0) {
    throw new ToolFailure(
      `Name the columns of ${from}: category for the names along the axis, values for the numbers.\n${columnsTold(table)}`,
    );
  }
  const at = columnNamed(table, category);
  if (by !== undefined) return spread(table, { at, by: columnNamed(table, by), values });
  return {
    category: columnAt(table, at),
    columns: values.map((name) => columnAt(table, columnNamed(table, name))),
    ...saidWith(table, at),
  };
}

function typedIn({ categories, series }: TypedData): Given {
  for (const { name, values } of series) {
    if (values.length === categories.length) continue;
    const words = `"${plainName(name, textLimits.quote)}" has ${counted(values.length, 'value', 'values')}`;
    throw new ToolFailure(`${words} for ${counted(categories.length, 'category', 'categories')}: give one for each, null for a gap.`);
  }
  const column = (name: string, cells: readonly (number | string | null)[]): GivenColumn => ({
    name: oneLine(name) || '(no name)',
    kind: 'text',
    cells: cells.map((cell): Cell => ({ text: cell === null ? '' : String(cell), value: typeof cell === 'number' ? cell : undefined })),
  });
  return { category: column('categories', categories), columns: series.map(({ name, values }) => column(name, values)), notes: [] };
}

function columnAt({ columns, rows }: Table, at: number): GivenColumn {
  const { name, kind } = columns[at] ?? { name: '', kind: 'text' };
  return { name: oneLine(name), kind, cells: rows.map((row) => row[at] ?? gap), isOfFile: true };
}

interface Spread {
  readonly at: number;
  readonly by: number;
  readonly values: readonly string[];
}

/** One column of numbers in as many series as another column has values. */
function spread(table: Table, { at, by, values }: Spread): Given {
  const [value, ...more] = values;
  if (value === undefined || more.length > 0) throw new ToolFailure('With series_by there is exactly one column of values.');
  const numbers = columnAt(table, columnNamed(table, value));
  const [categories, names] = [columnAt(table, at), columnAt(table, by)].map(({ cells }) =>
    cells.map(({ text }) => oneLine(text) || '(empty)'),
  );
  const rowOf = new Map<string, number>();
  const keyOf = (category: string, name: string) => JSON.stringify([category, name]);
  table.rows.forEach((_, row) => {
    const [category, name] = [categories?.[row] ?? '', names?.[row] ?? ''];
    const known = rowOf.get(keyOf(category, name));
    if (known !== undefined)
      throw new ToolFailure(`Rows ${known + 1} and ${row + 1} are both of "${plainName(category)}" and "${plainName(name)}": ${grouped}`);
    rowOf.set(keyOf(category, name), row);
  });
  const order = [...new Set(categories)];
  const cellAt = (category: string, name: string) => numbers.cells[rowOf.get(keyOf(category, name)) ?? -1] ?? gap;
  return {
    category: { name: table.columns[at]?.name ?? '', kind: 'text', cells: order.map((text) => ({ text, value: undefined })) },
    columns: [...new Set(names)].map((name) => ({ ...numbers, name, cells: order.map((category) => cellAt(category, name)) })),
    ...saidWith(table, at),
  };
}

const grouped = 'group them with query_table first.';

function saidWith({ columns, notes }: Table, at: number): Pick<Given, 'xLabel' | 'notes'> {
  return { xLabel: oneLine(columns[at]?.name ?? ''), notes: notes.map(oneLine) };
}

function withPositions(chart: Chart, column: GivenColumn): Chart {
  const places = readValues([column]).columns[0] ?? [];
  const kept = places.flatMap((place, index) => (place === undefined ? [] : [index]));
  const only = <Item>(items: readonly Item[]) => items.filter((_, index) => places[index] !== undefined);
  const left = places.length - kept.length;
  return {
    ...chart,
    categories: only(chart.categories),
    positions: places.filter((place) => place !== undefined),
    series: chart.series.map(({ name, values }) => ({ name, values: only(values) })),
    notes: [...chart.notes, ...(left > 0 ? [`${counted(left, 'row', 'rows')} without a place along the axis left out`] : [])],
  };
}

/** Beside its parts, a sum of them would be the largest bar. */
function partsOf(table: Table): Table {
  const notes = [...table.notes];
  return { ...table, rows: ordinaryRows(table, {}, notes), notes };
}

/** As it can stand in a label: neither line breaks nor what turns the direction of writing, nothing that no XML may hold; what shows nothing is empty. */
function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{White_Space}\u202a-\u202e\u2066-\u2069\ufffe\uffff]+/gu, ' ')
    .trim()
    .replace(/^\p{Default_Ignorable_Code_Point}+$/u, '');
}
