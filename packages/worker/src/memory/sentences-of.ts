const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** The sentences of a text; each line is at least one. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => [...segmenter.segment(line)].map(({ segment }) => segment.trim()))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}
