import { createHmac } from 'node:crypto';
import type { MemoryChoices } from '@vera/ledger/dynamo-memory-choices';
import { sentencesOf } from './sentences-of.ts';
import { denial, isLongNumber, tellingWords } from './telling-words.ts';

/** What stays forgotten by what it says, whatever it is called and however it comes back. */
export interface ForgottenTexts {
  /**
   * Whether a text, or a sentence of it, may say what is to stay forgotten; with `saidAt` (epoch milliseconds) only what was forgotten since.
   * Rather once too often: a text that is barred so can be said again.
   */
  holds(choices: Pick<MemoryChoices, 'forgotten'>, text: string, saidAt?: number): boolean;
  /** With this text forgotten as well. What stood `beside` it and was not meant is not barred by it, whatever they have in common. */
  with<Choices extends Pick<MemoryChoices, 'forgotten'>>(choices: Choices, text: string, beside?: readonly string[]): Choices;
  /** Without what this text says, which its owner said themselves, after it was forgotten. */
  without(choices: MemoryChoices, text: string, saidAt: number): MemoryChoices;
  /** Whether a sentence of what was said at `saidAt` holds one that was withheld of it, or is in one. */
  isWithheld(choices: MemoryChoices, sentence: string, saidAt: number): boolean;
  /** With this text withheld of what is said at `saidAt`, and of nothing else. */
  withholding(choices: MemoryChoices, text: string, saidAt: number): MemoryChoices;
}

/** Of those that are kept the oldest go first: they bar texts that were deleted long ago. */
const most = 300;
const mostWords = 24;
/** Three of each of ten questions: they are needed until their question ends. */
const mostWithheld = 30;
/** Of those that stood beside one. */
const mostBeside = 30;

/**
 * Kept is no text but a keyed hash of each of its telling words, so that whoever reads the table learns nothing from them without the key.
 * Written as `<epoch milliseconds>:<hash>.<hash>…`, and behind a `/` in the same way what stood beside it, a hash each. A long number begins
 * with `n`, a denial with `-`.
 */
export function createForgottenTexts(key: string, now: () => number): ForgottenTexts {
  const hash = (words: string) => createHmac('sha256', key).update(`memory|${words}`).digest('base64url').slice(0, 8);
  const hashOf = (word: string) => `${kindOf(word)}${hash(word)}`;
  const hashesOf = (text: string) => new Set([...tellingWords(text)].map(hashOf));
  const wholeOf = (text: string) => hash([...tellingWords(text)].join(' '));
  return {
    holds({ forgotten }, text, saidAt = 0) {
      const barred = forgotten.map(parse).filter(({ at }) => at >= saidAt);
      if (barred.length === 0) return false;
      const [whole, said] = [wholeOf(text), sentencesOf(text).map(hashesOf)];
      return barred.some(({ words, beside }) => !beside.has(whole) && said.some((one) => maySay(words, one)));
    },
    with(choices, text, beside = []) {
      const kept = beside.slice(0, mostBeside).map(wholeOf).join('.');
      const added = sentencesOf(text).map((sentence) => `${now()}:${[...hashesOf(sentence)].slice(0, mostWords).join('.')}/${kept}`);
      return added.length === 0 ? choices : { ...choices, forgotten: [...choices.forgotten, ...new Set(added)].slice(-most) };
    },
    without(choices, text, saidAt) {
      // A question states nothing.
      const said = sentencesOf(text)
        .filter((sentence) => !/[?？؟]$/u.test(sentence))
        .map(hashesOf);
      const isSaidAgain = ({ at, words }: Barred) => saidAt > at && said.some((one) => maySay(words, one));
      const forgotten = choices.forgotten.filter((entry) => !isSaidAgain(parse(entry)));
      return forgotten.length === choices.forgotten.length ? choices : { ...choices, forgotten };
    },
    isWithheld({ withheld }, sentence, saidAt) {
      const words = hashesOf(sentence);
      return withheld.map(parse).some((one) => one.at === saidAt && (isWithin(one.words, words) || isWithin(words, one.words)));
    },
    withholding(choices, text, saidAt) {
      const added = sentencesOf(text).map((sentence) => `${saidAt}:${[...hashesOf(sentence)].join('.')}`);
      return { ...choices, withheld: [...choices.withheld, ...added].slice(-mostWithheld) };
    },
  };
}

interface Barred {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly words: ReadonlySet<string>;
  readonly beside: ReadonlySet<string>;
}

function parse(entry: string): Barred {
  const [at = '', rest = ''] = entry.split(':');
  const [words, beside] = rest.split('/').map((hashes) => new Set(hashes.split('.').filter(Boolean)));
  return { at: Number(at), words: words ?? new Set(), beside: beside ?? new Set() };
}

function kindOf(word: string): string {
  if (word === denial) return '-';
  return isLongNumber(word) ? 'n' : 'w';
}

/**
 * Whether a sentence says all of what was forgotten, whatever else it says, or some words of it and nothing else. Who denies it says another
 * thing, but for a long number: that is told by whatever sentence it stands in.
 */
function maySay(forgotten: ReadonlySet<string>, said: ReadonlySet<string>): boolean {
  const [numbers, denies, isDenied] = [ofKind(forgotten, 'n'), ofKind(forgotten, '-'), ofKind(said, '-')];
  if (isWithin(numbers, said)) return true;
  if (denies.size !== isDenied.size) return false;
  return isWithin(forgotten, said) || (said.size > 1 && isWithin(said, forgotten));
}

function ofKind(hashes: ReadonlySet<string>, kind: string): ReadonlySet<string> {
  return new Set([...hashes].filter((hash) => hash.startsWith(kind)));
}

function isWithin(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return part.size > 0 && [...part].every((one) => whole.has(one));
}
