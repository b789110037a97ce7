import { createHmac } from 'node:crypto';
import type { MemoryChoices } from '@vera/ledger/dynamo-memory-choices';
import { ownStatements } from './own-statements.ts';
import { clausesOf, sentencesOf } from './sentences-of.ts';
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
  /**
   * Without what its owner states of themselves in this text, after it was forgotten. Narrower than what `holds` takes for it: a sentence that
   * only mentions it brings nothing back.
   */
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
 * with `n`, another one with `d`, a denial with `-`.
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
      const [whole, sentences] = [wholeOf(text), sentencesOf(text)];
      const [said, clauses] = [sentences.map(hashesOf), sentences.flatMap(clausesOf).map(hashesOf)];
      const isSaid = (words: Hashes) => said.some((one) => maySay(words, one)) || clauses.some((one) => saysAllOf(words, one));
      return barred.some(({ words, beside }) => !beside.has(whole) && isSaid(words));
    },
    with(choices, text, beside = []) {
      const kept = beside.slice(0, mostBeside).map(wholeOf).join('.');
      const added = sentencesOf(text).map((sentence) => `${now()}:${[...hashesOf(sentence)].slice(0, mostWords).join('.')}/${kept}`);
      return added.length === 0 ? choices : { ...choices, forgotten: [...choices.forgotten, ...new Set(added)].slice(-most) };
    },
    without(choices, text, saidAt) {
      const said = ownStatements(text).map(({ words, isOfI }) => ({ words: hashesOf(words), isOfI }));
      const isSaidAgain = (barred: Barred) => saidAt > barred.at && said.some((one) => saysAgain(barred.words, one));
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
  readonly words: Hashes;
  readonly beside: Hashes;
}

type Hashes = ReadonlySet<string>;

function parse(entry: string): Barred {
  const [at = '', rest = ''] = entry.split(':');
  const [words, beside] = rest.split('/').map((hashes) => new Set(hashes.split('.').filter(Boolean)));
  return { at: Number(at), words: words ?? new Set(), beside: beside ?? new Set() };
}

function kindOf(word: string): string {
  if (word === denial) return '-';
  if (isLongNumber(word)) return 'n';
  return /\p{N}/u.test(word) ? 'd' : 'w';
}

/**
 * Whether a sentence says all of what was forgotten, whatever else it says, or some words of it and nothing else. Who denies it says another
 * thing, but for a long number: that is told by whatever sentence it stands in.
 */
function maySay(forgotten: Hashes, said: Hashes): boolean {
  if (isWithin(ofKind(forgotten, 'n'), said)) return true;
  return saysAllOf(forgotten, said) || (isDeniedAlike(forgotten, said) && said.size > 1 && isWithin(said, forgotten));
}

function saysAllOf(forgotten: Hashes, said: Hashes): boolean {
  return isDeniedAlike(forgotten, said) && isWithin(forgotten, said);
}

/** Whether a statement says what was forgotten and nothing else, but for one word in four where “I” says it; or two thirds of it, with all its numbers. */
function saysAgain(forgotten: Hashes, { words: said, isOfI }: { readonly words: Hashes; readonly isOfI: boolean }): boolean {
  if (!isDeniedAlike(forgotten, said)) return false;
  if (isWithin(forgotten, said)) return said.size === forgotten.size || (isOfI && forgotten.size * 4 >= said.size * 3);
  const numbers = new Set([...ofKind(forgotten, 'n'), ...ofKind(forgotten, 'd')]);
  return isWithin(said, forgotten) && said.size * 3 >= forgotten.size * 2 && (numbers.size === 0 || isWithin(numbers, said));
}

function isDeniedAlike(one: Hashes, other: Hashes): boolean {
  return ofKind(one, '-').size === ofKind(other, '-').size;
}

function ofKind(hashes: Hashes, kind: string): Hashes {
  return new Set([...hashes].filter((hash) => hash.startsWith(kind)));
}

function isWithin(part: Hashes, whole: Hashes): boolean {
  return part.size > 0 && [...part].every((one) => whole.has(one));
}
