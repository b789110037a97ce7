import { meaningOf } from '@vera/stand-in-kit/language/meaning';
import { meaningsOf, salientWordsOf } from '@vera/stand-in-kit/language/words-of';
import { asksForNext } from './asks-for-next.ts';
import { condense } from './condense.ts';
import type { Conversation } from './conversation.ts';
import { sectionOf } from './section-of.ts';

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
export function searchText(question: string, { earlier, lastAnswer }: Pick<Conversation, 'earlier' | 'lastAnswer'>): SearchText {
  const query = condense(question);
  if (!isFollowUp(question)) return { query, context: '' };
  const present = new Set(salientWordsOf(query).map(meaningOf));
  const words = earlier
    .filter(({ text }) => salientWordsOf(text).length > 0)
    .slice(-turnsRemembered)
    .reverse()
    .flatMap(({ text }) => condense(text).split(' '))
    .filter((word) => word !== '' && salientWordsOf(word).every((part) => !present.has(meaningOf(part))));
  const hasOwnWords = salientWordsOf(query).length > 0;
  const remembered = [...new Set(words)].slice(0, mostWordsRemembered);
  const document =
    hasOwnWords && !asksForNext(question) ? [] : newWords(sectionOf(lastAnswer)?.split(' › ')[0] ?? '', [query, ...remembered]);
  const context = [...remembered, ...document].join(' ');
  return hasOwnWords ? { query, context } : { query: context || query, context: '' };
}

/** Words for the document the answer before came from, so that the search stays in it. */
function newWords(title: string, known: readonly string[]): string[] {
  const present = meaningsOf(known.join(' '));
  return salientWordsOf(title).filter((word) => !present.has(meaningOf(word)));
}

/** A short question about "them" or "it". */
export function leansOnWords(question: string): boolean {
  return pronoun.test(question) && salientWordsOf(question).length <= mostWordsOfAFollowUp;
}

/** A question that is hardly understood without what was said before it. */
export function isFollowUp(question: string): boolean {
  const words = salientWordsOf(question).length;
  return opener.test(question) || words < 2 || leansOnWords(question);
}
