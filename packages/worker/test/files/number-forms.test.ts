import { describe, expect, test } from 'vitest';
import { formatOf, numberCell } from '../../src/files/reader/number-format.ts';
import { toTypedTable } from '../../src/files/reader/to-typed-table.ts';
import { typedColumns } from '../../src/files/reader/typed-column.ts';

const valuesOf = (columns: readonly (readonly string[])[], usual?: 'english' | 'continental') =>
  typedColumns(columns, usual).map(({ cells }) => cells.map(({ value }) => value));

describe('numbers of a file without types', () => {
  test.each([
    ['a share is no group of thousands', [['0.125', '0.875']], 'continental', [[0.125, 0.875]]],
    [
      'also beside a column in the other form',
      [
        ['0.234', '0.500'],
        ['3,50', '1,25'],
      ],
      'english',
      [
        [0.234, 0.5],
        [3.5, 1.25],
      ],
    ],
    ['nor with a comma', [['0,125', '0,875']], 'english', [[0.125, 0.875]]],
    ['money has no three decimals', [['€1.234', '€2.500']], 'english', [[1234, 2500]]],
    ['nor in the other form', [['$1,234', '$2,500']], 'continental', [[1234, 2500]]],
  ] as const)('%s', (_, columns, usual, values) => {
    expect(valuesOf(columns, usual)).toEqual(values);
  });

  test('say so where nothing tells what they mean', () => {
    const notes = (rows: readonly (readonly string[])[]) => toTypedTable('t', rows, 'continental')?.notes;
    expect(
      notes([
        ['Place', 'Latitude'],
        ['a', '50.737'],
        ['b', '48.137'],
      ]),
    ).toEqual(['nothing in “Latitude” tells whether a point or a comma parts thousands: 50.737 is read as 50737']);
    expect(
      notes([
        ['Place', 'Latitude'],
        ['a', '50.7374'],
        ['b', '48.137'],
      ]),
    ).toEqual([]);
  });

  test.each([
    ['CHF #,##0.00', 'number'],
    ['US$ #,##0', 'number'],
    ['S/ #,##0', 'number'],
    ['0.0 h', 'number'],
    ['#,##0 Std', 'number'],
    ['0.0 d', 'number'],
    ['mm:ss.000', 'time'],
    ['h:mm:ss', 'time'],
    ['dd/mm/yyyy', 'date'],
    ['0.0%', 'percent'],
    ['[h]:mm', 'duration'],
    ['00000', 'digits'],
  ])('a format %s is of a %s', (code, kind) => {
    expect(formatOf(code).kind).toBe(kind);
  });

  test.each([
    ['_-* #,##0.00\\ _€_-;\\-* #,##0.00\\ _€_-;_-* "-"??\\ _€_-;_-@_-', '1200', '1200'],
    ['#,##0.00\\ _$', '1200', '1200'],
    ['0.00 "per $"', '5', '5'],
    ['0.00 €/h', '5', '5'],
    ['#,##0;[Red]-#,##0 €', '5', '5'],
    ['*$0', '5', '5'],
    ['#,##0.00\\ \\€', '5', '5 €'],
    ['#,##0.00\\ "€";[Red]-0', '5', '5 €'],
    ['_-* #,##0.00 €_-;-* 0', '5', '5 €'],
    ['_("$"* #,##0.00_);_("$"* \\(0\\)', '5', '5 $'],
    ['-$#,##0', '5', '5 $'],
    ['US$ #,##0', '5', '5 US$'],
    ['[$kr-41D] #,##0', '5', '5 kr'],
    ['[$-409]#,##0', '5', '5'],
    ['0\\ 000\\ 000', '1234567', '1234567'],
    ['0" "000', '1234', '1234'],
  ])('of a sheet are shown as their format %s says', (code, stored, text) => {
    const { text: shown, kind } = numberCell(stored, formatOf(code), false);
    expect([shown, kind]).toEqual([text, 'number']);
  });

  test.each([
    ['000-00-0000', '12345678', '012-34-5678'],
    ['00000-0000', '12345678', '01234-5678'],
    ['00000\\-0000', '1234567890', '123456-7890'],
    ['(000) 000\\-0000', '123456789', '(012) 345-6789'],
    ['000\\ 00', '1234', '012 34'],
    ['"FY"0000', '26', 'FY0026'],
    ['00000', '1.5', '1.5'],
  ])('of a sheet that are names keep their noughts and groups: %s', (code, stored, text) => {
    expect(numberCell(stored, formatOf(code), false)).toEqual({ text, value: text, kind: 'text' });
  });

  test.each([
    ['a title of one cell', [['Sales report'], ['n', 'v'], ['a', '1'], ['b', '2']], ['n', 'v']],
    [
      'a title of half the cells',
      [
        ['Report', 'Q3 2026'],
        ['n', 'v', 'w', 'x'],
        ['a', '1', '2', '3'],
        ['b', '2', '3', '4'],
      ],
      ['n', 'v', 'w', 'x'],
    ],
    [
      'no title where the head lacks its first name',
      [
        ['', 'v'],
        ['a', 'x'],
        ['b', 'y'],
      ],
      ['Column A', 'v'],
    ],
    ['no title where all below are words', [['Name'], ['a', 'x'], ['b', 'y'], ['c', 'z']], ['Name', 'Column B']],
  ])('%s', (_, rows, names) => {
    expect(toTypedTable('t', rows)?.columns.map(({ name }) => name)).toEqual(names);
  });
});
