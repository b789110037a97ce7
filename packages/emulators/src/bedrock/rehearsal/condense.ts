import { stopWords } from '../language/stop-words.ts';
import { salientWordsOf, wordsOf } from '../language/words-of.ts';

const longest = 300;

/** A question without the words that say nothing, in its own order and spelling. */
export function condense(text: string): string {
  const kept = text
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}#]+|[^\p{L}\p{N}%]+$/gu, '').replace(/['’]s$/, ''))
    .filter((word) => salientWordsOf(word).length > 0 && !stopWords.has(word.toLowerCase()));
  const distinct = kept.filter((word, index) => kept.findIndex((other) => other.toLowerCase() === word.toLowerCase()) === index);
  return (distinct.length > 0 ? distinct.join(' ') : wordsOf(text).join(' ')).slice(0, longest).trim();
}
