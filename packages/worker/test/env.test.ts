import { readEnv } from '@vera/service-kit/read-env';
import { expect, test } from 'vitest';
import { workerEnv } from '../src/env.ts';
import { workerSecrets } from '../src/secrets.ts';

const least = {
  SECRET_ID: 'vera/worker',
  LEDGER_TABLE: 'ledger',
  AUDIT_TABLE: 'audit',
  AUDIT_DAYS: '400',
  COMPANY_NAME: 'Northwind',
  MODEL_ID: 'us.anthropic.claude-sonnet-5-5',
};

test('six variables are enough; what is the same everywhere has a default', () => {
  expect(readEnv(workerEnv, least)).toMatchObject({ ...least, AUDIT_DAYS: 400, PORT: 8080, TURN_LIMIT: 60, DEBUG_ENABLED: 'false' });
});

test('all that is missing or wrong is told at once, by name', () => {
  const wrong = { PORT: 'http', LEDGER_TABLE: '', TURN_LIMIT: '0', SLACK_API_URL: 'slack', DEBUG_ENABLED: 'yes' };
  const names = ['SECRET_ID', 'COMPANY_NAME', 'MODEL_ID', ...Object.keys(wrong)];
  expect(() => readEnv(workerEnv, wrong)).toThrow(new RegExp(names.map((name) => `(?=.*${name})`).join('')));
});

test('limits are whole numbers', () => {
  expect(readEnv(workerEnv, { ...least, TURN_LIMIT: '5', LEASE_SECONDS: '30' })).toMatchObject({ TURN_LIMIT: 5, LEASE_SECONDS: 30 });
  for (const value of ['1.5', '-1', 'many', '1e99x'])
    expect(() => readEnv(workerEnv, { ...least, TURN_LIMIT: value })).toThrow('TURN_LIMIT');
});

test('the secret holds a bot’s token', () => {
  expect(workerSecrets.safeParse({ SLACK_BOT_TOKEN: 'xoxb-1' }).success).toBe(true);
  for (const token of ['xoxp-1', '', undefined]) expect(workerSecrets.safeParse({ SLACK_BOT_TOKEN: token }).success).toBe(false);
});

test.each([
  ['', []],
  ['fast=us.amazon.nova-lite-v1:0', [['fast', 'us.amazon.nova-lite-v1:0']]],
  [
    'fast=us.a.b,deep=arn:aws:bedrock:x:1:application-inference-profile/a',
    [
      ['fast', 'us.a.b'],
      ['deep', 'arn:aws:bedrock:x:1:application-inference-profile/a'],
    ],
  ],
])('models of helpers are told as %j', (told, models) => {
  expect(readEnv(workerEnv, { ...least, HELPER_MODELS: told }).HELPER_MODELS).toEqual(models);
});

test.each(['fast', 'fast=', '=x', 'fast=x,', 'Fast=x'])('%j tells no models', (told) => {
  expect(() => readEnv(workerEnv, { ...least, HELPER_MODELS: told })).toThrow('HELPER_MODELS');
});
