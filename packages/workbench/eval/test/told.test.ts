import { expect, test } from 'vitest';
import { toldDifferences, toldIn, toldTogether } from '../src/recording/told.ts';
import { requestOf } from './request-of.ts';

const tool = (description: string) => ({ tools: [{ toolSpec: { name: 'look', description, inputSchema: { json: { type: 'object' } } } }] });
const toldBy = (prompt: string, description: string) =>
  toldIn([
    {
      ...requestOf('Hello'),
      system: [{ text: prompt }, { cachePoint: { type: 'default' } }, { text: 'For Ann.' }],
      toolConfig: tool(description),
    },
  ]);

test('what models are told otherwise is shown by its lines, whoever asks', () => {
  const before = toldBy('You are Vera.\n- Be brief.\n- Be kind.', 'Looks.');
  expect(toldDifferences(before, toldBy('You are Vera.\n- Be brief.\n- Be kind.', 'Looks.'))).toEqual([]);
  expect(toldDifferences(before, toldBy('You are Vera.\n- Be short.\n- Be kind.', 'Looks.'))).toEqual([
    'prompt “You are Vera.” is told otherwise\n    - - Be brief.\n    + - Be short.',
  ]);
  expect(toldDifferences({}, before)).toEqual(['prompt “You are Vera.” is new', 'tool look is new']);
});

test('a tool in several wordings is as it was in each of them', () => {
  const [alone, among] = [toldBy('You are Vera.', 'Looks alone.'), toldBy('You are Vera.', 'Looks among others.')];
  const both = toldTogether([alone, among, alone]);
  expect(both['tool look']).toHaveLength(2);
  expect([alone, among, both].map((now) => toldDifferences(both, now))).toEqual([[], [], []]);
  expect(toldDifferences(both, toldBy('You are Vera.', 'Looks twice.'))).toEqual([expect.stringMatching(/\+ Looks twice\./)]);
});
