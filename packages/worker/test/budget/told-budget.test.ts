import { expect, test } from 'vitest';
import { toldCost, toldDay, toldNews } from '../../src/budget/told-budget.ts';

const used = { calls: 3, tokens: 12_345, microDollars: 31_200, isAtMost: false };

test.each([
  [{}, 'Today your questions came to 12,345 tokens, $0.03. A day begins at midnight UTC.'],
  [{ tokens: 10_000_000 }, 'Today your questions came to 12,345 tokens, $0.03, of 10,000,000 tokens. A day begins at midnight UTC.'],
  [
    { tokens: 10_000_000, microDollars: 5_000_000 },
    'Today your questions came to 12,345 tokens, $0.03, of 10,000,000 tokens and $5.00. A day begins at midnight UTC.',
  ],
  [
    { tokens: 12_345 },
    'Today your questions came to 12,345 tokens, $0.03, of 12,345 tokens: that is used up. A day begins at midnight UTC.',
  ],
  [{ microDollars: 30_000 }, 'Today your questions came to 12,345 tokens, $0.03, of $0.03: that is used up. A day begins at midnight UTC.'],
])('what somebody used today, of %j', (limits, words) => {
  expect(toldDay(used, limits, true)).toBe(words);
});

test('D15 where a model has no price, no sum is told: least of all none', () => {
  expect(toldCost({ ...used, tokens: 1_000, microDollars: 0 }, false)).toBe('1,000 tokens');
  expect(toldCost({ ...used, tokens: 1_000, microDollars: 9_999 }, true)).toBe('1,000 tokens, less than $0.01');
  expect(toldCost({ ...used, tokens: 0, microDollars: 0 }, true)).toBe('0 tokens, $0.00');
});

test('where nobody knows what a call came to, the sum is told as the most it can be', () => {
  expect(toldCost({ ...used, isAtMost: true }, true)).toBe('at most 12,345 tokens, $0.03');
  expect(toldDay({ ...used, isAtMost: true }, {}, false)).toContain('Today your questions came to at most 12,345 tokens.');
});

test('a budget that is nearly used up is named, and when it begins anew', () => {
  expect(toldNews({ of: 'person', percent: 75 })).toBe('75 % of your budget for today are used. It begins anew at midnight UTC');
  expect(toldNews({ of: 'workspace', percent: 100 })).toBe(
    'With this the budget of this workspace for today is used up. It begins anew at midnight UTC',
  );
  expect(toldNews({ of: 'channel', percent: 95 })).toMatch(
    /^95 % of the budget of this channel for today and more are used: little is left/,
  );
});
