import { synonymsOf } from '@vera/stand-in-kit/language/meaning';
import { salientWordsOf, wordsOf } from '@vera/stand-in-kit/language/words-of';

const shortestPrefix = 4;
const mostWords = 64;

/**
 * An FTS5 expression for whatever a person typed: any of its telling words or of those that mean the same, longer ones also as the
 * beginning of a word. Only quoted letters and digits reach FTS5, so no input is a syntax error. Undefined when there is no word at all.
 */
export function matchExpression(text: string): string | undefined {
  const salient = salientWordsOf(text);
  const words = [...new Set(salient.length > 0 ? salient : wordsOf(text))].slice(0, mostWords);
  if (words.length === 0) return undefined;
  return words.flatMap((word) => [`"${word}"`, ...prefixOf(word), ...synonymsOf(word).map((other) => `"${other}"`)]).join(' OR ');
}

function prefixOf(word: string): string[] {
  return word.length < shortestPrefix ? [] : [`"${word}"*`];
}
