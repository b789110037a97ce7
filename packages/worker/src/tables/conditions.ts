import { plainName } from '../plain-name.ts';
import { ToolFailure } from '../tools/tool.ts';
import { columnNamed } from './column-named.ts';
import { sameText } from './same-text.ts';
import type { Cell, Column, Table } from './table.ts';
import { gap } from './text-cell.ts';
import { timeSpan } from './time-span.ts';

/** What the cell of one column has to be. */
export interface Condition {
  readonly column: string;
  readonly is: '=' | '!=' | '>' | '>=' | '<' | '<=' | 'contains' | 'starts with' | 'in' | 'empty' | 'not empty';
  readonly value?: string | number | boolean | readonly (string | number)[] | undefined;
}

export type RowTest = (row: readonly Cell[]) => boolean;

/** A test of rows, or a rejection that says what is wrong with the condition. */
export function rowTestOf(table: Table, condition: Condition): RowTest {
  const index = columnNamed(table, condition.column);
  const column = table.columns[index];
  if (!column) throw new ToolFailure('This table has no columns.');
  const test = cellTestOf(column, condition);
  return (row) => test(row[index] ?? gap);
}

function cellTestOf(column: Column, { is, value }: Condition): (cell: Cell) => boolean {
  if (is === 'empty') return ({ text }) => text.trim() === '';
  if (is === 'not empty') return ({ text }) => text.trim() !== '';
  if (value === undefined) throw new ToolFailure(`A condition with "${is}" needs a value.`);
  if (is === 'in') {
    const tests = listed(value).map((one) => equals(column, one));
    return (cell) => tests.some((test) => test(cell));
  }
  if (typeof value === 'object') throw new ToolFailure(`A condition with "${is}" takes one value. Use "in" for several.`);
  const written = sameText(String(value));
  switch (is) {
    case '=':
      return equals(column, value);
    case '!=': {
      const test = equals(column, value);
      return (cell) => !test(cell);
    }
    case 'contains':
      return ({ text }) => sameText(text).includes(written);
    case 'starts with':
      return ({ text, value: own }) => [text, String(own ?? '')].some((one) => sameText(one).startsWith(written));
    default:
      return ordered(column, is, value);
  }
}

function listed(value: Exclude<Condition['value'], undefined>): readonly (string | number | boolean)[] {
  return typeof value === 'object' ? value : [value];
}

/** A number is looked for as a number where cells hold numbers, else as it is written: 10 does not find the account 0010. */
function equals(column: Column, wanted: string | number | boolean): (cell: Cell) => boolean {
  const written = sameText(String(wanted));
  const isMeant = column.kind === 'date' ? within(column, wanted) : means(column, wanted);
  return (cell) => sameText(cell.text) === written || isMeant(cell);
}

function means(column: Column, wanted: string | number | boolean): (cell: Cell) => boolean {
  const meant = meaning(column, wanted);
  const written = sameText(String(meant));
  return ({ value }) => {
    if (value === undefined || meant === undefined) return false;
    return typeof value === 'string' ? sameText(value) === written : value === meant;
  };
}

/** A month holds all of its days, and a day all of its times. */
function within(column: Column, wanted: string | number | boolean): (cell: Cell) => boolean {
  const span = timeSpan(String(wanted));
  // A cell may hold a word instead.
  if (!span) {
    if (/\d/.test(String(wanted))) throw isNone(column.name, 'date', wanted);
    return () => false;
  }
  return ({ value }) => {
    const at = typeof value === 'string' ? timeSpan(value, !span.hasZone)?.from : undefined;
    return at !== undefined && at >= span.from && at < span.to;
  };
}

type Order = '>' | '>=' | '<' | '<=';

function ordered(column: Column, is: Order, wanted: string | number | boolean): (cell: Cell) => boolean {
  const { name, kind } = column;
  if (kind === 'text' || kind === 'boolean')
    throw new ToolFailure(
      `"${plainName(name)}" holds ${kind === 'text' ? 'text' : 'yes or no'}, which has no order. Use "=" or "contains".`,
    );
  const meant = kind === 'date' ? undefined : meaning(column, wanted);
  // "<= 2026-03" means to the end of March, ">" after it.
  const span = kind === 'date' ? timeSpan(String(wanted)) : { from: meant, to: meant, hasZone: false };
  if (typeof span?.from !== 'number' || typeof span.to !== 'number') throw isNone(name, kind, wanted);
  const { from, to, hasZone } = span;
  return ({ value }) => {
    const at = kind === 'date' && typeof value === 'string' ? timeSpan(value, !hasZone)?.from : value;
    if (typeof at !== 'number') return false;
    switch (is) {
      case '>':
        return from === to ? at > to : at >= to;
      case '>=':
        return at >= from;
      case '<':
        return at < from;
      case '<=':
        return from === to ? at <= to : at < to;
    }
  };
}

function isNone(name: string, kind: keyof typeof examples, wanted: string | number | boolean): ToolFailure {
  return new ToolFailure(`"${plainName(name)}" holds ${examples[kind]}; "${plainName(String(wanted))}" is none.`);
}

const examples = {
  number: 'numbers, such as 1234.5',
  percent: 'percentages, such as 0.5 or "50 %"',
  duration: 'durations, such as 36 hours or "36:00"',
  date: 'dates, such as 2026-11-30',
} as const;

/** What is wanted, as the cells of the column mean it. */
function meaning({ kind }: Column, wanted: string | number | boolean): string | number | boolean | undefined {
  const text = String(wanted).trim();
  switch (kind) {
    case 'number':
      return numberIn(text);
    case 'percent':
      return text.endsWith('%') ? shifted(numberIn(text.slice(0, -1))) : numberIn(text);
    case 'duration':
      return hoursIn(text) ?? numberIn(text);
    case 'boolean':
      return /^(?:true|yes|false|no)$/i.test(text) ? /^[ty]/i.test(text) : undefined;
    case 'date':
    case 'text':
      return text;
  }
}

function shifted(percent: number | undefined): number | undefined {
  return percent === undefined ? undefined : Number((percent / 100).toPrecision(15));
}

function numberIn(text: string): number | undefined {
  const plain = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : undefined;
}

function hoursIn(text: string): number | undefined {
  const [, hours, minutes, seconds = '0'] = /^(\d+):([0-5]\d)(?::([0-5]\d))?$/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) + Number(minutes) / 60 + Number(seconds) / 3_600;
}
