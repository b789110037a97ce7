import { createHmac } from 'node:crypto';
import type { MemoryChoices } from '@vera/ledger/dynamo-memory-choices';
import { sentencesOf } from './sentences-of.ts';
import { tellingWords } from './telling-words.ts';

/** What stays forgotten by what it says, whatever it is called and however it comes back. */
export interface ForgottenTexts {
  /** Whether a text, or a sentence of it, says what is to stay forgotten; with `saidAt` (epoch milliseconds) only what was forgotten since. */
  holds(choices: MemoryChoices, text: string, saidAt?: number): boolean;
  /** With these texts forgotten as well. */
  with(choices: MemoryChoices, texts: readonly string[]): MemoryChoices;
  /** Without what this text says, which its owner said themselves, after it was forgotten. */
  without(choices: MemoryChoices, text: string, saidAt: number): MemoryChoices;
  /** With nothing noted any more of what was said up to now, such as the question that is being answered. */
  unnoted(choices: MemoryChoices): MemoryChoices;
}

/** Of those that are kept the oldest go first: they bar texts that were deleted long ago. */
const most = 300;
const mostWords = 24;
/** Of the words of the shorter of two texts, so many have to be in the other. */
const share = 0.75;

/**
 * Kept is no text but a keyed hash of each of its telling words, so that whoever reads the table learns nothing from them without the key.
 * Written as `<epoch milliseconds>:<hash>.<hash>…`; a word with a digit begins with `n`.
 */
export function createForgottenTexts(key: string, now: () => number): ForgottenTexts {
  const hashOf = (word: string) =>
    (/\d/.test(word) ? 'n' : 'w') + createHmac('sha256', key).update(`memory|${word}`).digest('base64url').slice(0, 8);
  const hashesOf = (text: string) => [...tellingWords(text)].slice(0, mostWords).map(hashOf);
  const entryOf = (text: string) => `${now()}:${hashesOf(text).join('.')}`;
  return {
    holds({ forgotten }, text, saidAt = 0) {
      const barred = forgotten.map(parse).filter(({ at }) => at >= saidAt);
      if (barred.length === 0) return false;
      return sentencesOf(text).some((sentence) => {
        const words = new Set(hashesOf(sentence));
        return barred.some((one) => saysTheSame(one.words, words));
      });
    },
    with(choices, texts) {
      const added = texts.flatMap(sentencesOf).map(entryOf);
      return added.length === 0 ? choices : { ...choices, forgotten: [...choices.forgotten, ...new Set(added)].slice(-most) };
    },
    without(choices, text, saidAt) {
      // A question states nothing.
      const said = sentencesOf(text).filter((sentence) => !/[?？؟]$/u.test(sentence));
      const words = said.map((sentence) => new Set(hashesOf(sentence)));
      const isSaidAgain = (entry: string) => {
        const { at, words: barred } = parse(entry);
        return saidAt > at && words.some((one) => saysTheSame(barred, one));
      };
      const forgotten = choices.forgotten.filter((entry) => !isSaidAgain(entry));
      return forgotten.length === choices.forgotten.length ? choices : { ...choices, forgotten };
    },
    unnoted: (choices) => ({ ...choices, unnotedUntil: now() }),
  };
}

interface Barred {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly words: ReadonlySet<string>;
}

function parse(entry: string): Barred {
  const [at = '', words = ''] = entry.split(':');
  return { at: Number(at), words: new Set(words.split('.').filter((word) => word !== '')) };
}

/** Numbers decide: other numbers are another fact, and the same ones are the same fact in other words. */
function saysTheSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const numbers = [one, other].map((words) => new Set([...words].filter((word) => word.startsWith('n'))));
  const common = overlap(one, other);
  if (numbers.some(({ size }) => size === 0)) return common >= share;
  return overlap(...(numbers as [Set<string>, Set<string>])) === 1 && common >= share / 2;
}

/** Of the smaller set, the part that is in the other as well. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [smaller, larger] = one.size <= other.size ? [one, other] : [other, one];
  return smaller.size === 0 ? 0 : [...smaller].filter((word) => larger.has(word)).length / smaller.size;
}
