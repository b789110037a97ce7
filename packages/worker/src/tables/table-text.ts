import { shorten, textLimits } from '@vera/protocol/shorten';
import { counted } from '../tools/told-text.ts';
import type { Table } from './table.ts';

/** The first rows of a table in lines, as a model reads them; whatever is left out is counted. Not yet marked as data. */
export function tableText({ columns, rows, notes }: Table, mostRows: number, mostCharacters: number): string {
  const head = `${lineOf(columns.map(({ name }) => name))}\n${lineOf(columns.map(({ kind }) => `(${kind})`))}`;
  const lines: string[] = [];
  let room = mostCharacters - head.length;
  for (const row of rows.slice(0, mostRows)) {
    const line = lineOf(row.map(({ text }) => text));
    room -= line.length + 1;
    if (room < 0) break;
    lines.push(line);
  }
  const all = counted(rows.length, 'row', 'rows');
  return [
    `${lines.length === rows.length ? all : `${lines.length} of ${all}`}:`,
    head,
    ...lines,
    ...notes.map((note) => `Note: ${note.replace(/\s+/g, ' ')}.`),
  ].join('\n');
}

const mostColumns = 60;

function lineOf(texts: readonly string[]): string {
  const cells = texts.slice(0, mostColumns).map(cellText);
  return `| ${[...cells, ...(texts.length > mostColumns ? [`… ${texts.length - mostColumns} more columns`] : [])].join(' | ')}`;
}

/** No cell begins a line or another column. */
export function cellText(text: string): string {
  return shorten(text.replace(/[\s|]+/g, ' ').trim(), textLimits.line);
}
