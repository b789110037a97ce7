import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { calls, says } from '../src/checks.ts';
import type { ObeyingCase } from '../src/eval-case.ts';
import { playWithout } from '../src/without/play-without.ts';
import { removedTable } from '../src/without/removed-table.ts';
import { sentencesOf } from '../src/without/sentences.ts';
import { requestOf } from './request-of.ts';

/** A sample of `pnpm eval --without`: the clock is told of twice, and one sentence changes nothing. */
const clock: ObeyingCase = {
  name: 'the clock is looked at, in a zone that there is',
  steps: [{ says: 'what day is it in Leeds?' }],
  checks: [calls('current_time'), says('A day in Leeds')],
  obeys({ reads, calls: [made] }) {
    if (made) return reads('Be brief') && made.isError ? 'I cannot say.' : 'A day in Leeds.';
    return reads('Call it for anything relative to now')
      ? [{ call: 'current_time', input: { time_zone: 'Europe/London' } }]
      : 'It is Tuesday.';
  },
};

describe('a sentence that is taken away', () => {
  test('is noticed where something is done by it, and else said to be noticed by nothing', async () => {
    const { told, removed } = await playWithout(clock);
    expect(removed.map(({ where, text, complaint }) => [where, text.slice(0, 30), complaint?.slice(0, 40)])).toEqual([
      ['current_time', 'Call it for anything relative ', 'calls current_time: calls were: none'],
      ['prompt', 'Be brief: a few sentences or a', undefined],
    ]);
    const table = removedTable([{ name: clock.name, told, removed }]);
    expect(table).toMatch(/\| current_time \| Call it for anything relative[^|]* \| fails: “the clock is looked at/);
    expect(table).toMatch(/\| prompt \| Be brief[^|]* \| live only \|/);
  });

  test('is asked for of a case that holds with it: one that fails already shows nothing', async () => {
    await expect(playWithout({ ...clock, checks: [says('Never said')] })).rejects.toThrow('It fails with all sentences there');
  });
});

test('the table that is kept has at least thirty sentences that a case notices', () => {
  const table = readFileSync(join(import.meta.dirname, '../removed-sentences.md'), 'utf8');
  expect(table.match(/\| fails: “/g)?.length).toBeGreaterThanOrEqual(30);
});

test('sentences are found in the prompt, in tools and in fields within fields, and none in what is remembered', () => {
  const schema = {
    type: 'object',
    properties: { a: { description: 'A key, such as X-1', items: { properties: { b: { description: 'Of two. Of three' } } } } },
  };
  const told = sentencesOf({
    ...requestOf('Hello'),
    system: [{ text: 'You are Vera.\n\nHow:\n- Be brief: short. Say it in `code`.\n<data from="your memory">\n- Likes tea.\n</data>' }],
    toolConfig: { tools: [{ toolSpec: { name: 'look', description: 'Looks.', inputSchema: { json: schema } } }] },
  });
  expect(told.map(({ where, text }) => `${where}: ${text}`)).toEqual([
    ...['prompt: You are Vera.', 'prompt: How:', 'prompt: Be brief: short.', 'prompt: Say it in `code`.'],
    ...['look: Looks.', 'look.a: A key, such as X-1', 'look.a.b: Of two.', 'look.a.b: Of three'],
  ]);
});
