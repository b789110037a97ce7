import { shorten, textLimits } from '@vera/protocol/shorten';
import type { Cell, Table } from './table.ts';

/** The first rows of a table in lines, as a model reads them; whatever is left out is counted. Not yet marked as data. */
export function tableText({ columns, rows, notes }: Table, mostRows: number, mostCharacters: number): string {
  const head = `${lineOf(columns.map(({ name }) => name))}\n${lineOf(columns.map(({ kind }) => `(${kind})`))}`;
  const lines: string[] = [];
  let room = mostCharacters - head.length;
  for (const row of rows.slice(0, mostRows)) {
    const line = lineOf(row.map(({ text }: Cell) => text));
    room -= line.length + 1;
    if (room < 0) break;
    lines.push(line);
  }
  const count = lines.length === rows.length ? countOf(rows.length) : `${lines.length} of ${countOf(rows.length)}`;
  return [`${count}:`, head, ...lines, ...notes.map((note) => `Note: ${note.replace(/\s+/g, ' ')}.`)].join('\n');
}

function countOf(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`;
}

const mostColumns = 60;

/** No cell begins a line or another column. */
function lineOf(texts: readonly string[]): string {
  const cells = texts.slice(0, mostColumns).map((text) => shorten(text.replace(/[\s|]+/g, ' ').trim(), textLimits.line));
  return `| ${[...cells, ...(texts.length > mostColumns ? [`… ${texts.length - mostColumns} more columns`] : [])].join(' | ')}`;
}
