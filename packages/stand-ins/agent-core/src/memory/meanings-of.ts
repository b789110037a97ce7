import { meaningsOf as meaningsOfWords } from '@vera/stand-in-kit/language/words-of';

/** Scripts that put no blank between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;

/** What a text means, as far as a small stand-in for a vector index can tell; where words are not parted, two characters count as one. */
export function meaningsOf(text: string): Set<string> {
  const pairs = (text.match(unspaced) ?? []).flatMap((run) => {
    const characters = [...run];
    return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
  });
  return new Set([...meaningsOfWords(text.replace(unspaced, ' ')), ...pairs]);
}
