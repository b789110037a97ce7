import { mostRead, RefusedFileError } from '../file-reading.ts';

/** A cell of a page's table as its author wrote it. */
export interface SeenCell {
  text: string;
  /** It names others. */
  readonly isHead: boolean;
  readonly columns: number;
  /** 0: to the end of its group. */
  readonly rows: number;
}

export interface SeenRow {
  readonly cells: SeenCell[];
  /** No cell reaches out of the head or the body that it stands in. */
  readonly group: number;
}

/**
 * The table with each cell in all the places that it covers, as a browser lays it out (HTML, "Forming a table"). A column in which no cell
 * begins only makes others wider, and is none; a cell alone in its row is a line between others, and said once.
 */
export function spannedTable(given: readonly SeenRow[]): { readonly rows: string[][]; readonly notes: readonly string[] } {
  const { covers, columns } = coversOf(given);
  const places = new Map(columns.map((column, index) => [column, index]));
  const placed = new Set<SeenCell>();
  let isCountedAgain = false;
  const rows = covers.map((row) => {
    const line: string[] = [];
    for (const { cell, from, to } of row) {
      const most = row.length === 1 ? 1 : columns.length;
      for (let index = places.get(from) ?? 0; index < most && (columns[index] ?? to) < to; index += 1) {
        isCountedAgain ||= placed.has(cell) && !cell.isHead && isNumber(cell.text);
        placed.add(cell);
        line[index] = cell.text;
      }
    }
    return Array.from(line, (text = '') => text);
  });
  return { rows: withOneHead(rows, given), notes: isCountedAgain ? [countedAgain] : [] };
}

const countedAgain = 'a number spans several cells and stands in each of them, so a sum would count it several times';

interface Cover {
  readonly cell: SeenCell;
  readonly from: number;
  readonly to: number;
  /** The first row below. */
  readonly end: number;
}

/** What lies over each row, from left to right, and where cells begin. */
function coversOf(rows: readonly SeenRow[]) {
  const begins = new Set<number>();
  const ends = endsOf(rows);
  let over: readonly Cover[] = [];
  const covers = rows.map(({ cells }, index) => {
    over = over.filter(({ end }) => end > index);
    const own: Cover[] = [];
    let [at, next] = [0, 0];
    for (const cell of cells) {
      for (let other = over[next]; other && other.from <= at; other = over[next]) {
        at = Math.max(at, other.to);
        next += 1;
      }
      begins.add(at);
      const most = ends[index] ?? index + 1;
      own.push({ cell, from: at, to: at + cell.columns, end: cell.rows === 0 ? most : Math.min(most, index + cell.rows) });
      at += cell.columns;
    }
    if (begins.size > mostRead.columns || begins.size * (index + 1) > mostRead.cells) throw new RefusedFileError('output');
    if (own.length > 0) over = [...over, ...own].sort((one, other) => one.from - other.from);
    return over;
  });
  return { covers, columns: [...begins].sort((one, other) => one - other) };
}

/** Of each row, where its group ends. */
function endsOf(rows: readonly SeenRow[]): number[] {
  const ends: number[] = [];
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    ends[index] = rows[index + 1]?.group === rows[index]?.group ? (ends[index + 1] ?? rows.length) : index + 1;
  }
  return ends;
}

/** A head of several rows names each column once: "Costs" over "2025" is "Costs 2025". A line above all of it is no part of it. */
function withOneHead(rows: string[][], given: readonly SeenRow[]): string[][] {
  const first = Math.max(
    0,
    given.findIndex(({ cells }) => cells.length > 1),
  );
  const depth = headDepth(given.slice(first));
  if (depth < 2 || first + depth >= rows.length) return rows;
  const lines = rows.slice(first, first + depth);
  const names = Array.from({ length: Math.max(...lines.map(({ length }) => length)) }, (_, place) => {
    const parts = new Set(lines.map((line) => line[place] ?? ''));
    parts.delete('');
    return [...parts].join(' ');
  });
  return [...rows.slice(0, first), names, ...rows.slice(first + depth)];
}

/** Where nothing is called a head, words beside others that have parts below them are one. */
function headDepth(rows: readonly SeenRow[]): number {
  const [top] = rows;
  if (!top) return 0;
  const called = rows.findIndex(({ cells }) => cells.some(({ isHead }) => !isHead));
  const spans = rows.slice(0, Math.max(1, called)).flatMap(({ cells }) => cells);
  if (!spans.some(({ columns }) => columns > 1)) return 0;
  if (called > 0) return called;
  return top.cells.some(({ text }) => isNumber(text)) ? 0 : Math.max(...top.cells.map(({ rows: deep }) => deep));
}

/** With a currency or a unit perhaps. */
function isNumber(text: string): boolean {
  return text.length < longestNumber && /^(?:\p{L}{1,3}\s)?\P{L}*\d\P{L}*\p{L}{0,3}$/u.test(text);
}

const longestNumber = 40;
