import { expect, test } from 'vitest';
import { microDollarsOf, priceOf } from '../../src/budget/prices.ts';

const sonnet = { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 };
const regional = Object.fromEntries(Object.entries(sonnet).map(([name, price]) => [name, expect.closeTo(price * 1.1, 10)]));
const arn = 'arn:aws:bedrock:eu-central-1:111122223333';
const own = `${arn}:application-inference-profile/abc123def456`;

test.each([
  ['global.anthropic.claude-sonnet-5-5', sonnet],
  ['us.anthropic.claude-sonnet-5-5', regional],
  ['eu.anthropic.claude-sonnet-5-5', regional],
  ['apac.anthropic.claude-sonnet-5-5', regional],
  ['jp.anthropic.claude-sonnet-5-5-20261001-v1:0', regional],
  ['anthropic.claude-sonnet-5-5-20261001-v1:0', regional],
  ['eu.anthropic.claude-sonnet-5-5-v1', regional],
  [`${arn}:inference-profile/eu.anthropic.claude-sonnet-5-5`, regional],
  [`${arn}:inference-profile/global.anthropic.claude-sonnet-5-5`, sonnet],
  ['arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-sonnet-5-5', regional],
  [own, regional],
])('D15 %s costs what its base model costs', (id, price) => {
  expect(priceOf(id, new Map([[own, 'eu.anthropic.claude-sonnet-5-5']]))).toEqual(price);
});

test.each([
  'us.anthropic.claude-sonnet-5-9',
  'us.anthropic.claude-sonnet-5-55',
  'us.anthropic.claude-sonnet-4',
  'us.anthropic.claude-sonnet-4-20250514-v1:0',
  'us.anthropic.claude-3-haiku-20240307-v1:0',
  'us.anthropic.claude-opus-5-5-fast',
  'us.someone.claude-sonnet-5-5',
  'us-gov.anthropic.claude-sonnet-5-5',
  'arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-sonnet-5-5',
  'us.amazon.nova-lite-v1:0',
  'constructor',
  'us.anthropic.claude-constructor',
  '',
  own,
])('D15 %s has no price, which is not nothing', (id) => {
  expect(priceOf(id)).toBeUndefined();
});

test('what is begun is paid, and no more: by kinds of tokens, in whole millionths', () => {
  const usage = { inputTokens: 10, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  const price = priceOf('us.anthropic.claude-sonnet-5-5')!;
  expect(microDollarsOf(price, usage)).toBe(22);
  expect(microDollarsOf(price, { ...usage, inputTokens: 0, outputTokens: 10 })).toBe(110);
  expect(microDollarsOf(price, { ...usage, inputTokens: 0, cacheReadTokens: 10 })).toBe(3);
  expect(microDollarsOf(price, { ...usage, inputTokens: 0, cacheWriteTokens: 10 })).toBe(28);
});
