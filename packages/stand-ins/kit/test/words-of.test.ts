import { expect, it } from 'vitest';
import { stem } from '../src/language/meaning.ts';
import { meaningsOf, salientWordsOf } from '../src/language/words-of.ts';

it.each([
  'escalate escalates escalating escalation escalated',
  'deploy deploys deployment deployed deploying',
  'restore restores restored restoring restoration',
  'configure configuration configuring',
  'policy policies',
  'database databases',
  'monitor monitoring monitors',
  'process processes processing',
])('these have one stem: %s', (words) => {
  expect(new Set(words.split(' ').map(stem)).size).toBe(1);
});

it.each(['restore rest', 'access accept', 'user use', 'service server', 'status state'])('these do not: %s', (words) => {
  expect(new Set(words.split(' ').map(stem)).size).toBe(2);
});

it('words of the workplace that mean the same are one', () => {
  expect(meaningsOf('vacation paid')).toEqual(meaningsOf('holidays salary'));
});

it('small words are left out, abbreviations in capitals are not', () => {
  expect(salientWordsOf('Where can I get it from IT?')).toEqual(['it', 'it']);
  expect(salientWordsOf('Where can I get it?')).toEqual([]);
  expect(salientWordsOf('WHERE IS IT?')).toEqual([]);
});

it('words are parted at hyphens and inside names of code', () => {
  expect(salientWordsOf('on-call PodRestartingOften')).toEqual(['call', 'pod', 'restarting']);
});
