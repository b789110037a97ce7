import { meaningOf } from '../language/meaning.ts';
import { salientWordsOf } from '../language/words-of.ts';
import { condense } from './condense.ts';

const opener = /^\W*(?:and|but|so|or|then|ok|what about|how about|what if|same for|also)\b/i;
const pronoun = /\b(?:it|its|that|this|they|them|their|those|these|he|she|him|her|there|then|one)\b/i;
const mostWordsOfAFollowUp = 6;
const mostWordsRemembered = 8;
const turnsRemembered = 2;

export interface SearchText {
  readonly query: string;
  /** What earlier turns add to it; empty when the question stands alone. */
  readonly context: string;
}

/** What to search for; a follow-up such as "and who do I call if that fails?" borrows the telling words of the turns before it. */
export function searchText(question: string, earlier: readonly { readonly text: string }[]): SearchText {
  const query = condense(question);
  if (!isFollowUp(question)) return { query, context: '' };
  const present = new Set(salientWordsOf(query).map(meaningOf));
  const words = earlier
    .filter(({ text }) => salientWordsOf(text).length > 0)
    .slice(-turnsRemembered)
    .reverse()
    .flatMap(({ text }) => condense(text).split(' '))
    .filter((word) => word !== '' && salientWordsOf(word).every((part) => !present.has(meaningOf(part))));
  const context = [...new Set(words)].slice(0, mostWordsRemembered).join(' ');
  return salientWordsOf(query).length > 0 ? { query, context } : { query: context || query, context: '' };
}

/** A question that is hardly understood without what was said before it. */
export function isFollowUp(question: string): boolean {
  const words = salientWordsOf(question).length;
  return opener.test(question) || words < 2 || (pronoun.test(question) && words <= mostWordsOfAFollowUp);
}
