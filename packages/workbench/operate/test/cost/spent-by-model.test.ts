import { expect, it } from 'vitest';
import { byModel } from '../../src/cost/spent/spent-by-model.ts';

const sonnet = 'us.anthropic.claude-sonnet-5-5';
const haiku = 'us.anthropic.claude-haiku-4-5';
const line = (question: string, model: string | undefined, inputTokens: number, event = 'model.called') => ({
  ...{ component: 'worker', at: 0, id: '', message: '' },
  entry: { event, question, model, inputTokens, outputTokens: 1_000, cacheReadTokens: 0, cacheWriteTokens: 0 },
});

it('what models came to is told by model, dearest first, each question once, at the price of each', () => {
  const lines = [line('q-1', haiku, 9_000), line('q-1', sonnet, 9_000), line('q-1', sonnet, 9_000), line('q-2', sonnet, 9_000)];
  const { by, notes } = byModel([...lines, line('q-3', sonnet, 9_000, 'tool.called')]);
  expect(by.map(({ dollars, ...rest }) => ({ ...rest, dollars: Number(dollars.toFixed(6)) }))).toEqual([
    // 9,000 × $2.20 + 1,000 × $11 a million, three times.
    { who: sonnet, questions: 2, tokens: 30_000, dollars: 0.0924 },
    { who: haiku, questions: 1, tokens: 10_000, dollars: 0.0154 },
  ]);
  expect(notes).toHaveLength(1);
});

it('a model without a price is said to be one, and so is a line of an earlier version, which named none', () => {
  const { by, notes } = byModel([line('q-1', 'eu.somebody.model', 9_000), line('q-2', undefined, 9_000)]);
  expect(by.map(({ tokens, dollars }) => [tokens, dollars])).toEqual([
    [10_000, 0],
    [10_000, 0],
  ]);
  expect(notes.join('\n')).toMatch(/No price of eu\.somebody\.model[\s\S]*No price of a model that its line does not name/);
});

it('the profile behind an ARN is known from the settings', () => {
  const arn = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc';
  expect(byModel([line('q-1', arn, 9_000)], new Map([[arn, sonnet]])).by[0]?.dollars).toBeCloseTo(0.0308, 6);
});
