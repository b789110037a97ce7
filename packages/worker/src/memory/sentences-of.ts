import { bareLetters } from './bare-letters.ts';
import { knownMonths } from './known-months.ts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** The sentences of a text; each line is at least one. None ends within a date such as “1. März”, where the segmenter sees an end. */
export function sentencesOf(text: string): readonly string[] {
  const sentences: string[] = [];
  for (const line of text.split('\n')) {
    let begun = '';
    for (const { segment } of segmenter.segment(line)) {
      if (!(endsInDay.test(begun) && beginsWithMonth(segment))) {
        sentences.push(begun.trim());
        begun = '';
      }
      begun += segment;
    }
    sentences.push(begun.trim());
  }
  return sentences.filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** What stands in a sentence side by side, of which one part may deny something and the other not. */
export function clausesOf(sentence: string): readonly string[] {
  return sentence
    .split(/\s*(?:[,;:()–—](?=\s)|(?<=\s)(?:and|but|because|und|aber|weil|et|mais|y|pero|maar|og|och|и|но)(?=\s))\s*/u)
    .filter(Boolean);
}

const endsInDay = /(?<!\d)\d{1,2}\.\s*$/;

function beginsWithMonth(text: string): boolean {
  const [word = ''] = bareLetters(text).match(/^\p{L}+/u) ?? [];
  return knownMonths().numbers.has(word);
}
