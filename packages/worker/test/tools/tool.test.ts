import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createSources, searchKnowledgeBase } from '../../src/tools/search-knowledge-base.ts';
import { calculate, currentTime } from '../../src/tools/sums-and-dates.ts';
import { ToolFailure, tool } from '../../src/tools/tool.ts';
import { oneBase } from '../knowledge/one-base.ts';

const { signal } = new AbortController();
const greeting = (callback: (input: { name: string }) => Promise<string> | string) =>
  tool({ name: 'greet', title: 'Greeting', description: 'Greets', inputSchema: z.object({ name: z.string().default('you') }), callback });

describe('a tool', () => {
  test('tells the model its input as JSON Schema, without what Bedrock does not need', () => {
    expect(greeting(() => '').inputSchema).toEqual({ type: 'object', properties: { name: { default: 'you', type: 'string' } } });
  });

  test('gets its input parsed, defaults filled in', async () => {
    const { run } = greeting(({ name }) => `Hello ${name}`);
    expect(await run({}, signal)).toEqual({ text: 'Hello you', isError: false });
    expect(await run({ name: 'Ann', more: 1 }, signal)).toEqual({ text: 'Hello Ann', isError: false });
  });

  test.each([[{ name: 7 }], ['Ann'], [undefined], [null], [[]], [{ 'input was not valid JSON': true, name: 7 }]])(
    'refuses %j in words the model can read',
    async (input) => {
      const { text, isError } = await greeting(() => 'Hello').run(input, signal);
      expect(isError).toBe(true);
      expect(text).toMatch(/^The input does not fit. ✖ Invalid input/);
    },
  );

  test.each(['', '   ', '\n\t'])('R19 its blank result %j becomes words', async (blank) => {
    expect(await greeting(() => blank).run({}, signal)).toEqual({ text: '(The tool returned nothing.)', isError: false });
  });

  test('cuts a result that would crowd out the question, and says so', async () => {
    const { text } = await greeting(() => 'x'.repeat(50_000)).run({}, signal);
    expect(text.length).toBeLessThan(30_100);
    expect(text).toContain('50000 characters');
  });

  test('is never cut inside a character', async () => {
    for (const start of ['', 'x'])
      expect((await greeting(() => start + '😀'.repeat(20_000)).run({}, signal)).text.isWellFormed()).toBe(true);
  });

  test('R23 what it throws unexpectedly is never told, secrets in it or not', async () => {
    const secret = new Error('403 for xoxb-123-456 at arn:aws:iam::123456789012:role/worker');
    for (const fail of [() => Promise.reject(secret), () => raise(secret), () => raise('xoxb-123-456 arn:aws')]) {
      expect(await greeting(fail).run({}, signal)).toMatchObject({ text: 'greet failed unexpectedly.', isError: true });
    }
  });

  test('a failure it words itself is told, and its cause is not', async () => {
    const failure = new ToolFailure('The service is closed on Sundays.', { cause: new Error('xoxb-123-456') });
    expect(await greeting(() => raise(failure)).run({}, signal)).toEqual({ text: 'The service is closed on Sundays.', isError: true });
  });
});

describe('calculate', () => {
  test.each([
    ['(17 * 3.5) / 2', '(17 * 3.5) / 2 = 29.75', false],
    ['0.1 + 0.2', '0.1 + 0.2 = 0.3', false],
    ['1 / 0', '1 / 0: has no finite value', true],
  ])('%s', async (expression, text, isError) => {
    expect(await calculate().run({ expression }, signal)).toEqual({ text, isError });
  });

  test('an endless expression is refused before it is read', async () => {
    expect(await calculate().run({ expression: '1'.repeat(501) }, signal)).toMatchObject({ isError: true });
  });
});

describe('current_time', () => {
  const { run } = currentTime(() => Date.UTC(2026, 10, 23, 23, 30));

  test('tells weekday, date and time where it is asked for', async () => {
    expect((await run({ time_zone: 'Europe/Berlin' }, signal)).text).toMatch(
      /^Tuesday,? 24 November 2026.*00:30:00.*\(2026-11-23T23:30:00.000Z\)$/,
    );
    expect((await run({}, signal)).text).toMatch(/^Monday,? 23 November 2026.*23:30:00 UTC/);
  });

  test('an unknown zone is an error that shows the form', async () => {
    expect(await run({ time_zone: 'Mars/Olympus' }, signal)).toEqual({
      text: '"Mars/Olympus" is not an IANA time zone. Use one like Europe/Berlin.',
      isError: true,
    });
  });
});

describe('search_knowledge_base', () => {
  const passage = (title: string) => ({ title, url: `https://example.com/${title}`, text: `About ${title}.` });

  test('of six passages of 7,000 characters each is marked to its end, and all are there', async () => {
    const long = Array.from({ length: 6 }, (_, index) => ({ ...passage(`page-${index}`), text: '😀 said '.repeat(875) }));
    const { text } = await searchKnowledgeBase(
      oneBase(async () => long),
      { sources: createSources() },
    ).run({ query: 'x' }, signal);
    expect(text.match(/^\[\d\] <data from="the knowledge base">\npage-\d\n$/gm)).toHaveLength(6);
    expect(text.match(/^<\/data>$/gm)).toHaveLength(6);
    expect(text.endsWith('\n</data>')).toBe(true);
    expect(text.length).toBeLessThanOrEqual(30_000);
    expect(text.isWellFormed()).toBe(true);
  });

  test('however many passages of whatever length are found, all are there, marked and within the limit', async () => {
    const lengths = fc.array(fc.nat(40_000), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(lengths, fc.constantFrom('x', '𠮷', '<data '), async (counts, said) => {
        const found = counts.map((count, index) => ({ ...passage(`page-${index}`), text: said.repeat(Math.ceil(count / said.length)) }));
        const { text } = await searchKnowledgeBase(
          oneBase(async () => found),
          { sources: createSources() },
        ).run({ query: 'x' }, signal);
        expect([text.length <= 30_000, text.isWellFormed(), text.endsWith('\n</data>')]).toEqual([true, true, true]);
        expect(text.match(/^\[\d+\] <data from="the knowledge base">\npage-\d+\n$/gm)).toHaveLength(counts.length);
        expect(text.match(/<\/?data/g)).toHaveLength(2 * counts.length);
        // Nothing is cut that need not be, nor more than the equal share.
        const shown = [...text.matchAll(/base">\npage-\d+\n\n([\s\S]*?)\n<\/data>/g)].map((match) => match[1]?.length ?? 0);
        const cut = shown.filter((length, index) => length < (found[index]?.text.length ?? 0));
        if (cut.length > 0) expect(text.length).toBeGreaterThan(29_000);
        expect(cut.every((length) => length + 3 > Math.max(...shown) && length > 29_000 / counts.length - 200)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('numbers documents over all searches of a question', async () => {
    const sources = createSources();
    const about = (title: string) => `<data from="the knowledge base">\n${title}\n\nAbout ${title}.\n</data>`;
    const { run } = searchKnowledgeBase(
      oneBase(async (query) => query.split(' ').map(passage)),
      { sources },
    );
    expect((await run({ query: 'backup rota' }, signal)).text).toBe(`[1] ${about('backup')}\n\n[2] ${about('rota')}`);
    expect((await run({ query: 'rota alarm' }, signal)).text).toBe(`[2] ${about('rota')}\n\n[3] ${about('alarm')}`);
    expect([2, 3].map((number) => sources.documentOf(number)?.title)).toEqual(['rota', 'alarm']);
  });

  test('nothing found is said, and is no error', async () => {
    expect(
      await searchKnowledgeBase(
        oneBase(async () => []),
        { sources: createSources() },
      ).run({ query: 'x' }, signal),
    ).toEqual({
      text: 'Nothing found in the knowledge base. Search once more in other words, or say that you found nothing and do not know; do not guess.',
      told: 'nothing found in the knowledge base',
      found: [],
      isError: false,
    });
  });

  test('R23 a service that fails is said without its words', async () => {
    const { run } = searchKnowledgeBase(
      oneBase(() => Promise.reject(new Error('arn:aws:bedrock:kb/SECRET'))),
      { sources: createSources() },
    );
    expect(await run({ query: 'x' }, signal)).toEqual({
      text: 'Could not be searched: the knowledge base. Whether the answer stands there is unknown: say that it could not be searched, and do not guess.',
      told: 'could not be searched: the knowledge base',
      isError: true,
    });
  });
});

function raise(error: unknown): never {
  throw error;
}
