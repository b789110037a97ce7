import { meaningsOf as meaningsOfWords } from '@vera/stand-in-kit/language/words-of';

/** Scripts that put no blank between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;

/** What a text means, as far as a small stand-in for a vector index can tell; where words are not parted, two characters count as one. */
export function meaningsOf(text: string): Set<string> {
  const pairs = (text.match(unspaced) ?? []).flatMap((run) =>
    [...run].slice(0, -1).map((character, index) => character + [...run][index + 1]),
  );
  return new Set([...meaningsOfWords(text.replace(unspaced, ' ')), ...pairs]);
}
