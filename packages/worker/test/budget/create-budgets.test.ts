import type { Purses, Used } from '@vera/ledger/purse';
import { expect, test } from 'vitest';
import { createBudgets } from '../../src/budget/create-budgets.ts';
import { workerEnv } from '../../src/env.ts';

const least = { SECRET_ID: 's', LEDGER_TABLE: 't', AUDIT_TABLE: 'a', AUDIT_DAYS: '400', COMPANY_NAME: 'Northwind' };
const nothing = { calls: 0, tokens: 0, microDollars: 0 };
const spent: Used = { calls: 1, tokens: 500, microDollars: 1_000, isAtMost: false, underWay: nothing };
const purses: Purses = {
  reserve: async () => ({ kind: 'reserved' }),
  settle: async () => spent,
  read: async () => spent,
  admit: async () => true,
  tellOnce: async () => true,
};
const created = (more: object) => createBudgets(workerEnv.parse({ ...least, MODEL_ID: 'us.anthropic.claude-sonnet-5-5', ...more }), purses);
const inDollars = { BUDGETS: '{"workspace":{"dollarsPerDay":5}}' };
const own = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123';

test('D15 a budget in dollars does not begin with a model that has no price, its helpers’ included', () => {
  expect(() => created({ ...inDollars, MODEL_ID: 'us.anthropic.claude-sonnet-5-9' })).toThrow(
    'no price for us.anthropic.claude-sonnet-5-9',
  );
  expect(() => created({ ...inDollars, HELPER_MODELS: `fast=${own}` })).toThrow(`no price for ${own}`);
  expect(() =>
    created({ ...inDollars, HELPER_MODELS: `fast=${own}`, PROFILE_MODELS: `${own}=us.anthropic.claude-haiku-4-5` }),
  ).not.toThrow();
  expect(() => created({ MODEL_ID: own })).not.toThrow();
});

test('what somebody used today is told with the price where all models have one', async () => {
  const ann = { teamId: 'T01', userId: 'UANN' };
  expect(await created({}).dayOf(ann)).toMatch(/^Today your questions came to 500 tokens, less than \$0\.01\./);
  expect(await created({ MODEL_ID: own }).dayOf(ann)).toMatch(/^Today your questions came to 500 tokens\./);
});
