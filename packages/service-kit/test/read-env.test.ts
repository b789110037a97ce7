import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { EnvironmentError, readEnv } from '../src/read-env.ts';

const schema = z.object({
  SECRET_ID: z.string().check(z.minLength(1)),
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  GRACE_SECONDS: z._default(z.coerce.number().check(z.int(), z.minimum(1)), 60),
  SCOPE: z._default(z.enum(['thread', 'channel']), 'thread'),
  SLACK_API_URL: z.optional(z.url()),
});

describe('readEnv', () => {
  it('gives typed values, with defaults where nothing is set', () => {
    expect(readEnv(schema, { SECRET_ID: 's', LEDGER_TABLE: 't', OTHER: 'ignored' })).toEqual({
      SECRET_ID: 's',
      LEDGER_TABLE: 't',
      GRACE_SECONDS: 60,
      SCOPE: 'thread',
    });
    expect(readEnv(schema, { SECRET_ID: 's', LEDGER_TABLE: 't', GRACE_SECONDS: '5', SCOPE: 'channel' })).toMatchObject({
      GRACE_SECONDS: 5,
      SCOPE: 'channel',
    });
  });

  it('names all problems at once, by variable, and repeats no value', () => {
    const wrong = { LEDGER_TABLE: '', GRACE_SECONDS: 'sixty-secret', SCOPE: 'galaxy-secret', SLACK_API_URL: 'not-a-url-secret' };
    const error = thrownBy(() => readEnv(schema, wrong));
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(error).toMatchObject({ code: 'environment' });
    expect(error.message).toMatch(/^Environment variables are missing or wrong: /);
    expect(error.message.split(': ').slice(1).join(': ').split('; ')).toEqual([
      'SECRET_ID is missing',
      expect.stringContaining('LEDGER_TABLE is wrong'),
      expect.stringContaining('GRACE_SECONDS is wrong'),
      'SCOPE is wrong (one of thread, channel)',
      expect.stringContaining('SLACK_API_URL is wrong'),
    ]);
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain('secret');
  });

  it('leaves the environment as it is', () => {
    const environment = Object.freeze({ SECRET_ID: 's', LEDGER_TABLE: 't' });
    readEnv(schema, environment);
    expect(environment).toEqual({ SECRET_ID: 's', LEDGER_TABLE: 't' });
  });
});

function thrownBy(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown');
}
