import { textLimits } from '@vera/protocol/shorten';
import { plainName } from '../plain-name.ts';
import type { Cell, Column } from '../tables/table.ts';
import { ToolFailure } from '../tools/tool.ts';
import { plainNumber } from './plain-number.ts';

/** A column of what is to be drawn, as it was given. */
export interface GivenColumn {
  readonly name: string;
  readonly kind: Column['kind'];
  readonly cells: readonly Cell[];
  /** Its texts are somebody's, in whose form of numbers nobody knows. */
  readonly isOfFile?: boolean;
}

export interface ReadValues {
  readonly columns: readonly (readonly (number | undefined)[])[];
  /** Of the axis, where the values themselves say it. */
  readonly unit?: string;
}

/** The numbers in columns that share an axis. A gap stays a gap; what is no plain number, or of another kind than the rest, is refused by its place. */
export function readValues(columns: readonly GivenColumn[], unit?: string): ReadValues {
  const read = columns.map((column) => ({ column, values: column.cells.map((cell, row) => measured(column, cell, row)) }));
  const all = read.flatMap(({ column, values }) => values.flatMap((value, row) => (value ? [{ ...value, column, row }] : [])));
  // In a unit that was named, plain numbers are of that unit.
  const named = unit === '%' || unit === 'h' ? unit : '';
  const first = all.find(({ measure }) => measure !== '')?.measure ?? '';
  const odd = all.find(({ measure }) => measure !== first && !(measure === '' && named === first));
  if (odd)
    throw new ToolFailure(`${placeOf(odd.column, odd.row)} is ${wordOf(odd.measure)}, others are ${wordOf(first)}: draw them apart.`);
  if (first !== '' && unit !== undefined && unit !== first) {
    throw new ToolFailure(`The values are ${wordOf(first)}, not ${plainName(unit, textLimits.quote)}: leave unit out.`);
  }
  const shown = unit ?? first;
  return { columns: read.map(({ values }) => values.map((value) => value?.value)), ...(shown === '' ? {} : { unit: shown }) };
}

type Measure = '' | '%' | 'h';

interface Measured {
  readonly value: number;
  readonly measure: Measure;
}

function measured(column: GivenColumn, { text, value }: Cell, row: number): Measured | undefined {
  const { kind } = column;
  if (kind === 'date' || kind === 'boolean') throw new ToolFailure(`Column "${nameOf(column)}" holds no numbers but ${kind}s.`);
  if (typeof value === 'number' && Number.isFinite(value))
    return bounded(column, row, ofKind(/%\s*$/.test(text) ? 'percent' : kind, value));
  if (text.trim() === '' && (value === undefined || value === '')) return undefined;
  const plain = plainNumber(text);
  if (column.isOfFile && /^[-+]?[1-9]\d{0,2}[.,]\d{3}\s*%?$/.test(text.trim())) {
    const words = 'may mean two numbers, as nothing tells whether its point or comma parts thousands. Give the values in data.';
    throw new ToolFailure(`${placeOf(column, row)}, "${plainName(text, textLimits.quote)}", ${words}`);
  }
  if (!plain) {
    throw new ToolFailure(
      `${placeOf(column, row)}, "${plainName(text, textLimits.quote)}", is no plain number. Give it as 1234.5 or 94%, leave it empty, or leave the row out.`,
    );
  }
  return bounded(column, row, { value: plain.value, measure: plain.isPercent ? '%' : '' });
}

function ofKind(kind: Column['kind'], value: number): Measured {
  if (kind === 'percent') return { value: Number((value * 100).toPrecision(15)), measure: '%' };
  return { value, measure: kind === 'duration' ? 'h' : '' };
}

/** Beyond these neither Slack nor the picture has an axis. */
function bounded(column: GivenColumn, row: number, read: Measured): Measured {
  const size = Math.abs(read.value);
  if (size > 1e15 || (size !== 0 && size < 1e-9))
    throw new ToolFailure(`${placeOf(column, row)} is too large or too small to be drawn: give it in another unit.`);
  return read;
}

function wordOf(measure: Measure): string {
  return { '': 'plain numbers', '%': 'percentages', h: 'hours' }[measure];
}

function placeOf(column: GivenColumn, row: number): string {
  return `Row ${row + 1} of "${nameOf(column)}"`;
}

function nameOf({ name }: GivenColumn): string {
  return plainName(name, textLimits.quote);
}
