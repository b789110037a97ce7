import { expect, test } from 'vitest';
import { entriesIn, mainArgument, toldText } from '../../src/tools/told-text.ts';

test.each([
  ['<!channel> and <@U1>', '!channel and @U1'],
  ['[bank](https://evil.example)', 'bank (https //evil.example)'],
  ['the key is xoxb-1234-abcdef-ghi', 'the key is redacted'],
  ['one\ntwo “three”', 'one two three'],
])('what others wrote is one line on a card, without mention, link or secret: %s', (text, expected) => {
  expect(toldText(text).replace(/\s+/g, ' ').trim()).toBe(expected);
});

test('what a call is about is its first text, and what came of it is counted where it can be', () => {
  expect([mainArgument({ limit: 3, jql: 'project = PAY' }), mainArgument({ limit: 3 }), mainArgument('x')]).toEqual([
    '“project = PAY”',
    undefined,
    undefined,
  ]);
  expect(['[1]', '{"items":[1,2],"next":""}', '{"a":[],"b":[]}', 'Two things.', '7'].map(entriesIn)).toEqual([
    '1 entry',
    '2 entries',
    undefined,
    undefined,
    undefined,
  ]);
});
