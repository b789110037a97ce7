import { Parser } from 'htmlparser2';
import { decodedText } from '../decoded-text.ts';
import { mostRead, RefusedFileError } from '../file-reading.ts';
import { type SeenRow, spannedTable } from './spanned-table.ts';
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
  if (page.isPartHidden) told.note('it holds parts that are hidden on the page; they were left out');
  if (page.left <= 0) told.note('it is longer than what is shown');
  told.text(text);
  let [cells, characters] = [mostRead.cells, mostRead.output];
  for (const [index, seen] of page.tables.slice(0, mostRead.sheets).entries()) {
    const { rows, notes } = spannedTable(seen.rows);
    for (const row of rows) {
      cells -= row.length;
      characters -= row.reduce((sum, { length }) => sum + length, 0);
    }
    if (cells < 0 || characters < 0) throw new RefusedFileError('output');
    const table = toTypedTable(`${name}, table ${index + 1}`, rows);
    if (table && table.rows.length > 0) told.table({ ...table, notes: [...table.notes, ...notes] });
  }
}

const groups = new Set(['thead', 'tbody', 'tfoot']);
/** Browsers take no more (HTML, "attributes common to td and th elements"). */
const [widest, deepest] = [1_000, 65_534];

/** What is no number, or less than there can be, is one cell. */
function spanIn(written: string | undefined, least: number, most: number): number {
  const span = Number.parseInt(written ?? '', 10);
  return span >= least ? Math.min(span, most) : 1;
}

const mostDepth = 2_000;

interface SeenTable {
  readonly rows: SeenRow[];
  /** Of the next row. */
  group: number;
  isInHead: boolean;
}

class SeenPage {
  text = '';
  left: number = mostRead.textCharacters;
  readonly tables: SeenTable[] = [];
  isPartHidden = false;
  /** Whether each open element hides what is in it. */
  private readonly hiding: boolean[] = [];
  private hidden = 0;
  private cells = 0;
  private readonly openTables: SeenTable[] = [];

  open(tag: string, { rowspan, colspan, hidden, style = '' }: Readonly<Record<string, string>>): void {
    if (this.hiding.length >= mostDepth) throw new RefusedFileError('unpacked');
    const isHidden = hidden !== undefined || /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))/i.test(style);
    this.isPartHidden ||= isHidden;
    this.hiding.push(isHidden || unshown.has(tag));
    if (isHidden || unshown.has(tag)) this.hidden += 1;
    if (this.hidden > 0) return;
    const around = this.openTables.at(-1);
    if (tag === 'table') this.openTables.push({ rows: [], group: 0, isInHead: false });
    if (groups.has(tag)) this.part(tag === 'thead');
    if (tag === 'tr') around?.rows.push({ cells: [], group: around.group });
    if (tag === 'td' || tag === 'th') {
      this.cells += 1;
      if (this.cells > mostRead.cells) throw new RefusedFileError('output');
      const spans = { columns: spanIn(colspan, 1, widest), rows: spanIn(rowspan, 0, deepest) };
      around?.rows.at(-1)?.cells.push({ text: '', isHead: tag === 'th' || around.isInHead, ...spans });
    }
    if (lines.has(tag)) this.line('\n');
  }

  add(text: string): void {
    if (this.hidden > 0) return;
    this.line(text.replace(/\n/g, ' '));
    const cell = this.openTables.at(-1)?.rows.at(-1)?.cells.at(-1);
    if (cell) cell.text += text;
  }

  close(tag: string): void {
    const isInHidden = this.hidden > 0;
    if (this.hiding.pop()) this.hidden -= 1;
    if (isInHidden) return;
    if (tag === 'td' || tag === 'th') this.line(' | ');
    if (lines.has(tag)) this.line('\n');
    if (groups.has(tag)) this.part(false);
    const table = tag === 'table' ? this.openTables.pop() : undefined;
    if (!table || table.rows.length < 2) return;
    for (const cell of table.rows.flatMap(({ cells }) => cells)) cell.text = cell.text.replace(/\s+/g, ' ').trim();
    this.tables.push(table);
  }

  private part(isHead: boolean): void {
    const table = this.openTables.at(-1);
    if (!table) return;
    table.group += 1;
    table.isInHead = isHead;
  }

  private line(text: string): void {
    if (this.left > 0) this.text += text;
    this.left -= text.length;
  }
}
