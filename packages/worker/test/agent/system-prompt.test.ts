import { expect, test } from 'vitest';
import { systemPrompt } from '../../src/agent/system-prompt.ts';

const facts = { companyName: 'Northwind', askerName: 'Ann', isDirect: false };

test('it says whose colleague Vera is, who asks and where', () => {
  expect(systemPrompt(facts)).toContain('a colleague at Northwind');
  expect(systemPrompt(facts)).toMatch(/You are answering Ann, in a channel thread\.$/);
  expect(systemPrompt({ ...facts, isDirect: true })).toMatch(/You are answering Ann, in a direct message\.$/);
});

test('what differs between questions comes last, so that the prompt cache holds the rest', () => {
  const [one, other] = [systemPrompt(facts), systemPrompt({ ...facts, askerName: 'Bob', isDirect: true })];
  const same = [...one].findIndex((character, index) => character !== other[index]);
  expect(one.length - same).toBeLessThan(60);
});

test('no part is blank', () => {
  expect(
    systemPrompt(facts)
      .split('\n\n')
      .filter((part) => part.trim() === ''),
  ).toEqual([]);
});
