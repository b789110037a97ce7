import { usualBudgets } from '@vera/worker/env';
import { expect, test } from 'vitest';
import { names } from '../src/names.ts';
import { readBudgets } from '../src/read-budgets.ts';

const read = (...given: readonly string[]) => readBudgets(given, names.modelId);

test('without a word the budgets are those that settings have that say nothing', () => {
  expect(read()).toEqual(usualBudgets);
});

test('each word changes one limit by its name in the settings, and the last of two counts', () => {
  expect(read('person.tokensPerDay=50000', 'channel.dollarsPerDay=0.5', 'questionsAtOnce=2', 'questionsAtOnce=off')).toEqual({
    person: { tokensPerDay: 50_000, questionsPerMinute: 10 },
    channel: { dollarsPerDay: 0.5 },
    questionsAtOnce: 'off',
  });
});

test.each([
  ['person.tokens=5', /^--budget takes NAME=NUMBER or NAME=off, not "person.tokens=5"\. Its names are .*person\.tokensPerDay, /],
  ['constructor=5', /names are those of the settings/],
  ['person.tokensPerDay', /NAME=NUMBER/],
  ['person.tokensPerDay=', /^--budget person\.tokensPerDay takes a whole number from 1, or off, not ""\.$/],
  ['person.tokensPerDay=0', /a whole number from 1/],
  ['person.tokensPerDay=1e3', /a whole number from 1/],
  ['person.tokensPerDay=0.5', /a whole number from 1/],
  ['workspace.dollarsPerDay=0.001', /dollars from 0\.01 to 1000000, or off/],
])('%s is refused in words', (given, words) => {
  expect(() => read(given)).toThrow(words);
});

test('dollars are refused for a model without a price, as they would never be used up', () => {
  expect(() => readBudgets(['person.dollarsPerDay=1'], 'us.anthropic.claude-sonnet-5-9')).toThrow(
    'the price of us.anthropic.claude-sonnet-5-9 is not known, so use tokensPerDay',
  );
  expect(readBudgets(['person.dollarsPerDay=off'], 'us.anthropic.claude-sonnet-5-9').person).toMatchObject({ dollarsPerDay: 'off' });
});
