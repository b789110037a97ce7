import { expect, test } from 'vitest';
import { createSources } from '../../src/tools/search-knowledge-base.ts';

function sourcesOf(...titles: string[]) {
  const sources = createSources();
  for (const title of titles) sources.add({ title, url: `https://example.com/${title}` });
  return sources;
}
const cited = (answer: string, ...titles: string[]) =>
  sourcesOf(...titles)
    .citedIn(answer)
    .map(({ number }) => number);

test('a document keeps its number; the same title elsewhere is another document', () => {
  const sources = createSources();
  expect(sources.add({ title: 'Rota', url: 'https://example.com/1' })).toBe(1);
  expect(sources.add({ title: 'Rota', url: 'https://example.com/2' })).toBe(2);
  expect(sources.add({ title: 'Rota', url: 'https://example.com/1' })).toBe(1);
  expect(sources.add({ title: 'Rota' })).toBe(3);
});

test.each([
  ['As [2] says', [2]],
  ['As [3][1] say', [1, 3]],
  ['As [1, 3] say', [1, 3]],
  ['Nothing is cited', [1, 2, 3]],
  ['[9] does not exist', [1, 2, 3]],
  ['A link [2](https://example.com) is no citation, [1] is', [1]],
  ['', [1, 2, 3]],
])('%s', (answer, numbers) => {
  expect(cited(answer, 'a', 'b', 'c', 'd')).toEqual(numbers);
});

test('an answer that rests on no document has no sources', () => {
  expect(cited('As [1] says')).toEqual([]);
});
