import { createHash } from 'node:crypto';
import type { FoundDocument } from '../tools/tool.ts';
import { isHalfMark, longestMark, markIn } from './citation-mark.ts';
import { isFenceLine, type MarkdownState, stateAfterLine } from './markdown-state.ts';
import type { Source } from './reply-blocks.ts';
import { endOfConstruct, longestInline } from './safe-end.ts';

export interface CitationsParams {
  /** The document behind a number that the model was shown. */
  readonly documentOf: (number: number) => FoundDocument | undefined;
  /** `keys` of the answers before in the thread: their documents keep their numbers, in what the model says too, and new ones go on from there. */
  readonly before?: readonly string[];
}

/**
 * The marks of an answer, such as [4], while it is written: documents are numbered from 1 as they are cited, each once however often it was
 * found; a combined mark becomes several, and one without a document none. Code, links, and what is quoted from others stay as they are.
 */
export class Citations {
  /** What cannot be told yet, such as half a mark; begins where the last line given out ends. */
  private pending = '';
  /** Given out of the line under way, and how that begins: to look at all of it with every word would take too long. */
  private line = '';
  private head = '';
  private last = '';
  private previous: string | undefined;
  private state: MarkdownState = {};
  /** Documents of the marks right before, with nothing between. */
  private just: ReadonlySet<number> = new Set();
  private readonly numbers: string[];
  /** Numbers up to this are those of the answers before. */
  private readonly before: number;
  private readonly shown = new Map<number, Source>();
  private readonly documentOf: CitationsParams['documentOf'];

  constructor({ documentOf, before = [] }: CitationsParams) {
    this.documentOf = documentOf;
    this.numbers = [...before];
    this.before = before.length;
  }

  /** Cited so far, by number. */
  get cited(): readonly Source[] {
    return [...this.shown.values()].sort((one, other) => one.number - other.number);
  }

  /** Names of all documents that have a number, in its order; short, and not to be read. */
  get keys(): readonly string[] {
    return this.numbers.slice(0, mostKeys);
  }

  /** As much of the text as is certain by now. */
  add(text: string): string {
    return this.take(text, false);
  }

  /** The rest: nothing that comes belongs to it. */
  flush(): string {
    return this.take('', true);
  }

  private take(text: string, isEnd: boolean): string {
    const all = this.pending + text;
    let [given, at] = ['', 0];
    while (at < all.length) {
      const newline = all.indexOf('\n', at);
      const end = newline === -1 ? all.length : newline + 1;
      const line = all.slice(at, end);
      const { out, length } = this.takeLine(line, newline !== -1 || isEnd);
      given += out;
      at += length;
      if (newline === -1 || length < line.length) break;
      this.endLine();
    }
    this.pending = all.slice(at);
    return given;
  }

  private endLine(): void {
    const line = this.line.slice(0, -1);
    this.state = stateAfterLine(this.state, line, this.previous);
    this.previous = line;
    this.line = '';
    this.head = '';
    this.last = '';
    this.just = new Set();
  }

  /** `isWhole`: nothing more of the line will come. `length`: how much of it was taken. */
  private takeLine(text: string, isWhole: boolean): { readonly out: string; readonly length: number } {
    let [out, at] = ['', 0];
    while (at < text.length) {
      const part = this.nextPart(text, at, isWhole);
      if (!part) break;
      const raw = text.slice(at, part.end);
      out += part.numbers ? this.marksFor(part.numbers, raw) : raw;
      if (!part.numbers && raw.trim() !== '') this.just = new Set();
      this.line += raw;
      this.last = raw.at(-1) ?? this.last;
      if (this.head.length < longestHead) this.head += raw;
      at = part.end;
    }
    return { out, length: at };
  }

  /** Undefined where more must come before it can be told. */
  private nextPart(text: string, at: number, isWhole: boolean): Part | undefined {
    if (this.state.fence || isQuoteLine(this.head + (this.head.length < longestHead ? text.slice(at, at + 1) : ''))) {
      return { end: text.length };
    }
    const isOpen = !isWhole && text.length - at <= longestInline;
    const isFence = this.head.length < longestHead && isFenceStart(this.head, text, at);
    if (isFence && isOpen) return undefined;
    if (isFence && isFenceLine(this.head + text.slice(at).trimEnd())) return { end: text.length };
    const blank = matchAt(/[ \u00a0]+/y, text, at)?.[0].length ?? 0;
    if (/[[【［〔\\<]/.test(text[at + blank] ?? '')) return this.markAt(text, at, at + blank, isOpen);
    // Shown at once, since with it a word ends; a mark that turns out to have no document then leaves it behind.
    if (blank > 0) return { end: at + blank };
    return plainAt(text, at, this.last, isOpen);
  }

  private markAt(text: string, at: number, start: number, isOpen: boolean): Part | undefined {
    const rest = text.slice(start, start + longestMark + 2);
    const mark = markIn(rest, (number) => this.isKnown(number));
    if (!mark) return isOpen && isHalfMark(rest) ? undefined : this.unmarkedAt(text, at, start, isOpen);
    const { length, numbers, isRaised } = mark;
    const next = rest.slice(length, length + 2);
    // Whether it is the text of a link, or the place in a list, only what follows tells.
    if (isOpen && /^[./]?$/.test(next)) return undefined;
    const end = start + length;
    if (next.startsWith('(')) return constructAt(text, start) ?? { end };
    if (next.startsWith(':') && lineStart.test(this.line + text.slice(at, start))) return { end };
    const before = start === at ? this.line.slice(-longestInline) : '';
    return (isRaised ? isPower(before) : this.isIndex(before, numbers, next)) ? { end } : { end, numbers };
  }

  private unmarkedAt(text: string, at: number, start: number, isOpen: boolean): Part | undefined {
    if (!/[\\<]/.test(text[start] ?? '')) return bracketAt(text, start, isOpen);
    return start > at ? { end: start } : plainAt(text, at, this.last, isOpen);
  }

  /** Right behind a word it may be a place in a list, as in `items[2].name`, or a part of an address. */
  private isIndex(line: string, numbers: readonly number[], next: string): boolean {
    const before = line.at(-1) ?? '';
    if (/[=&?/#%\\]/.test(before)) return true;
    const goesOn = /^(?:[\w=]|[./]\w)/.test(next);
    if (address.test(line) && (goesOn || next.startsWith('/'))) return true;
    return /[\p{L}\p{N}_]/u.test(before) && (!numbers.some((number) => this.isKnown(number)) || goesOn);
  }

  private isKnown(number: number): boolean {
    return this.documentOf(number) !== undefined;
  }

  private marksFor(numbers: readonly number[], raw: string): string {
    const shown = new Set(numbers.flatMap((number) => this.shownNumberOf(number) ?? []));
    const more = [...shown].filter((number) => !this.just.has(number));
    this.just = new Set([...this.just, ...more]);
    if (more.length === 0) return '';
    return `${/^\s*/.exec(raw)?.[0] ?? ''}${more.map((number) => `[${number}]`).join(' ')}`;
  }

  private numberOf(key: string): number {
    return this.numbers.indexOf(key) + 1 || this.numbers.push(key);
  }

  private shownNumberOf(number: number): number | undefined {
    const document = this.documentOf(number);
    if (!document) return undefined;
    const shown = number <= this.before ? number : this.numberOf(keyOf(document));
    const { id: _, ...source } = document;
    if (!this.shown.has(shown)) this.shown.set(shown, { number: shown, ...source });
    return shown;
  }
}

/** They travel in a message's metadata, of which Slack takes some kilobytes. */
const mostKeys = 200;

/** Where the definition of a link can begin, in a list as well; elsewhere a colon only follows a mark, as in "the runbook [1]: restart". */
const lineStart = /^[\s*+\d.)-]*$/;

/** A piece of a line: as it stands, or a mark with these numbers. */
interface Part {
  readonly end: number;
  readonly numbers?: readonly number[];
}

/** Deeper in, nothing begins a code block or a quotation any more. */
const longestHead = 100;
const address = /(?:https?:\/\/|www\.)[^\s<>]*$/i;
const plainRun = /[^ \u00a0[【\\`<"“„«»‹›「『‘~]+/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Raised behind a number or the sign of a unit it is a power, as of m or 10. */
function isPower(before: string): boolean {
  return /(?:\d|(?<!\p{L})\p{L}{1,2})$/u.test(before);
}

/** A link whose words may hold a mark, or a bracket and no more. */
function bracketAt(text: string, start: number, isOpen: boolean): Part | undefined {
  const link = text[start] === '[' ? constructAt(text, start) : { end: start + 1 };
  if (!link && isOpen) return undefined;
  return link && text[link.end - 1] === ')' ? link : { end: start + 1 };
}

function plainAt(text: string, at: number, before: string, isOpen: boolean): Part | undefined {
  const quoted = quotedAt(before, text, at, isOpen);
  if (quoted !== 'none') return quoted;
  if (!/[\\`<]/.test(text[at] ?? '')) return { end: at + (matchAt(plainRun, text, at)?.[0].length ?? 1) };
  return constructAt(text, at) ?? (isOpen ? undefined : { end: at + 1 });
}

/** A link, code, an address or an escaped sign that begins here, if it ends. */
function constructAt(text: string, at: number): Part | undefined {
  const length = endOfConstruct(text.slice(at, at + longestInline), 0);
  return length === undefined ? undefined : { end: Math.min(at + length, text.length) };
}

function isQuoteLine(start: string): boolean {
  return /^(?:[ \t]|(?:[-*+]|\d{1,9}[.)])[ \t])*>/.test(start);
}

/** Whether the line may become one that opens a code block. */
function isFenceStart(line: string, text: string, at: number): boolean {
  const sign = text[at];
  if (sign !== '`' && sign !== '~') return false;
  const run = matchAt(sign === '`' ? /`+/y : /~+/y, text, at)?.[0] ?? '';
  return isFenceLine(`${line}${sign.repeat(3)}`) && (run.length > 2 || at + run.length === text.length);
}

const closers: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '„': '“”',
  '«': '»',
  '»': '«',
  '‹': '›',
  '›': '‹',
  '「': '」',
  '『': '』',
  '‘': '’',
};

/** What stands in quotation marks; `none` where no quotation begins, undefined where its end may come yet. */
function quotedAt(before: string, text: string, at: number, isOpen: boolean): Part | 'none' | undefined {
  const closer = closers[text[at] ?? ''];
  if (closer === undefined) return 'none';
  // Behind a word it ends something, or stands for inches.
  if (text[at] === '"' && /[\p{L}\p{N}.,!?]/u.test(before)) return { end: at + 1 };
  const length = text.slice(at + 1, at + 1 + longestInline).search(new RegExp(`[${closer}]`));
  if (length === -1) return isOpen ? undefined : { end: at + 1 };
  return { end: at + length + 2 };
}

/** A page is one document, whatever part of it was found; without an address its place or title tells. */
function keyOf({ title, url, id }: FoundDocument): string {
  const address = url === undefined ? null : URL.parse(url);
  // Behind `#/` lives a page of its own.
  if (address && /^#[\w-]*$/.test(address.hash)) address.hash = '';
  return createHash('sha256')
    .update(address?.href ?? url ?? id ?? title)
    .digest('base64url')
    .slice(0, 12);
}
