import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { CallPolicy, SlackCall } from '../src/slack-calls.ts';
import { isRefusedWith, SlackError } from '../src/slack-error.ts';
import { answers, scriptedApi, type Turn, token } from './scripted-api.ts';

const post = 'chat.postMessage';
const words = 'the words of a message';
const repeatable = { repeatable: true };

/** How a call ended after these turns, and how often it was made. */
async function outcomeOf(turns: readonly Turn[], policy?: CallPolicy) {
  await using api = await scriptedApi({ [post]: turns });
  const result = await errorOf(api.call, policy);
  return { result, tries: api.requests.length };
}

async function errorOf(call: SlackCall, policy?: CallPolicy): Promise<SlackError | Record<string, unknown>> {
  try {
    return await call(post, { channel: 'C01', text: words }, policy);
  } catch (error) {
    expect(error).toBeInstanceOf(SlackError);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(token);
    return error as SlackError;
  }
}

describe('one call', () => {
  it('goes out as Slack takes it and gives what Slack answered', async () => {
    await using api = await scriptedApi({ [post]: [answers.ok({ ts: '1.1', message: { text: words } })] });
    const blocks = [{ type: 'divider' }];
    expect(await api.call(post, { channel: 'C01', text: words, blocks, thread_ts: undefined })).toMatchObject({ ok: true, ts: '1.1' });
    expect(api.requests).toMatchObject([{ method: post, authorization: `Bearer ${token}` }]);
    expect(Object.fromEntries(api.requests[0]?.form ?? [])).toEqual({ channel: 'C01', text: words, blocks: JSON.stringify(blocks) });
  });

  it('that Slack refuses says why, and is not made again, repeatable or not', async () => {
    for (const policy of [{}, repeatable]) {
      const { result, tries } = await outcomeOf([answers.error('channel_not_found')], policy);
      expect(result).toMatchObject({ code: 'slack', kind: 'refused', method: post, reason: 'channel_not_found' });
      expect(result).toMatchObject({ message: 'chat.postMessage: channel_not_found' });
      expect(isRefusedWith(result, new Set(['channel_not_found']))).toBe(true);
      expect(isRefusedWith(result, new Set(['thread_not_found']))).toBe(false);
      expect(tries).toBe(1);
    }
  });

  it('rejects with SlackError also for what is wrong on our side', async () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    await using api = await scriptedApi({ [post]: [answers.ok()] });
    await expect(api.call(post, { blocks: circular })).rejects.toBeInstanceOf(SlackError);
  });
});

describe('a call whose answer got lost', { concurrent: true }, () => {
  it.each([
    ['the connection broke', 'cut', 'no answer'],
    ['an error of the server', new Response('Bad Gateway', { status: 502 }), 'no answer'],
    ['a rate limit without a time', new Response(null, { status: 429 }), 'no answer'],
    ['an error that says nothing for sure', answers.error('internal_error'), 'internal_error'],
    ['half an answer', new Response(`{"ok":true,"message":{"text":"${words}`), 'no answer'],
    ['a page of somebody in between', new Response(`<html>${words}</html>`), 'no answer'],
    ['an answer that is no object', new Response('null'), 'no answer'],
    ['an answer without a verdict', new Response('{}'), 'no answer'],
  ] as const)('(%s) is not made again unless it may be', async (_, turn, reason) => {
    const { result, tries } = await outcomeOf([turn]);
    expect(result).toMatchObject({ kind: 'lost', method: post, reason });
    expect(tries).toBe(1);
    expect(inspect(result, { depth: 20, showHidden: true })).not.toContain(words);
    expect(await outcomeOf([turn, answers.ok({ ts: '1.1' })], repeatable)).toMatchObject({ result: { ts: '1.1' }, tries: 2 });
  });

  it('is made four times at most', async () => {
    const { result, tries } = await outcomeOf(['cut'], repeatable);
    expect(result).toMatchObject({ kind: 'lost' });
    expect(tries).toBe(4);
  });

  it('is not made again when the patience is used up', async () => {
    expect(await outcomeOf(['cut'], { repeatable: true, patience: 100 })).toMatchObject({ result: { kind: 'lost' }, tries: 1 });
  });

  it('is not made again when all waiting together would be too long', async () => {
    // The pauses are 200, 400 and 800 milliseconds.
    expect(await outcomeOf(['cut'], { repeatable: true, patience: 500 })).toMatchObject({ result: { kind: 'lost' }, tries: 2 });
  });

  it('to a server that is not there rejects alike', async () => {
    const api = await scriptedApi({});
    await api[Symbol.asyncDispose]();
    expect(await errorOf(api.call)).toMatchObject({ kind: 'lost', reason: 'no answer' });
  });
});

describe('a call that Slack’s host turns away', { concurrent: true }, () => {
  it.each([400, 401, 403, 404, 405, 413, 451])('by %i was not done, and is not made again', async (status) => {
    const { result, tries } = await outcomeOf([new Response('<html>no</html>', { status })], repeatable);
    expect(result).toMatchObject({ kind: 'refused', reason: `http_${status}` });
    expect(tries).toBe(1);
  });

  it.each([408, 500, 503])('by %i may have been done', async (status) => {
    const { result } = await outcomeOf([new Response('', { status })]);
    expect(result).toMatchObject({ kind: 'lost' });
  });
});

describe('what a workspace lacks', () => {
  it.each(['feature_disabled', 'not_agent_app', 'unknown_method'])('(%s) is asked for once in a process', async (error) => {
    await using api = await scriptedApi({ [post]: [answers.error(error), answers.ok({ ts: '1.1' })] });
    for (let time = 0; time < 3; time += 1) expect(await errorOf(api.call)).toMatchObject({ kind: 'refused', method: post, reason: error });
    expect(api.requests).toHaveLength(1);
  });

  it('in one kind of channel it may have in another', async () => {
    await using api = await scriptedApi({ [post]: [answers.error('channel_type_not_supported'), answers.ok({ ts: '1.1' })] });
    const ask = (channel: string) => api.call(post, { channel }).catch((error: SlackError) => error.reason);
    expect([await ask('D01'), await ask('D02'), await ask('C01')]).toMatchObject([
      'channel_type_not_supported',
      'channel_type_not_supported',
      { ts: '1.1' },
    ]);
  });

  it('is not what one call was refused for', async () => {
    await using api = await scriptedApi({ [post]: [answers.error('not_in_channel'), answers.ok({ ts: '1.1' })] });
    expect(await errorOf(api.call)).toMatchObject({ reason: 'not_in_channel' });
    expect(await api.call(post, { channel: 'C01' })).toMatchObject({ ts: '1.1' });
  });
});

describe('a call that Slack puts off', { concurrent: true }, () => {
  it.each([
    ['by status and time', answers.limited(1)],
    ['by error name', answers.error('ratelimited')],
    ['by the name chat.postMessage uses', answers.error('rate_limited')],
  ])('%s waits and is made again, though nobody called it repeatable', async (_, turn) => {
    await using api = await scriptedApi({ [post]: [turn, answers.ok({ ts: '1.1' })] });
    expect(await api.call(post, { channel: 'C01' })).toMatchObject({ ts: '1.1' });
    const [first, second] = api.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
    expect(api.requests).toHaveLength(2);
  });

  it('longer than the caller can wait is told at once', async () => {
    const before = performance.now();
    const { result, tries } = await outcomeOf([answers.limited(30)], { patience: 5_000 });
    expect(result).toMatchObject({ kind: 'ratelimited', reason: 'ratelimited' });
    expect(tries).toBe(1);
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(await outcomeOf([answers.limited(61)])).toMatchObject({ result: { kind: 'ratelimited' }, tries: 1 });
  });

  it('does not hold back other calls', async () => {
    await using api = await scriptedApi({ [post]: [answers.limited(1), answers.ok()], 'users.info': [answers.ok()] });
    const limited = api.call(post, {});
    await expect.poll(() => api.requests.length).toBe(1);
    await api.call('users.info', { user: 'U01' });
    expect(api.requests.map(({ method }) => method)).toEqual([post, 'users.info']);
    await limited;
  });
});
