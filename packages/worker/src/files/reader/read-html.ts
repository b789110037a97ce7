import { Parser } from 'htmlparser2';
import { decodedText } from '../decoded-text.ts';
import { mostRead, RefusedFileError } from '../file-reading.ts';
import { toTypedTable } from './to-typed-table.ts';
import type { Told } from './told.ts';

const unshown = new Set(['script', 'style', 'template', 'noscript', 'svg', 'head', 'iframe', 'object']);
const lines = new Set([
  'p',
  'div',
  'br',
  'li',
  'tr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'section',
  'article',
  'header',
  'footer',
  'ul',
  'ol',
  'table',
  'pre',
  'blockquote',
  'dt',
  'dd',
]);

/** The words of a page as they would be seen, and its tables as tables. Nothing it refers to is fetched. */
export function readHtml(bytes: Uint8Array, name: string, told: Told): void {
  const html = decodedText(bytes);
  if (html === undefined) throw new RefusedFileError('binary');
  const page = new SeenPage();
  const parser = new Parser({
    onopentag: (tag, attributes) => page.open(tag, attributes),
    ontext: (text) => page.add(text),
    onclosetag: (tag) => page.close(tag),
  });
  parser.write(html);
  parser.end();
  const text = page.text
    .replace(/[ \t\r\f]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  if (text === '' && page.tables.length === 0) throw new RefusedFileError('empty');
  if (page.left <= 0) told.note('it is longer than what is shown');
  told.text(text);
  for (const [index, { rows, isSpanning }] of page.tables.slice(0, mostRead.sheets).entries()) {
    const table = toTypedTable(`${name}, table ${index + 1}`, rows);
    if (table && table.rows.length > 0) told.table({ ...table, notes: [...table.notes, ...(isSpanning ? [spansTold] : [])] });
  }
}

const spansTold = 'cells span several rows or columns, so values may stand under the wrong name: do not compute with it unchecked';

const mostDepth = 2_000;

interface SeenTable {
  readonly rows: string[][];
  /** It has cells over several rows or columns, which are read as one. */
  isSpanning: boolean;
}

class SeenPage {
  text = '';
  left: number = mostRead.textCharacters;
  readonly tables: SeenTable[] = [];
  private hidden = 0;
  private depth = 0;
  private cells = 0;
  private readonly openTables: SeenTable[] = [];

  open(tag: string, { rowspan, colspan }: Readonly<Record<string, string>>): void {
    this.depth += 1;
    if (this.depth > mostDepth) throw new RefusedFileError('unpacked');
    if (unshown.has(tag)) this.hidden += 1;
    const around = this.openTables.at(-1);
    if (around && (Number(rowspan) > 1 || Number(colspan) > 1 || rowspan === '0')) around.isSpanning = true;
    if (tag === 'table') this.openTables.push({ rows: [], isSpanning: false });
    if (tag === 'tr') this.openTables.at(-1)?.rows.push([]);
    if (tag === 'td' || tag === 'th') {
      this.cells += 1;
      if (this.cells > mostRead.cells) throw new RefusedFileError('output');
      this.openTables.at(-1)?.rows.at(-1)?.push('');
    }
    if (lines.has(tag)) this.line('\n');
  }

  add(text: string): void {
    if (this.hidden > 0) return;
    this.line(text.replace(/\n/g, ' '));
    const row = this.openTables.at(-1)?.rows.at(-1);
    if (row && row.length > 0) row[row.length - 1] += text;
  }

  close(tag: string): void {
    this.depth -= 1;
    if (unshown.has(tag)) this.hidden -= 1;
    if (tag === 'td' || tag === 'th') this.line(' | ');
    if (lines.has(tag)) this.line('\n');
    const table = tag === 'table' ? this.openTables.pop() : undefined;
    if (!table || table.rows.length < 2) return;
    this.tables.push({ ...table, rows: table.rows.map((row) => row.map((cell) => cell.replace(/\s+/g, ' ').trim())) });
  }

  private line(text: string): void {
    if (this.left > 0) this.text += text;
    this.left -= text.length;
  }
}
