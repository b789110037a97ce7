import { cutMarkdown } from './cut-markdown.ts';
import { toHarmlessMarkdown } from './harmless-markdown.ts';
import { closingOf, type MarkdownState, openingOf, stateOf } from './markdown-state.ts';
import { endingOf } from './open-marks.ts';
import { safeEnd, strayBrackets } from './safe-end.ts';

/** `chat.update` takes no more than 4,000 characters, and a message of this length reads well. */
const longestPiece = 3_900;

/** How a message goes on. */
interface Next {
  readonly text: string;
  /** Set when the message ends there: what closes a code block that stays open. */
  readonly closing?: string;
}

/**
 * What of an answer no message shows yet. Each character leaves it once, in order, by `shown` or `takeRest`, and comes back only by
 * `lost`. What `next` gives fits into its message with all that closes it, and both it and what follows render by themselves.
 */
export class UnshownText {
  private text = '';
  /** What was open where the last message ended; the next one opens it again. */
  private carried: MarkdownState = {};
  /** Bold, italics and strikes that were open there. */
  private marks = '';

  get isBlank(): boolean {
    return this.text.trim() === '';
  }

  /** What the next message begins with, before any of the text. */
  get opening(): string {
    return openingOf(this.carried, this.text) + this.marks;
  }

  add(more: string): void {
    this.text += more;
  }

  /** Adds `words` as a paragraph of their own; `before`: what the message under way shows. */
  addBelow(words: string, before = this.opening): void {
    if (!stateOf(`${before}${this.text}\n`).fence) {
      const { cut, closing } = endingOf(before + this.text);
      // What is shown already stays.
      if (cut > 0 && cut <= this.text.length) this.text = this.text.slice(0, this.text.length - cut);
      this.text += closingBehind(before + this.text, closing);
    }
    const all = before + this.text;
    const parting = all.trim() === '' ? '' : `${closingOf(all, stateOf(`${all}\n`))}\n\n`;
    this.text += parting + words;
  }

  drop(): void {
    this.text = '';
  }

  /** Whether the rest needs more than the message under way. */
  isTooLong(before = this.opening): boolean {
    return before.length + this.text.length > longestPiece;
  }

  /** Whether something can be shown that would look whole. */
  isReady(before = this.opening): boolean {
    return !this.isBlank && safeEnd(before + this.text) > before.length;
  }

  /** How the message goes on that shows `before`, or the next one where none is under way. `isWhole`: nothing is to be added to the text. */
  next(before?: string, isWhole = false): Next {
    if (before === undefined) this.trimHead();
    const from = before ?? this.opening;
    for (;;) {
      const next = this.cut(from, isWhole);
      const harmless = this.withoutStrays(from, toHarmlessMarkdown(next.text, from));
      if (harmless === next.text) return next;
      this.text = harmless + this.text.slice(next.text.length);
    }
  }

  private cut(from: string, isWhole: boolean): Next {
    const all = from + this.text;
    const isFull = all.length + closingOf(all, stateOf(all)).length > longestPiece;
    if (!isFull) return { text: all.slice(from.length, isWhole ? all.length : safeEnd(all)) };
    const { end, closing } = cutMarkdown(all, from.length, longestPiece);
    const marks = closing === '' ? endingOf(all.slice(0, end)).closing : '';
    if (marks === '') return { text: all.slice(from.length, end), closing };
    const shown = all.slice(0, Math.max(from.length, all.slice(0, end).trimEnd().length));
    return { text: shown.slice(from.length), closing: closingBehind(shown, marks) };
  }

  /** What opened and is shown unfinished must not become a link by what comes next. */
  private withoutStrays(from: string, text: string): string {
    const all = from + text;
    const stray = strayBrackets(all).filter((at) => at >= from.length);
    return stray.reduceRight((kept, at) => `${kept.slice(0, at - from.length)}\\${kept.slice(at - from.length)}`, text);
  }

  /** The first `length` characters stand in a message now; more may have been added meanwhile. */
  shown(length: number): void {
    this.text = this.text.slice(length);
  }

  /** All that is left, for the message that shows `before` or, opened as it must be, for a new one. */
  takeRest(before?: string): string {
    if (before === undefined) this.trimHead();
    const opening = before === undefined ? this.opening : '';
    const rest = opening + toHarmlessMarkdown(this.text, before ?? opening);
    this.text = '';
    return rest;
  }

  /** A message has begun: nothing is carried any more. */
  begun(): void {
    this.carried = {};
    this.marks = '';
  }

  /** The message that shows `all` ends here. Gives what closes it. */
  ended(all: string): string {
    this.carried = stateOf(all.endsWith('\n') ? all : `${all}\n`);
    if (this.carried.fence) return closingOf(all, this.carried);
    const { closing, opening } = endingOf(all);
    this.marks = opening;
    return closingBehind(all, closing);
  }

  /** The message that showed `all` is gone: all of it is still to be shown. */
  lost(all: string): void {
    this.text = all + this.text;
    this.begun();
  }

  /** A message does not begin with blank lines; where they stood, a table had ended, and what was bold. Behind a blank nothing opens. */
  private trimHead(): void {
    if (this.carried.fence) return;
    const isSameParagraph = this.marks !== '' && !/^[^\S\n]*\n\s*\n/.test(this.text);
    const [blank] = (isSameParagraph ? /^\s+/ : /^\s*\n/).exec(this.text) ?? [];
    if (blank === undefined) return;
    this.text = this.text.slice(blank.length);
    if (!isSameParagraph) this.begun();
  }
}

/** Behind a blank a mark closes nothing. */
function closingBehind(text: string, closing: string): string {
  return closing !== '' && /\s$/.test(text) ? `…${closing}` : closing;
}
