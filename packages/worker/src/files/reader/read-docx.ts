import { mostRead, RefusedFileError } from '../file-reading.ts';
import { brackets, type Look, looksTold } from './looks.ts';
import { readXml } from './read-xml.ts';
import { lookOf, type RunLook, runLookBy, styleLooks } from './run-look.ts';
import type { Told } from './told.ts';
import { partNamed, zipParts } from './zip-parts.ts';

/** The words of a .docx file; what was deleted or inserted and not yet accepted is told apart. Nothing it links to is looked up. */
export function readDocx(bytes: Uint8Array, told: Told): void {
  let pictures = 0;
  const parts = zipParts(bytes, (part) => {
    if (/^word\/media\/[^/]+$/i.test(part)) pictures += 1;
    return /^word\/(?:document\d*|styles|footnotes|endnotes|comments|(?:header|footer)\d*)\.xml$/i.test(part);
  });
  const main = [...parts].find(([part]) => /^word\/document\d*\.xml$/i.test(part))?.[1];
  if (!main) throw new RefusedFileError('damaged');
  const seen = new Map<Look, number>();
  const budget = { left: mostRead.textCharacters };
  const words: Words = { seen, budget, lookOfStyle: styleLooks(partNamed(parts, 'word/styles.xml')) };
  const text = [wordsOf(main, words), ...notesIn(parts, words)].filter((part) => part !== '').join('\n\n');
  for (const note of looksTold(seen)) told.note(note);
  if (pictures > 0) told.note(`it holds ${pictures} ${pictures === 1 ? 'picture' : 'pictures'}, not read`);
  if (budget.left <= 0) told.note('it is longer than what is shown');
  if (text.trim() === '') {
    if (pictures === 0) throw new RefusedFileError('empty');
    told.note('it holds no text');
  }
  told.text(text);
}

interface Words {
  readonly seen: Map<Look, number>;
  readonly budget: { left: number };
  readonly lookOfStyle: (id: string | undefined) => RunLook;
}

function notesIn(parts: ReadonlyMap<string, Uint8Array>, all: Words): string[] {
  const notes = ['footnotes', 'endnotes', 'comments'].map((kind) => ({ kind, found: [partNamed(parts, `word/${kind}.xml`)] }));
  // Of each there may be several: for a first page, for even and for odd ones.
  const edges = ['header', 'footer'].map((kind) => ({
    kind: `${kind}s`,
    found: [...parts].flatMap(([name, part]) => (name.toLowerCase().startsWith(`word/${kind}`) ? part : [])),
  }));
  return [...edges, ...notes].map(({ kind, found }) => {
    const words = found.map((part) => (part ? wordsOf(part, all).trim() : '')).filter((text) => text !== '');
    return words.length === 0 ? '' : `${kind[0]?.toUpperCase()}${kind.slice(1)}:\n${[...new Set(words)].join('\n')}`;
  });
}

/** Maps, for an element may be called as what every object has, such as a constructor. */
const changedBy = new Map<string, Look>([
  ['del', 'deleted'],
  ['moveFrom', 'deleted'],
  ['ins', 'inserted'],
  ['moveTo', 'inserted'],
]);
const signs = new Map(Object.entries({ tab: '\t', ptab: '\t', br: '\n', cr: '\n', noBreakHyphen: '-' }));
/** In a formula, what its lines and places say. */
const formula = new Map<string, readonly [before: string, after: string]>([
  ['num', ['(', ')']],
  ['den', ['/(', ')']],
  ['sup', brackets.raised],
  ['sub', brackets.lowered],
  ['rad', ['√(', ')']],
  ['d', ['(', ')']],
  ['e', ['', ' ']],
]);

/** The same once more, for programs that do not know the first form of it; and how something looked before. */
const unread = new Set(['Fallback', 'rPrChange', 'pPrChange']);

/** Paragraphs in lines, cells of a row beside each other. */
function wordsOf(part: Uint8Array, words: Words): string {
  const reader = new WordsReader(words);
  readXml(part, {
    open: (element, attributes) => reader.open(element, attributes),
    text: (more) => reader.add(more),
    close: (element) => reader.close(element),
  });
  return reader.end();
}

class WordsReader {
  private text = '';
  private readonly words: Words;
  private isText = false;
  private rows = 0;
  private runs = 0;
  private formulas = 0;
  private unread = 0;
  private stretch: Look | undefined;
  private readonly changes: Look[] = [];
  private ofParagraph: RunLook = {};
  private run: RunLook = {};

  constructor(words: Words) {
    this.words = words;
  }

  open(element: string, attributes: Readonly<Record<string, string>>): void {
    if (unread.has(element)) this.unread += 1;
    if (this.unread > 0) return;
    this.isText = element === 't' || element === 'delText';
    this.looked(element, attributes);
    const change = changedBy.get(element);
    if (change) this.changes.push(change);
    else if (element === 'tr') this.rows += 1;
    else if (element === 'r') this.runs += 1;
    else if (element === 'oMath') this.formulas += 1;
    else if (this.formulas > 0) this.put(formula.get(element)?.[0] ?? '');
    const sign = element === 'sym' ? symbolOf(attributes) : signs.get(element);
    // Paragraphs have stops called tab.
    if (sign !== undefined && this.runs > 0) this.say(sign);
  }

  add(text: string): void {
    if (this.isText && this.unread === 0) this.say(text);
  }

  close(element: string): void {
    this.isText = false;
    if (unread.has(element)) this.unread -= 1;
    else if (this.unread === 0) this.closed(element);
  }

  end(): string {
    this.change(undefined);
    return this.text
      .replace(/ +\| /g, ' | ')
      .replace(/[ |]+\n/g, '\n')
      .replace(/\n{3,}/g, '\n\n');
  }

  private looked(element: string, attributes: Readonly<Record<string, string>>): void {
    const { lookOfStyle } = this.words;
    if (element === 'p') this.ofParagraph = {};
    else if (element === 'pStyle') this.ofParagraph = lookOfStyle(attributes['w:val']);
    else if (element === 'r') this.run = this.ofParagraph;
    else if (element === 'rStyle') this.run = { ...this.run, ...lookOfStyle(attributes['w:val']) };
    else this.run = { ...this.run, ...runLookBy(element, attributes) };
  }

  private closed(element: string): void {
    if (changedBy.get(element)) {
      this.changes.pop();
      this.change(undefined);
    } else if (element === 'r') this.runs -= 1;
    else if (element === 'oMath') this.formulas -= 1;
    else if (this.formulas > 0) this.put(formula.get(element)?.[1] ?? '');
    else if (element === 'tr') {
      this.rows -= 1;
      this.put('\n');
    } else if (element === 'tc') this.put(' | ');
    else if (element === 'p') {
      if (this.changes.length === 0) this.change(undefined);
      this.put(this.rows > 0 ? ' ' : '\n');
    }
  }

  /** What a run shows, in brackets where its look says more. */
  private say(text: string): void {
    const own = lookOf(this.run);
    const look = own === 'hidden' || own === 'white' ? own : (this.changes.at(-1) ?? own);
    // Blanks look like nothing.
    this.change(text.trim() !== '' || look === this.stretch ? look : undefined);
    this.put(text);
  }

  private change(next: Look | undefined): void {
    if (this.stretch === next) return;
    if (this.stretch) this.put(brackets[this.stretch][1]);
    if (next) {
      this.words.seen.set(next, (this.words.seen.get(next) ?? 0) + 1);
      this.put(brackets[next][0]);
    }
    this.stretch = next;
  }

  private put(text: string): void {
    if (this.words.budget.left > 0) this.text += text;
    this.words.budget.left -= text.length;
  }
}

const ticks: Readonly<Record<string, string>> = { A8: '☐', FB: '✗', FC: '✓', FD: '☒', FE: '☑' };

/** A letter of a font of signs has no meaning but there: only those for yes and no are told as signs, the rest by their names. */
function symbolOf({ 'w:font': font = '', 'w:char': char = '' }: Readonly<Record<string, string>>): string {
  const code = Number.parseInt(char, 16);
  if (Number.isNaN(code)) return '';
  const letter = (code % 256).toString(16).toUpperCase();
  const isOfFont = code < 256 || (code >= 0xe000 && code <= 0xf8ff);
  if (!isOfFont) return String.fromCodePoint(Math.min(code, 0x10ffff));
  return (font === 'Wingdings' ? ticks[letter] : undefined) ?? `[sign ${letter} of ${font.replace(/[^\w ]/g, '').slice(0, 40)}]`;
}
