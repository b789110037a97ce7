import { describe, expect, it } from 'vitest';
import { loggedLines } from './logged-lines.ts';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl';

describe('what a log line never holds', () => {
  it.each([
    ['a bot token', 'xoxb-123-456-abcDEF'],
    ['a user token', 'xoxp-1-2-3-abc'],
    ['an app-level token', 'xapp-1-A01-2-abc'],
    ['a rotated token', 'xoxe.xoxp-1-Mi0yLTEyMw'],
    ['an AWS access key', 'AKIAIOSFODNN7EXAMPLE'],
    ['a response URL', 'https://hooks.slack.com/commands/T01/397700885554/96rGlfmibIGlgcZRskXaIFfN'],
    ['a bearer token', 'Bearer abc.def~ghi+/='],
    ['a JSON web token', jwt],
  ])('masks %s inside any text', (_, secret) => {
    const { log, lines } = loggedLines();
    log.info('probe', { note: `got ${secret} from there`, list: [{ deep: secret }], error: new Error(`refused ${secret}`) });
    expect(lines[0]).toContain('got ');
    expect(lines[0]).not.toContain(secret);
    expect(lines[0]).not.toContain(secret.slice(-8));
  });

  it.each([
    'token',
    'botToken',
    'SLACK_SIGNING_SECRET',
    'password',
    'Authorization',
    'api_key',
    'apiKey',
    'x-api-key',
    'set-cookie',
    'x-slack-signature',
    'responseUrl',
    'response_url',
  ])('masks the field %s whatever it looks like', (name) => {
    const { fieldAfterLogging } = loggedLines();
    expect(fieldAfterLogging({ [name]: 'plain-words', other: 'kept' })).toEqual({ [name]: '[redacted]', other: 'kept' });
    expect(fieldAfterLogging({ [name]: ['plain-words'] })).toEqual({ [name]: ['[redacted]'] });
    expect(fieldAfterLogging({ [name]: { value: 'plain-words', list: ['plain-words'] } })).toEqual({
      [name]: { value: '[redacted]', list: ['[redacted]'] },
    });
  });

  it('keeps counts of tokens, which are no secret', () => {
    const { fieldAfterLogging } = loggedLines();
    expect(fieldAfterLogging({ inputTokens: 12, tokens: { output: 3 } })).toEqual({ inputTokens: 12, tokens: { output: 3 } });
  });

  it('masks secrets all along the chain of an error', () => {
    const { log, lines, entries } = loggedLines();
    const vendor = Object.assign(new Error('401 for xoxb-1-secret'), { code: 'ERR_401', config: { headers: 'xoxb-1-secret' } });
    const error = new Error('Slack refused', { cause: new TypeError('call failed', { cause: vendor }) });
    log.error('call.failed', { error });
    expect(lines[0]).not.toContain('xoxb-1');
    expect(entries()[0]?.error).toMatchObject({
      name: 'Error',
      message: 'Slack refused',
      cause: { name: 'TypeError', cause: { message: '401 for [redacted]', code: 'ERR_401' } },
    });
  });

  it('masks secrets in causes that are no errors, and in all errors of a bundle', () => {
    const { log, lines, entries } = loggedLines();
    log.error('call.failed', { error: new Error('one', { cause: { authorization: 'plain-words' } }) });
    log.error('call.failed', { error: new AggregateError([new Error('first xoxb-1-secret'), 'second xoxb-1-secret'], 'both') });
    expect(lines.join()).not.toMatch(/plain-words|xoxb-1/);
    expect(entries()[1]?.error).toMatchObject({ message: 'both', errors: [{ message: 'first [redacted]' }, 'second [redacted]'] });
  });

  it('shows bytes by their number', () => {
    const { fieldAfterLogging } = loggedLines();
    expect(fieldAfterLogging(Buffer.from('plain-words'))).toBe('[11 bytes]');
  });
});

describe('what a log line survives', () => {
  it('a cycle, through objects, lists and errors', () => {
    const { fieldAfterLogging } = loggedLines();
    const loop: Record<string, unknown> = { name: 'a' };
    loop.self = loop;
    loop.list = [loop];
    expect(fieldAfterLogging(loop)).toEqual({ name: 'a', self: '[seen above]', list: ['[seen above]'] });
    const error = new Error('round');
    error.cause = error;
    expect(fieldAfterLogging(error)).toMatchObject({ message: 'round', cause: '[seen above]' });
  });

  it('a socket-like tangle in which everything refers to everything, without growing', () => {
    const { log, lines } = loggedLines();
    const nodes: Record<string, unknown>[] = Array.from({ length: 40 }, () => ({}));
    for (const node of nodes) for (const [index, other] of nodes.entries()) node[`n${index}`] = other;
    log.info('probe', { tangle: nodes[0] });
    expect(lines[0]?.length).toBeLessThan(100_000);
  });

  it('depth', () => {
    const { log, lines } = loggedLines();
    let deep: unknown = 'bottom';
    for (let level = 0; level < 10_000; level += 1) deep = { deep };
    log.info('probe', { deep });
    expect(lines[0]).toContain('[deeper]');
  });

  it('values JSON has no word for', () => {
    const { fieldAfterLogging } = loggedLines();
    const odd = {
      big: 12n,
      missing: undefined,
      none: null,
      odd: Number.NaN,
      at: new Date('2026-11-23T10:00:00Z'),
      url: new URL('https://a.b/c'),
    };
    expect(fieldAfterLogging(odd)).toEqual({
      big: '12',
      none: null,
      odd: null,
      at: '2026-11-23T10:00:00.000Z',
      url: 'https://a.b/c',
    });
  });

  it('a value that cannot be read', () => {
    const { log, entries } = loggedLines();
    const trap = {
      get broken(): never {
        throw new Error('do not look');
      },
    };
    expect(() => log.info('probe', { trap })).not.toThrow();
    expect(entries()[0]).toMatchObject({ event: 'probe' });
  });
});
