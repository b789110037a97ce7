import fc from 'fast-check';

/** Markdown as models write it; every word is a number of its own, so that a lost, doubled or moved word shows. */
export function markdownText(most: number): fc.Arbitrary<string> {
  return fc.array(block, { minLength: 1, maxLength: most, size: 'max' }).map((blocks) => numbered(blocks.join('\n\n')));
}

/** Stands for a word until the words are numbered. */
const word = fc.integer({ min: 1, max: 12 }).map((length) => `${'#'.repeat(length)}`);
const words = (most: number) => fc.array(word, { minLength: 1, maxLength: most, size: 'max' }).map((list) => list.join(' '));

const link = fc.tuple(words(4), word).map(([text, path]) => `[${text}](https://example.com/${path})`);
const code = words(5).map((text) => `\`${text}\``);
const autolink = word.map((path) => `<https://example.com/${path}>`);
const inline = fc.oneof(
  { weight: 6, arbitrary: words(12) },
  { weight: 2, arbitrary: link },
  { weight: 2, arbitrary: code },
  { weight: 1, arbitrary: autolink },
);
const sentence = (most: number) => fc.array(inline, { minLength: 1, maxLength: most, size: 'max' }).map((parts) => parts.join(' '));

const list = fc.array(sentence(4), { minLength: 1, maxLength: 12 }).map((items) => items.map((item) => `- ${item}`).join('\n'));
const heading = fc.tuple(fc.constantFrom('#', '##', '###'), words(6)).map(([marks, text]) => `${marks.replaceAll('#', '\u0001')} ${text}`);
const fence = fc
  .tuple(
    fc.constantFrom('```', '~~~', '````'),
    fc.constantFrom('', 'ts', 'bash'),
    fc.array(words(14), { minLength: 1, maxLength: 60, size: 'max' }),
  )
  .map(([marker, language, lines]) => `${marker}${language}\n${lines.join('\n')}\n${marker}`);
const table = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.array(sentence(2), { minLength: 1, maxLength: 40, size: 'max' }))
  .map(([columns, cells]) => {
    const row = (cell: string) => `| ${Array.from({ length: columns }, () => cell).join(' | ')} |`;
    return [row('#'), row('---'), ...cells.map(row)].join('\n');
  });

const block = fc.oneof(
  { weight: 4, arbitrary: sentence(30) },
  { weight: 2, arbitrary: list },
  { weight: 1, arbitrary: heading },
  { weight: 2, arbitrary: fence },
  { weight: 2, arbitrary: table },
);

/** Numbers the words: `w1`, `w2` … each followed by as many letters as the placeholder was long. */
function numbered(text: string): string {
  let count = 0;
  return text
    .replace(/#+/g, (placeholder) => {
      count += 1;
      return `w${count}${'x'.repeat(placeholder.length - 1)}`;
    })
    .replaceAll('\u0001', '#');
}
