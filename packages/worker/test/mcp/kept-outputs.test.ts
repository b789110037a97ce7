import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeptOutputs } from '../../src/mcp/tool-results.ts';

const { signal } = new AbortController();

const mark = /^<data from="Ops">\n([\s\S]*)\n<\/data>(?:\n(\([^)]*\)))?$/;

test('any text is shown within its limit, and read on gives all of it, no character broken, all of it marked', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 400 }).map((part) => part.replaceAll('<', '').repeat(150));
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 2, max: 5_000 }), async (whole, longest) => {
      const kept = createKeptOutputs();
      let [, read = '', note] = mark.exec(kept.show(whole, 'Ops', longest)) ?? [];
      expect(read.length).toBeLessThanOrEqual(longest);
      expect(note === undefined).toBe(whole.length <= longest);
      if (note)
        expect(note).toMatch(
          new RegExp(`^\\(Cut here: these are ${read.length} of ${whole.length} characters\\. read_more with handle "r1"`),
        );
      while (read.length < whole.length) {
        const { text: more, isError } = await kept.readMore.run({ handle: 'r1', from: read.length }, signal);
        const [, piece = '', left] = mark.exec(more) ?? [];
        expect([isError, piece.isWellFormed(), left]).toEqual([false, true, expect.any(String)]);
        read += piece;
      }
      expect(read).toBe(whole);
    }),
    { numRuns: 100 },
  );
});

test('one question keeps no more than its share of memory, and says so', () => {
  const kept = createKeptOutputs();
  const texts = Array.from({ length: 6 }, () => kept.show('x'.repeat(1_000_000), 'Ops', 100));
  expect(texts.map((text) => text.includes('read_more'))).toEqual([true, true, true, true, false, false]);
  expect(texts.at(-1)).toContain('The rest is not kept; ask for less at once.');
});

test('a handle that is none, or of another question, gives words', async () => {
  const kept = createKeptOutputs();
  kept.show('x'.repeat(200), 'Ops', 100);
  const { readMore } = createKeptOutputs();
  for (const [tool, handle, from] of [
    [readMore, 'r1', 0],
    [kept.readMore, 'r2', 0],
    [kept.readMore, '../r1', 0],
    [kept.readMore, 'r1', 200],
  ] as const)
    expect(await tool.run({ handle, from }, signal)).toMatchObject({ isError: true });
  expect(await kept.readMore.run({ handle: 'r1', from: 100 }, signal)).toMatchObject({
    text: `<data from="Ops">\n${'x'.repeat(100)}\n</data>\n(This is the end.)`,
  });
});
