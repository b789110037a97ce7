import { shorten, textLimits } from '@vera/protocol/shorten';
import { plainName } from '../plain-name.ts';
import { counted } from '../tools/told-text.ts';
import { ToolFailure } from '../tools/tool.ts';
import { columnNamed, columnsTold } from './column-named.ts';
import { durationText, numberText, percentText, roundedNumber } from './number-text.ts';
import { sameText } from './same-text.ts';
import { createSpellings } from './spellings.ts';
import type { Cell, Column, Table } from './table.ts';
import { gap } from './text-cell.ts';

export interface Aggregate {
  readonly of: 'count' | 'distinct' | 'sum' | 'average' | 'median' | 'min' | 'max';
  /** Not needed to count rows. */
  readonly column?: string | undefined;
}

export interface Computing {
  readonly column: Column;
  /** The value for one group of rows. */
  readonly of: (rows: readonly (readonly Cell[])[]) => Cell;
  /** What was left out of the rows that it was computed of. */
  readonly note: (rows: readonly (readonly Cell[])[]) => string | undefined;
}

/** How it is computed, or a rejection that says why it cannot be. */
export function computingOf(table: Table, { of, column: name }: Aggregate): Computing {
  if (name === undefined) {
    if (of !== 'count') throw new ToolFailure(`"${of}" needs a column.`);
    return { column: { name: 'count', kind: 'number' }, of: (rows) => numberCell(rows.length, 'number'), note: () => undefined };
  }
  const index = columnNamed(table, name);
  const column = table.columns[index] ?? { name, kind: 'text' };
  if (of === 'count' || of === 'distinct') return counting(of, column, index);
  const kinds: readonly Column['kind'][] = of === 'min' || of === 'max' ? [...numeric, 'date'] : numeric;
  if (!kinds.includes(column.kind)) throw new ToolFailure(unsuited(table, of, column, kinds));
  const what = { name: `${of} of ${column.name}`, kind: column.kind };
  return {
    column: what,
    of(rows) {
      const values = rows.map((row) => row[index]?.value);
      if (column.kind === 'date')
        return dateCell(
          of,
          values.filter((value) => typeof value === 'string'),
        );
      const numbers = values.filter((value) => typeof value === 'number');
      // Nothing to add up is a gap, as an average of nothing is.
      return numbers.length === 0 ? gap : numberCell(calculate[of](numbers), column.kind);
    },
    note: (rows) => leftOut(column, rows, index),
  };
}

const numeric: readonly Column['kind'][] = ['number', 'percent', 'duration'];

function counting(of: 'count' | 'distinct', { name }: Column, index: number): Computing {
  const filled = (rows: readonly (readonly Cell[])[]) => rows.map((row) => row[index]?.text.trim() ?? '').filter((text) => text !== '');
  return {
    column: { name: `${of} of ${name}`, kind: 'number' },
    of: (rows) => numberCell(of === 'count' ? filled(rows).length : new Set(filled(rows).map(sameText)).size, 'number'),
    note(rows) {
      if (of === 'count') return undefined;
      const spellings = createSpellings();
      filled(rows).forEach(spellings.take);
      return spellings.note();
    },
  };
}

function unsuited(table: Table, of: string, { name, kind }: Column, kinds: readonly Column['kind'][]): string {
  const suited = table.columns.filter((column) => kinds.includes(column.kind));
  const others = suited.length === 0 ? 'No column of this table does.' : `Columns for it:\n${columnsTold(table, suited)}`;
  return `"${plainName(name)}" holds ${kind}, of which there is no ${of}. ${others}`;
}

const calculate = {
  sum: exactSum,
  average: (values: readonly number[]) => exactSum(values) / values.length,
  median: medianOf,
  min: (values: readonly number[]) => values.reduce((least, value) => Math.min(least, value)),
  max: (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value)),
};

/** Neumaier's: what a plain sum loses at each step is kept. */
function exactSum(values: readonly number[]): number {
  let [sum, lost] = [0, 0];
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const at = (place: number) => sorted[place] ?? Number.NaN;
  return Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle));
}

function numberCell(value: number, kind: Column['kind']): Cell {
  const rounded = roundedNumber(value);
  if (kind === 'percent') return { text: percentText(rounded), value: rounded };
  return { text: kind === 'duration' ? durationText(rounded) : numberText(rounded), value: rounded };
}

/** ISO dates are in order as texts, but for those of another zone. */
function dateCell(of: string, values: readonly string[]): Cell {
  const hasZones = values.some((value) => /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(value));
  const sorted = hasZones ? values.toSorted((one, other) => Date.parse(one) - Date.parse(other)) : values.toSorted();
  const value = of === 'min' ? sorted[0] : sorted.at(-1);
  return { text: value ?? '', value };
}

const mostExamples = 3;

/** Cells that hold something, and nothing to compute with. */
function leftOut({ name, kind }: Column, rows: readonly (readonly Cell[])[], index: number): string | undefined {
  const type = kind === 'date' ? 'string' : 'number';
  const others = rows.flatMap((row) => {
    const cell = row[index];
    return cell && typeof cell.value !== type && cell.text.trim() !== '' ? cell : [];
  });
  if (others.length === 0) return undefined;
  const texts = [...new Set(others.map(({ text }) => plainName(shorten(text, textLimits.quote))))];
  const shown = texts.slice(0, mostExamples).join(', ') + (texts.length > mostExamples ? ', …' : '');
  return `${counted(others.length, 'cell', 'cells')} of ${plainName(name)} with nothing to compute with ${others.length === 1 ? 'is' : 'are'} left out: ${shown}`;
}
