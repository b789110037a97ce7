import { decodedText } from '../decoded-text.ts';
import { mostRead, RefusedFileError } from '../file-reading.ts';
import { toTypedTable } from './to-typed-table.ts';
import type { Told } from './told.ts';

/** Values in lines, however they are parted and encoded. */
export function readCsv(bytes: Uint8Array, name: string, told: Told): void {
  const text = decodedText(bytes);
  if (text === undefined) throw new RefusedFileError('binary');
  // Excel writes it there for itself.
  const [, said] = /^sep=(.)\r?\n/.exec(text) ?? [];
  const body = said === undefined ? text : text.slice(text.indexOf('\n') + 1);
  const delimiter = said ?? delimiterOf(body);
  // Excel parts by semicolons where the comma is in the numbers.
  const table = toTypedTable(name, recordsOf(body, delimiter), delimiter === ';' || delimiter === none ? 'continental' : 'english');
  if (!table) throw new RefusedFileError('empty');
  told.table(table);
}

const delimiters = [',', ';', '\t', '|'];
/** In no text. */
const none = '\0';

/** The one that parts most of the first lines into equally many. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, 64_000);
  if (isOneColumn(sample)) return none;
  const scores = delimiters.map((delimiter) => {
    const widths = recordsOf(sample, delimiter)
      .slice(0, 50)
      .map((record) => record.length);
    const usual = Math.max(0, ...widths.map((width) => (width > 1 ? widths.filter((other) => other === width).length : 0)));
    return { delimiter, usual, width: Math.max(...widths, 0) };
  });
  const best = scores.toSorted((one, other) => other.usual - one.usual || other.width - one.width)[0];
  return best && best.usual > 0 ? best.delimiter : ',';
}

/** Below a name without a comma, numbers with one have decimals, and no second column. */
function isOneColumn(sample: string): boolean {
  const [name = '', ...lines] = sample.split(/\r?\n|\r/).filter((line) => line.trim() !== '');
  return (
    /\p{L}/u.test(name) &&
    !/[,;\t|]/.test(name) &&
    lines.length > 0 &&
    lines.slice(0, 50).every((line) => /^[^\p{L},;\t|]*\d,\d+[^\d,;\t|]*$/u.test(line))
  );
}

/** RFC 4180, and what else is written: any end of line, a quotation mark inside a value. */
function recordsOf(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let cells = 0;
  const end = () => {
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  };
  for (let at = 0; at <= text.length; ) {
    const { value, next } = valueAt(text, at, delimiter);
    record.push(value);
    cells += 1;
    if (cells > mostRead.cells) throw new RefusedFileError('output');
    if (next >= text.length || text[next] !== delimiter) end();
    at = text[next] === '\r' && text[next + 1] === '\n' ? next + 2 : next + 1;
    // A line end at the end begins no record.
    if (next < text.length && at === text.length && text[next] !== delimiter) break;
  }
  return records;
}

function valueAt(text: string, from: number, delimiter: string): { readonly value: string; readonly next: number } {
  const start = beyondBlanks(text, from);
  if (text[start] === '"') {
    const end = closingQuote(text, start + 1);
    const next = end === undefined ? undefined : beyondBlanks(text, end + 1);
    const after = next === undefined ? undefined : text[next];
    // Else the mark is one of the value's own characters.
    if (next !== undefined && (after === undefined || after === delimiter || after === '\n' || after === '\r'))
      return { value: text.slice(start + 1, end).replaceAll('""', '"'), next };
  }
  let next = from;
  while (next < text.length && text[next] !== delimiter && text[next] !== '\n' && text[next] !== '\r') next += 1;
  return { value: text.slice(from, next), next };
}

/** Some write a blank behind each comma. */
function beyondBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}

/** As long as Excel lets a cell be. */
const longestValue = 32_767;

function closingQuote(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at !== -1 && at - from <= longestValue; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return undefined;
}
