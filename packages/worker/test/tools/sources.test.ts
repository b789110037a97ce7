import { expect, test } from 'vitest';
import { createSources } from '../../src/tools/search-knowledge-base.ts';

test('a document keeps its number; the same title elsewhere is another document, and so is another place in it', () => {
  const sources = createSources();
  expect(sources.add({ title: 'Rota', url: 'https://example.com/1' })).toBe(1);
  expect(sources.add({ title: 'Rota', url: 'https://example.com/2' })).toBe(2);
  expect(sources.add({ title: 'Rota', url: 'https://example.com/1' })).toBe(1);
  expect(sources.add({ title: 'Rota' })).toBe(3);
  expect(sources.add({ title: 'Rota' }, 'the second week')).toBe(4);
  expect([sources.documentOf(2), sources.documentOf(9)]).toEqual([{ title: 'Rota', url: 'https://example.com/2' }, undefined]);
});
