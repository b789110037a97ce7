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

const endsInDay = /(?<!\d)\d{1,2}\.\s*$/;

function beginsWithMonth(text: string): boolean {
  const [word = ''] = bareLetters(text).match(/^\p{L}+/u) ?? [];
  return knownMonths().numbers.has(word);
}
