import { meaningOf } from './meaning.ts';
import { stopWords } from './stop-words.ts';

/** All words of a text, in order, in small letters, without accents. Hyphens and underscores part words; camelCase does too. */
export function wordsOf(text: string): string[] {
  const plain = text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words that carry meaning; capitals save an abbreviation such as IT or US from being taken for a small word. */
export function salientWordsOf(text: string): string[] {
  const isShouted = !/\p{Ll}/u.test(text);
  const abbreviations = new Set(isShouted ? [] : (text.match(/\b[A-Z]{2,4}\b/g) ?? []).map((word) => word.toLowerCase()));
  return wordsOf(text).filter((word) => abbreviations.has(word) || (!stopWords.has(word) && (word.length > 1 || /\d/.test(word))));
}

export function meaningsOf(text: string): Set<string> {
  return new Set(salientWordsOf(text).map(meaningOf));
}
