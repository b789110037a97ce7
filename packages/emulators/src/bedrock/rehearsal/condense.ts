import { salientWordsOf, wordsOf } from '../language/words-of.ts';

const longest = 300;

const failing = /\b(?:does|do|did|is|are|was|will|would)(?:n['’]t|\s+not)\s+work(?:ing)?\b|\bcan(?:['’]t|not)\s+get\s+it\s+to\s+work\b/gi;

/** A question without the words that say nothing, in its own order and spelling. */
export function condense(text: string): string {
  const salient = new Set(salientWordsOf(text.replace(failing, 'fails')));
  const kept = text
    .replace(failing, 'fails')
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}#]+|[^\p{L}\p{N}%]+$/gu, '').replace(/['’]s$/, ''))
    .filter((word) => wordsOf(word).some((part) => salient.has(part)));
  const distinct = kept.filter((word, index) => kept.findIndex((other) => other.toLowerCase() === word.toLowerCase()) === index);
  return (distinct.length > 0 ? distinct.join(' ') : wordsOf(text).join(' ')).slice(0, longest).trim();
}
