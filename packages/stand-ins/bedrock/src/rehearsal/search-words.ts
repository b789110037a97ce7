import { meaningOf } from '@vera/stand-in-kit/language/meaning';
import { meaningsOf, salientWordsOf, wordsOf } from '@vera/stand-in-kit/language/words-of';
import type { Conversation } from './conversation.ts';
import { incidentsIn } from './tell-pagerduty.ts';

/** What to search for: the question's own words, and those that a follow-up borrows from what was said before it. */
export interface SearchWords {
  readonly own: string;
  readonly query: string;
}

const longest = 300;
const mostBorrowed = 8;

/** A question that hardly stands alone, such as "what's the runbook?", borrows from the incident told of, else from earlier questions. */
export function searchWords(question: string, said: Pick<Conversation, 'earlier' | 'answers' | 'subject'>): SearchWords {
  const { earlier, answers, subject } = said;
  const own = condense(question);
  const [incident] = incidentsIn(answers.at(-1) ?? '');
  const pointed = subject !== undefined && (own === '' || /\bthis\b/i.test(question)) ? [subject] : undefined;
  const before = pointed ?? (incident ? [incident.title] : earlier.map(({ text }) => text).toReversed());
  const told = before.map(condense).filter((text) => text !== '');
  const present = meaningsOf(own);
  const isNew = (word: string) => salientWordsOf(word).every((part) => !present.has(meaningOf(part)));
  const words = isFollowUp(question)
    ? told
        .slice(0, 2)
        .flatMap((text) => text.split(' '))
        .filter(isNew)
    : [];
  const borrowed = [...new Set(words)].slice(0, mostBorrowed).join(' ');
  const query = `${own} ${borrowed}`.trim() || wordsOf(question).join(' ').slice(0, longest);
  return { own, query };
}

const opener = /^\W*(?:and|but|so|or|then|ok|what about|how about|what if|same for|also)\b/i;
const pronoun = /\b(?:it|its|that|this|they|them|their|those|these|he|she|him|her|there|then|one)\b/i;

/** Whether a question is hardly understood without what was said before it. */
export function isFollowUp(question: string): boolean {
  const words = salientWordsOf(question).length;
  return opener.test(question) || words < 2 || (pronoun.test(question) && words <= 6);
}

/** A text without the words that say nothing, in its own order and spelling. */
function condense(text: string): string {
  const plain = text
    .replace(/\bfail(?:ing)? over\b/gi, 'failover')
    .replace(/\b(?:within|by|until) (?:what|which) (?:time|date|day)\b/gi, '');
  const salient = new Set(salientWordsOf(plain));
  const kept = plain
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}#]+|[^\p{L}\p{N}%]+$/gu, '').replace(/['’]s$/, ''))
    .filter((word) => wordsOf(word).some((part) => salient.has(part)));
  return [...new Map(kept.map((word) => [word.toLowerCase(), word])).values()].join(' ').slice(0, longest).trim();
}
