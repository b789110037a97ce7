import { salientWordsOf, wordsOf } from '@vera/stand-in-kit/language/words-of';

const longest = 300;

/** Asks for a limit, not for what a document calls a time. */
const limit = /\b(?:(?:with)?in|by|at|until) (?:what|which) (?:time|date|day)\b|\bhow much time\b/gi;
const failing =
  /\b(?:does|do|did|is|are|was|will|would)(?:n['’]t|\s+not)\s+(?:work|help)(?:ing)?\b|\bcan(?:['’]t|not)\s+get\s+it\s+to\s+work\b/gi;

/** A question without the words that say nothing, in its own order and spelling. */
export function condense(text: string): string {
  const plain = text
    .replace(/\bfail(?:ing)? over\b/gi, 'failover')
    .replace(failing, 'fails')
    .replace(limit, 'when');
  const salient = new Set(salientWordsOf(plain));
  const kept = plain
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}#]+|[^\p{L}\p{N}%]+$/gu, '').replace(/['’]s$/, ''))
    .filter((word) => wordsOf(word).some((part) => salient.has(part)));
  const distinct = kept.filter((word, index) => kept.findIndex((other) => other.toLowerCase() === word.toLowerCase()) === index);
  return (distinct.length > 0 ? distinct.join(' ') : wordsOf(plain).join(' ')).slice(0, longest).trim();
}
