import { describe, expect, test } from 'vitest';
import type { Chart } from '../../src/charts/chart.ts';
import { plainNumber } from '../../src/charts/plain-number.ts';
import { type ChartRequest, toChart } from '../../src/charts/to-chart.ts';
import type { Column, Table } from '../../src/tables/table.ts';
import { createTableShelf } from '../../src/tables/table-shelf.ts';

type Given = string | readonly [text: string, value: number | string | boolean];

const tableOf = (columns: Readonly<Record<string, Column['kind']>>, ...rows: Given[][]): Table => ({
  name: 'costs.xlsx',
  columns: Object.entries(columns).map(([name, kind]) => ({ name, kind })),
  rows: rows.map((row) =>
    row.map((given) => (typeof given === 'string' ? { text: given, value: given || undefined } : { text: given[0], value: given[1] })),
  ),
  notes: ['2 total rows are left out'],
});
const costs = tableOf(
  { Team: 'text', Cost: 'number', Share: 'percent' },
  ['North', ['5', 5], ['50 %', 0.5]],
  ['South', ['', ''], ['7 %', 0.07]],
);

function chartOf(request: Partial<ChartRequest>, table: Table = costs): Chart {
  const shelf = createTableShelf();
  shelf.add(table);
  return toChart({ kind: 'bar', title: 'Costs', ...request }, shelf);
}
const typed = (values: (number | string | null)[], more: Partial<ChartRequest> = {}) =>
  chartOf({ data: { categories: values.map((_, index) => `c${index}`), series: [{ name: 'a', values }] }, ...more });
const fromTable = { from: 'table-1', category: 'Team', values: ['Cost'] };

describe('F13 numbers', () => {
  test.each([
    ['1,234', 1234, false],
    ['1234', 1234, false],
    ['-1,234,567.5', -1_234_567.5, false],
    ['−3', -3, false],
    ['+.5', 0.5, false],
    ['1e3', 1000, false],
    ['94%', 94, true],
    ['94.5 %', 94.5, true],
  ])('%s is %d', (text, value, isPercent) => expect(plainNumber(text)).toEqual({ value, isPercent }));

  test.each(['1.234,5', '1,23', '12,34,567', '1 234', '5 EUR', '$5', 'n/a', 'NaN', '', '1e999', '--1', '0x10', '5%%', '１２'])(
    '%j is no plain number',
    (text) => expect(plainNumber(text)).toBeUndefined(),
  );

  test('are taken where they are plain; a gap is a gap, never zero', () => {
    expect(typed(['1,234', 5, null, '', 0]).series[0]?.values).toEqual([1234, 5, undefined, undefined, 0]);
  });

  test.each(['1.234', '-2,500', '1.234 %'])('of a file whose form nobody knows are refused where they may mean two: %s', (text) => {
    const table = tableOf({ Team: 'text', Cost: 'text' }, ['North', '7'], ['South', text]);
    expect(() => chartOf(fromTable, table)).toThrow(`Row 2 of "Cost", "${text}", may mean two numbers`);
    expect(chartOf(fromTable, tableOf({ Team: 'text', Cost: 'text' }, ['North', '7'], ['South', '0.234'])).series[0]?.values).toEqual([
      7, 0.234,
    ]);
  });

  test.each([
    ['1.234,5', 'Row 2 of "a", "1.234,5", is no plain number.'],
    ['NaN', 'Row 2 of "a", "NaN", is no plain number.'],
    ['#N/A', 'Row 2 of "a", "#N/A", is no plain number.'],
    [Number.NaN, 'Row 2 of "a", "NaN", is no plain number.'],
    [1e300, 'Row 2 of "a" is too large'],
  ])('%s is refused by row and column', (value, words) => expect(() => typed([1, value])).toThrow(words));

  test('with a percent sign stand on a percent axis, never a hundred times as high', () => {
    expect(typed(['94%', '7 %'])).toMatchObject({ unit: '%', series: [{ values: [94, 7] }] });
    expect(typed(['94%', 7], { unit: '%' })).toMatchObject({ unit: '%', series: [{ values: [94, 7] }] });
    expect(() => typed(['94%', 7])).toThrow('Row 2 of "a" is plain numbers, others are percentages: draw them apart.');
    expect(() => typed(['94%'], { unit: 'EUR' })).toThrow('The values are percentages, not EUR: leave unit out.');
  });

  test('of a table’s percentages are fractions', () => {
    expect(chartOf({ ...fromTable, values: ['Share'] })).toMatchObject({ unit: '%', series: [{ name: 'Share', values: [50, 7] }] });
    expect(() => chartOf({ ...fromTable, values: ['Cost', 'Share'] })).toThrow('draw them apart');
  });
});

describe('a table', () => {
  test('gives names, numbers, gaps, and what has to be said with it', () => {
    expect(chartOf(fromTable)).toEqual({
      kind: 'bar',
      title: 'Costs',
      categories: ['North', 'South'],
      series: [{ name: 'Cost', values: [5, undefined] }],
      xLabel: 'Team',
      notes: ['2 total rows are left out'],
    });
  });

  test('is spread over series by another column; what is not there is a gap', () => {
    const long = tableOf(
      { Day: 'text', Team: 'text', Count: 'number' },
      ['Mo', 'A', ['1', 1]],
      ['Mo', 'B', ['2', 2]],
      ['Tu', 'A', ['3', 3]],
    );
    const chart = chartOf({ kind: 'stacked', from: 'table-1', category: 'Day', values: ['Count'], series_by: 'Team' }, long);
    expect(chart).toMatchObject({
      categories: ['Mo', 'Tu'],
      series: [
        { name: 'A', values: [1, 3] },
        { name: 'B', values: [2, undefined] },
      ],
    });
    const twice = { ...long, rows: [...long.rows, ...long.rows.slice(0, 1)] };
    expect(() => chartOf({ from: 'table-1', category: 'Day', values: ['Count'], series_by: 'Team' }, twice)).toThrow(
      'Rows 1 and 4 are both of "Mo" and "A": group them with query_table first.',
    );
  });

  test('is drawn without the rows that add up others', () => {
    const sums = tableOf({ Team: 'text', Cost: 'number' }, ['A', ['2', 2]], ['B', ['3', 3]], ['Grand total', ['5', 5]]);
    expect(chartOf(fromTable, sums)).toMatchObject({
      categories: ['A', 'B'],
      notes: ['2 total rows are left out', '1 total row (Grand total) of the table left out'],
    });
  });

  test('is scattered by its numbers', () => {
    const sizes = tableOf(
      { Size: 'number', Time: 'number' },
      [
        ['2', 2],
        ['5', 5],
      ],
      [
        ['', ''],
        ['1', 1],
      ],
      [
        ['2', 2],
        ['7', 7],
      ],
    );
    expect(chartOf({ kind: 'scatter', from: 'table-1', category: 'Size', values: ['Time'] }, sizes)).toMatchObject({
      positions: [2, 2],
      series: [{ values: [5, 7] }],
      notes: ['2 total rows are left out', '1 row without a place along the axis left out'],
    });
  });
});

describe('texts', () => {
  test('hold no line breaks, control characters or turns of direction, and what nobody named has a name', () => {
    const data = { categories: ['a\u000bb\nc\u202ed', ' ', '\ud800'], series: [{ name: '', values: [1, 2, 3] }] };
    expect(chartOf({ title: ' x\n\ny ', data })).toMatchObject({
      title: 'x y',
      categories: ['a b c d', '(empty)', '\ufffd'],
      series: [{ name: '(no name)' }],
    });
  });
});

describe('a request that cannot be drawn is refused with what to do', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  test.each<[string, Partial<ChartRequest>, string]>([
    ['no source', {}, 'Give either from, with category and values, or data.'],
    ['two sources', { ...fromTable, data: { categories: [], series: [] } }, 'Give either from'],
    ['an unknown table', { ...fromTable, from: 'table-2' }, 'There is no table "table-2". There are:'],
    ['no columns', { from: 'table-1' }, 'Name the columns of table-1'],
    ['an unknown column', { ...fromTable, values: ['Costs'] }, '"Costs" is not a column of this table.'],
    ['a column of texts', { ...fromTable, values: ['Team'] }, 'Row 1 of "Team", "North", is no plain number.'],
    [
      'too few values',
      { data: { categories: ['a', 'b'], series: [{ name: 's', values: [1] }] } },
      '"s" has 1 value for 2 categories: give one for each, null for a gap.',
    ],
    [
      'a category twice',
      { data: { categories: ['a', 'a'], series: [{ name: 's', values: [1, 2] }] } },
      'The category "a" is there twice, at 1 and 2: group them',
    ],
    [
      'a series twice',
      {
        data: {
          categories: ['a'],
          series: [
            { name: 's', values: [1] },
            { name: 's', values: [1] },
          ],
        },
      },
      'The series "s" is there twice',
    ],
    [
      'a pie of two',
      {
        kind: 'pie',
        data: {
          categories: ['a'],
          series: [
            { name: 's', values: [1] },
            { name: 't', values: [1] },
          ],
        },
      },
      'A pie shows one series',
    ],
    [
      'a negative slice',
      { kind: 'pie', data: { categories: ['a', 'b'], series: [{ name: 's', values: [1, -1] }] } },
      'A pie shows parts of a whole, and some values are negative',
    ],
    [
      'an empty pie',
      { kind: 'pie', data: { categories: ['a'], series: [{ name: 's', values: [0] }] } },
      'A pie shows parts of a whole, and all values are zero',
    ],
    [
      'only gaps',
      { data: { categories: ['a'], series: [{ name: 's', values: [null] }] } },
      'There is nothing to draw: all values are empty.',
    ],
    ['too many categories', { data: { categories: many(501), series: [{ name: 's', values: many(501) }] } }, '501 categories are too many'],
    [
      'too many series',
      { data: { categories: ['a'], series: many(21).map((name) => ({ name: String(name), values: [1] })) } },
      '21 series are too many',
    ],
  ])('%s', (_, request, words) => expect(() => chartOf(request)).toThrow(words));
});
