import { Parser } from 'htmlparser2';
import { decodedText } from '../decoded-text.ts';
import { mostRead, RefusedFileError } from '../file-reading.ts';
import { type HidesBySheet, hidesByStyle, hidingSheets } from './hiding-styles.ts';
import { brackets, type Look, looksTold } from './looks.ts';
import { type SeenRow, spannedTable } from './spanned-table.ts';
import { toTypedTable } from './to-typed-table.ts';
import type { Told } from './told.ts';

const unshown = new Set(['script', 'style', 'template', 'noscript', 'svg', 'head', 'iframe', 'object']);
/** Browsers show each as a block of its own (HTML, "Rendering"). */
const blocks = new Set(
  (
    'address article aside blockquote br caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup option p pre search section summary table tr ul'
  ).split(' '),
);
const looks = new Map<string, Look>([
  ['sup', 'raised'],
  ['sub', 'lowered'],
  ['s', 'struck'],
  ['strike', 'struck'],
  ['del', 'struck'],
]);

/** The words of a page as they would be seen, and its tables as tables. Nothing it refers to is fetched. */
export function readHtml(bytes: Uint8Array, name: string, told: Told): void {
  const html = decodedText(bytes);
  if (html === undefined) throw new RefusedFileError('binary');
  const page = new SeenPage(hidingSheets(html));
  const parser = new Parser({
    onopentag: (tag, attributes) => page.open(tag, attributes),
    ontext: (text) => page.add(text),
    onclosetag: (tag) => page.close(tag),
  });
  parser.write(html);
  parser.end();
  const text = withoutEmpty(page.text)
    .replace(/[ \t\r\f]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  if (text === '' && page.tables.length === 0) throw new RefusedFileError('empty');
  if (page.isPartHidden) told.note('it holds parts that are hidden on the page; they were left out');
  for (const note of looksTold(page.looks)) told.note(note);
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
    if (table && table.rows.length > 0)
      told.table({ ...table, notes: [...table.notes, ...notes, ...(seen.isPartStruck ? [struckNote] : [])] });
  }
}

const struckNote = 'what is struck out on the page is left out of this table';

/** Nothing was raised or struck out there. */
function withoutEmpty(text: string): string {
  return text.replace(/[\^_]\(\s*\)|\[struck:\s*\]/g, '');
}

function lookOf(tag: string, style: string): Look | undefined {
  if (/(?:^|;)\s*text-decoration[\w-]*\s*:[^;]*line-through/i.test(style)) return 'struck';
  const [, place] = /(?:^|;)\s*vertical-align\s*:\s*(sup|sub)(?:er)?\b/i.exec(style) ?? [];
  return looks.get(place?.toLowerCase() ?? tag);
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
  isPartStruck: boolean;
}

class SeenPage {
  text = '';
  left: number = mostRead.textCharacters;
  readonly tables: SeenTable[] = [];
  readonly looks = new Map<Look, number>();
  isPartHidden = false;
  private readonly isHiddenBySheet: HidesBySheet;
  /** Of each open element, whether it hides what is in it, and what its look says. */
  private readonly opened: { readonly hides: boolean; readonly look: Look | undefined }[] = [];
  private hidden = 0;
  private struck = 0;
  private cells = 0;
  private readonly openTables: SeenTable[] = [];

  constructor(isHiddenBySheet: HidesBySheet) {
    this.isHiddenBySheet = isHiddenBySheet;
  }

  open(tag: string, attributes: Readonly<Record<string, string>>): void {
    if (this.opened.length >= mostDepth) throw new RefusedFileError('unpacked');
    const { rowspan, colspan, hidden, style = '' } = attributes;
    const isHidden = hidden !== undefined || (hidesByStyle(style) ?? this.isHiddenBySheet(tag, attributes) ?? false);
    this.isPartHidden ||= isHidden && !unshown.has(tag);
    const hides = isHidden || unshown.has(tag);
    if (hides) this.hidden += 1;
    const look = this.hidden > 0 ? undefined : lookOf(tag, style);
    this.opened.push({ hides, look });
    if (this.hidden > 0) return;
    const around = this.openTables.at(-1);
    if (tag === 'table') this.openTables.push({ rows: [], group: 0, isInHead: false, isPartStruck: false });
    if (groups.has(tag)) this.part(tag === 'thead');
    if (tag === 'tr') around?.rows.push({ cells: [], group: around.group });
    if (tag === 'td' || tag === 'th') {
      this.cells += 1;
      if (this.cells > mostRead.cells) throw new RefusedFileError('output');
      const spans = { columns: spanIn(colspan, 1, widest), rows: spanIn(rowspan, 0, deepest) };
      around?.rows.at(-1)?.cells.push({ text: '', isHead: tag === 'th' || around.isInHead, ...spans });
    }
    if (blocks.has(tag)) this.say('\n');
    if (look) this.begin(look);
  }

  add(text: string): void {
    if (this.hidden === 0) this.say(text.replace(/\n/g, ' '));
  }

  close(tag: string): void {
    const isInHidden = this.hidden > 0;
    const { hides, look } = this.opened.pop() ?? {};
    if (hides) this.hidden -= 1;
    if (isInHidden) return;
    if (look === 'struck') this.struck -= 1;
    if (look) this.say(brackets[look][1], look);
    if (tag === 'td' || tag === 'th') this.line(' | ');
    if (blocks.has(tag) && tag !== 'br') this.say('\n');
    if (groups.has(tag)) this.part(false);
    const table = tag === 'table' ? this.openTables.pop() : undefined;
    if (!table || table.rows.length < 2) return;
    for (const cell of table.rows.flatMap(({ cells }) => cells)) {
      cell.text = withoutEmpty(cell.text)
        .replace(/[^\S\n]+/g, ' ')
        .replace(/ ?\n[\n ]*/g, '\n')
        .trim();
    }
    this.tables.push(table);
  }

  private begin(look: Look): void {
    this.looks.set(look, (this.looks.get(look) ?? 0) + 1);
    this.say(brackets[look][0], look);
    if (look !== 'struck') return;
    this.struck += 1;
    const table = this.openTables.at(-1);
    if (table) table.isPartStruck = true;
  }

  private part(isHead: boolean): void {
    const table = this.openTables.at(-1);
    if (!table) return;
    table.group += 1;
    table.isInHead = isHead;
  }

  /** What was struck out is told in the text; no cell counts it. A cell keeps its lines apart, as 10 over 200 is no 10 200. */
  private say(text: string, look?: Look): void {
    this.line(text);
    const cell = this.openTables.at(-1)?.rows.at(-1)?.cells.at(-1);
    if (cell && this.struck === 0 && look !== 'struck') cell.text += text;
  }

  private line(text: string): void {
    if (this.left > 0) this.text += text;
    this.left -= text.length;
  }
}
