import { createHmac } from 'node:crypto';
import type { MemoryChoices } from '@vera/ledger/dynamo-memory-choices';
import { sentencesOf } from './sentences-of.ts';
import { saysLittle, tellingWords } from './telling-words.ts';

/** What stays forgotten by what it says, whatever it is called and however it comes back. */
export interface ForgottenTexts {
  /** Whether a text, or a sentence of it, says what is to stay forgotten; with `saidAt` (epoch milliseconds) only what was forgotten since. */
  holds(choices: Pick<MemoryChoices, 'forgotten'>, text: string, saidAt?: number): boolean;
  /** With these texts forgotten as well. */
  with<Choices extends Pick<MemoryChoices, 'forgotten'>>(choices: Choices, texts: readonly string[]): Choices;
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
/** Of the words of the shorter of two texts, so many have to be in the other. */
const share = 0.75;

/**
 * Kept is no text but a keyed hash of each of its telling words, so that whoever reads the table learns nothing from them without the key.
 * Written as `<epoch milliseconds>:<hash>.<hash>…`; a word with a digit begins with `n`, what says little with `=`.
 */
export function createForgottenTexts(key: string, now: () => number): ForgottenTexts {
  const hashOf = (word: string) =>
    (/\d/.test(word) ? 'n' : 'w') + createHmac('sha256', key).update(`memory|${word}`).digest('base64url').slice(0, 8);
  const hashesOf = (text: string, most = Number.POSITIVE_INFINITY) => new Set([...tellingWords(text)].slice(0, most).map(hashOf));
  const saidIn = (text: string): Said => ({ words: hashesOf(text, mostWords), isLittle: saysLittle(text) });
  const entryOf = (text: string) => {
    const { words, isLittle } = saidIn(text);
    return `${now()}:${isLittle ? '=' : ''}${[...words].join('.')}`;
  };
  return {
    holds({ forgotten }, text, saidAt = 0) {
      const barred = forgotten.map(parse).filter(({ at }) => at >= saidAt);
      if (barred.length === 0) return false;
      return sentencesOf(text)
        .map(saidIn)
        .some((said) => barred.some((one) => saysTheSame(one, said)));
    },
    with(choices, texts) {
      const added = texts.flatMap(sentencesOf).map(entryOf);
      return added.length === 0 ? choices : { ...choices, forgotten: [...choices.forgotten, ...new Set(added)].slice(-most) };
    },
    without(choices, text, saidAt) {
      // A question states nothing.
      const stated = sentencesOf(text).filter((sentence) => !/[?？؟]$/u.test(sentence));
      const said = stated.map(saidIn);
      const isSaidAgain = (entry: string) => {
        const barred = parse(entry);
        return saidAt > barred.at && said.some((one) => saysTheSame(barred, one));
      };
      const forgotten = choices.forgotten.filter((entry) => !isSaidAgain(entry));
      return forgotten.length === choices.forgotten.length ? choices : { ...choices, forgotten };
    },
    isWithheld({ withheld }, sentence, saidAt) {
      const words = hashesOf(sentence);
      return withheld.map(parse).some((one) => one.at === saidAt && overlap(one.words, words) === 1);
    },
    withholding(choices, text, saidAt) {
      const added = sentencesOf(text).map((sentence) => `${saidAt}:${[...hashesOf(sentence)].join('.')}`);
      return { ...choices, withheld: [...choices.withheld, ...added].slice(-mostWithheld) };
    },
  };
}

interface Said {
  readonly words: ReadonlySet<string>;
  readonly isLittle: boolean;
}

interface Barred extends Said {
  /** Epoch milliseconds. */
  readonly at: number;
}

function parse(entry: string): Barred {
  const [at = '', rest = ''] = entry.split(':');
  const words = new Set(rest.replace(/^=/, '').split('.').filter(Boolean));
  return { at: Number(at), words, isLittle: rest.startsWith('=') || words.size < 3 };
}

/**
 * What says little is the same in the same words only: “in German” is no part of what is told of a German team. Else numbers decide: other
 * numbers are another fact, and the same ones are the same fact in other words.
 */
function saysTheSame({ words: one, isLittle }: Said, { words: other, isLittle: isOtherLittle }: Said): boolean {
  if (isLittle || isOtherLittle) return one.size === other.size && overlap(one, other) === 1;
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
