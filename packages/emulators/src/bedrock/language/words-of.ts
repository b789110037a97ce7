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

/** The words that carry meaning. */
export function salientWordsOf(text: string): string[] {
  return wordsOf(text).filter((word) => !stopWords.has(word) && (word.length > 1 || /\d/.test(word)));
}

export function meaningsOf(text: string): Set<string> {
  return new Set(salientWordsOf(text).map(meaningOf));
}
