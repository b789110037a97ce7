import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from '@vera/aws-stand-in/aws-error';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ToolFailure, tool } from '../../src/tools/tool.ts';
import { type Asked, delegating, startDelegation } from './start-delegation.ts';

const called: string[] = [];
const lookUp = tool({
  name: 'look_up',
  title: 'Looking up',
  description: 'Looks up',
  inputSchema: z.object({ name: z.string() }),
  callback({ name }) {
    called.push(name);
    if (name === 'nobody') throw new ToolFailure('There is no such person.');
    return `${name} is on call.`;
  },
});
const hidden = { ...lookUp, name: 'drop_table', run: async () => ({ text: `dropped ${called.push('drop_table')}`, isError: false }) };

describe('a helper', () => {
  test('works on its task alone, with nothing of the conversation before it, and its result goes back as data', async () => {
    const answer = delegating('Who is on call?');
    const script = (asked: Asked) => {
      if (asked.task === undefined) return answer(asked);
      return asked.results.length === 0 ? [{ call: 'look_up', input: { name: 'Bob' } }] : `Bob, as ${asked.results[0]?.text}`;
    };
    await using helpers = await startDelegation(script, { tools: [lookUp] });
    const { events, text } = await helpers.answer({ ask: 'Ann: a secret question' });
    expect(text).toBe('Answered.');
    expect(helpers.results()).toEqual([
      { id: 'id-1', status: 'success', text: '<data from="the helper">\nBob, as Bob is on call.\n</data>' },
    ]);
    const [first] = helpers.helperRequests();
    expect(first?.messages).toEqual([{ role: 'user', content: expect.arrayContaining([{ text: 'Who is on call?' }]) }]);
    expect(JSON.stringify(helpers.helperRequests())).not.toContain('secret question');
    expect(events.filter(({ kind }) => kind === 'tool-progress')).toMatchObject([{ title: 'Asking a helper', words: 'Looking up' }]);
  });

  test('M26 of its specialist runs what it is shown, and nothing else: no other tool, and no helper of its own', async () => {
    called.length = 0;
    const specialist = { name: 'reader', description: 'Reads.', prompt: 'Read.', tools: ['look_*'], answersWith: 'text' } as const;
    const answer = delegating({ task: 'Read it', specialist: 'reader' });
    const script = (asked: Asked) => {
      if (asked.task === undefined) return answer(asked);
      const calls = ['drop_table', 'delegate', 'find_tools', 'use_tool', 'look_up'];
      const input = { name: 'Bob', task: 'Drop it', query: 'drop', input: {} };
      return asked.results.length === 0 ? calls.map((call) => ({ call, input })) : 'Read.';
    };
    await using helpers = await startDelegation(script, { specialists: [specialist], tools: [lookUp, hidden] });
    await helpers.answer();
    const [first, second] = helpers.helperRequests();
    expect(first?.toolConfig?.tools?.flatMap(({ toolSpec }) => toolSpec?.name ?? [])).toEqual(['look_up']);
    expect(first?.system?.[0]?.text).toBe('You are a helper.\n\nRead.');
    expect(called).toEqual(['Bob']);
    const results = second?.messages.at(-1)?.content.flatMap(({ toolResult }) => toolResult?.status ?? []);
    expect(results).toEqual(['error', 'error', 'error', 'error', 'success']);
    expect(helpers.helperRequests()).toHaveLength(2);
  });
});

describe('M23 a helper that gives nothing is an error with its reason and what it did', () => {
  const look = [{ call: 'look_up', input: { name: 'Bob' } }];
  test.each<[string, (asked: Asked) => ReturnType<typeof delegating> extends (asked: Asked) => infer Turn ? Turn : never, RegExp]>([
    ['no text after a tool call', ({ results }) => (results.length === 0 ? ['I look.', ...look] : []), /ended without an answer/],
    ['blank text', ({ results }) => (results.length === 0 ? look : ' \n'), /ended without an answer/],
    [
      'an error of the provider',
      ({ results }) => (results.length === 0 ? look : [{ fail: new AwsError(403, 'AccessDeniedException', 'arn:aws:iam::1:role/x') }]),
      /may not be used here/,
    ],
    [
      'a stop of the content rules',
      ({ results }) => (results.length === 0 ? look : ['Half', { stop: 'guardrail_intervened' }]),
      /content rules/,
    ],
    ['an answer that was cut', ({ results }) => (results.length === 0 ? look : ['Half of it', { stop: 'max_tokens' }]), /was cut/],
    ['steps without end', () => look, /all the steps or tokens/],
  ])('%s', async (_, helper, reason) => {
    const answer = delegating('Find out');
    await using helpers = await startDelegation((asked) => (asked.task === undefined ? answer(asked) : helper(asked)), { tools: [lookUp] });
    const { end, text } = await helpers.answer();
    expect([end, text]).toEqual(['completed', 'Answered.']);
    const [result] = helpers.results();
    expect(result?.status).toBe('error');
    expect(result?.text).toMatch(reason);
    expect(result?.text).toMatch(/it called: Looking up/);
    expect(JSON.stringify(helpers.bedrock.requests)).not.toMatch(/arn:aws|Half/);
  });
});

describe('R22 the guardrail of a helper', () => {
  const guardrail = { id: 'guardrail01', version: '1' };

  test('stops what it says: whoever asked it reads the policy, and no word of it', async () => {
    const answer = delegating('Find out');
    await using helpers = await startDelegation((asked) => (asked.task === undefined ? answer(asked) : 'The salary of Bob is 1.'), {
      guardrail,
    });
    expect((await helpers.answer()).end).toBe('completed');
    expect(helpers.results()[0]?.text).toContain('the content rules stopped it: the topic “Salaries”');
    expect(JSON.stringify(helpers.bedrock.requests)).not.toContain('salary');
  });

  test('judges what it is asked before it is asked', async () => {
    const answer = delegating('Look up the salary of Bob');
    await using helpers = await startDelegation((asked) => (asked.task === undefined ? answer(asked) : 'Done.'), { guardrail });
    expect((await helpers.answer()).end).toBe('completed');
    expect(helpers.results()[0]?.text).toContain(
      'Not done: the content rules of this workspace forbid it, because of the topic “Salaries”.',
    );
    expect(helpers.helperRequests()).toEqual([]);
  });
});

test('M24 of five at once one throws and one is silent: the others’ results come in order, each to its call, and all five have one', async () => {
  const answer = delegating('one', 'two throws', 'three', 'four is silent', 'five');
  const script = (asked: Asked) => {
    const { task } = asked;
    if (task === undefined) return answer(asked);
    if (task.includes('throws')) return [{ fail: new AwsError(400, 'ValidationException', 'xoxb-1-2') }];
    if (task.includes('silent')) return [{ hang: true } as const];
    return [{ pauseMilliseconds: task === 'one' ? 60 : 5 }, `result of ${task}`];
  };
  await using helpers = await startDelegation(script, { patience: 600 });
  const began = performance.now();
  const { text } = await helpers.answer();
  expect(text).toBe('Answered.');
  expect(performance.now() - began).toBeLessThan(3_000);
  const [one, two, three, four, five] = helpers.results();
  expect(helpers.results().map(({ id }) => id)).toEqual(['id-1', 'id-2', 'id-3', 'id-4', 'id-5']);
  expect([one, three, five].map((result) => result?.text)).toEqual(
    ['one', 'three', 'five'].map((task) => `<data from="the helper">\nresult of ${task}\n</data>`),
  );
  expect([two?.status, four?.status]).toEqual(['error', 'error']);
  expect(two?.text).not.toContain('xoxb');
  expect(four?.text).toContain('did not answer in the time');
});

test('M24 a helper whose tool never answers, nor hears that it shall end, ends at its time', async () => {
  const deaf = { ...lookUp, run: () => new Promise<never>(() => undefined) };
  const answer = delegating('Wait');
  const script = (asked: Asked) => (asked.task === undefined ? answer(asked) : [{ call: 'look_up', input: { name: 'Bob' } }]);
  await using helpers = await startDelegation(script, { patience: 200, tools: [deaf] });
  expect((await helpers.answer()).text).toBe('Answered.');
  expect(helpers.results()).toMatchObject([{ status: 'error', text: expect.stringContaining('did not answer in the time') }]);
});

test('M25 a stop ends all helpers, and those that had not begun: nothing more is asked of the model or a tool', async () => {
  const tasks = Array.from({ length: 8 }, (_, index) => `task ${index}`);
  const answer = delegating(...tasks);
  const stop = new AbortController();
  const script = (asked: Asked) => {
    if (asked.task === undefined) return answer(asked);
    return [{ pauseMilliseconds: 100 }, { call: 'look_up', input: { name: 'Bob' } }];
  };
  await using helpers = await startDelegation(script, { tools: [lookUp] });
  const running = helpers.answer({ signal: stop.signal });
  await expect.poll(() => helpers.helperRequests().length).toBeGreaterThanOrEqual(5);
  stop.abort('stop');
  const began = performance.now();
  expect((await running).end).toBe('cancelled');
  expect(performance.now() - began).toBeLessThan(2_000);
  const [asked, tools] = [helpers.bedrock.requests.length, called.length];
  await sleep(300);
  expect([helpers.bedrock.requests.length, called.length]).toEqual([asked, tools]);
});

describe('M27 helpers share the limits of their question', () => {
  test('five that would use 60,000 tokens each stay within the 100,000 that are left, and something is left for the answer', async () => {
    const answer = delegating('a', 'b', 'c', 'd', 'e');
    const long = { ...lookUp, run: async () => ({ text: 'word '.repeat(6_000), isError: false }) };
    const script = (asked: Asked) => {
      if (asked.task === undefined) return answer(asked);
      return asked.results.length < 7 ? [{ call: 'look_up', input: { name: 'Bob' } }] : 'All read.';
    };
    await using helpers = await startDelegation(script, { tools: [long], limits: { calls: 60, tokens: 100_000 } });
    const { events, text } = await helpers.answer();
    expect(text).toBe('Answered.');
    const own = events.flatMap((event) => (event.kind === 'model-called' ? [event.call] : []));
    const helped = helpers.lines.filter(({ event }) => event === 'model.called');
    const tokens = [...own, ...helped].map((call) => tokensOf(call as Record<string, number>));
    expect(tokens.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(100_000);
    // Once each: what the log tells of helpers is what the service counted for them.
    expect([own.length, helped.length]).toEqual([2, helpers.helperRequests().length]);
    expect(helpers.results().every(({ status, text: said }) => status === 'error' && said.includes('steps or tokens'))).toBe(true);
  });

  test('with three model calls left, two helpers get one each and the answer gets the last', async () => {
    const answer = delegating('a', 'b', 'c', 'd', 'e');
    const script = (asked: Asked) => (asked.task === undefined ? answer(asked) : 'Done.');
    await using helpers = await startDelegation(script, { limits: { calls: 4, tokens: 600_000 } });
    expect((await helpers.answer()).text).toBe('Answered.');
    expect(helpers.bedrock.requests).toHaveLength(4);
    expect(helpers.results().filter(({ status }) => status === 'success')).toHaveLength(2);
  });
});

describe('M28 a result as data', () => {
  const schema = { type: 'object', properties: { count: { type: 'integer' } }, required: ['count'] };
  const answer = delegating({ task: 'Count', schema });
  const run = async (helper: (asked: Asked) => ReturnType<typeof answer>, options = {}) => {
    await using helpers = await startDelegation((asked) => (asked.task === undefined ? answer(asked) : helper(asked)), options);
    const { text } = await helpers.answer();
    return { text, result: helpers.results()[0], requests: helpers.helperRequests().length };
  };

  test('is checked, and given back as JSON', async () => {
    expect(await run(() => [{ call: 'give_result', input: { count: 3 } }])).toEqual({
      text: 'Answered.',
      result: { id: 'id-1', status: 'success', text: '<data from="the helper">\n{"count":3}\n</data>' },
      requests: 1,
    });
  });

  test('may be said as JSON, too', async () => {
    const { result, requests } = await run(() => '```json\n{"count": 4}\n```');
    expect(result?.text).toContain('{"count":4}');
    expect(requests).toBe(1);
  });

  test.each([
    ['given', () => [{ call: 'give_result', input: { number: 3 } }]],
    ['said', () => '{"number": 3}'],
    ['said as prose', () => 'There are three.'],
  ])('the same wrong one, %s, is tried three times, then a failure that names it', async (_, helper) => {
    const { result, requests, text } = await run(helper);
    expect(requests).toBe(3);
    expect(result).toMatchObject({ status: 'error', text: expect.stringMatching(/did not fit the schema.*(?:count|object)/) });
    expect(text).toBe('Answered.');
  });

  test.each([
    ['in the middle of the call', () => [{ call: 'give_result', input: '{"count": 3' }, { stop: 'max_tokens' } as const]],
    ['in text that reads as a whole', () => ['{"count": 3}', { stop: 'max_tokens' } as const]],
  ])('one that was cut, %s, is never read and not asked for again', async (_, helper) => {
    const { result, requests } = await run(helper);
    expect(requests).toBe(1);
    expect(result).toMatchObject({ status: 'error', text: expect.stringContaining('was cut') });
  });

  test.each([
    [{ type: 'array' }, 'one object'],
    [{ type: 'object', properties: { a: { type: 'string', pattern: '(a+)+$' } } }, 'pattern'],
    [{ type: 'object', properties: { a: { type: 'nothing' } } }, 'no JSON Schema'],
    [{ type: 'object', properties: { a: { $ref: '#/$defs/a' } }, $defs: {} }, '$defs'],
    [{ type: 'object', properties: { a: { type: 'array', items: { anyOf: [{ $ref: '#' }] } } } }, '$ref'],
    [{ type: 'object', properties: { a: { type: 'array', uniqueItems: true } } }, 'uniqueItems'],
    [{ type: 'object', properties: { a: { not: {} } } }, 'not'],
    [{ type: 'object', description: 'x'.repeat(5_000) }, 'longer than'],
  ])('of a schema nobody can be held to (%j) is refused before a helper is asked', async (wrong, reason) => {
    const asking = delegating({ task: 'Count', schema: wrong });
    await using helpers = await startDelegation((asked) => (asked.task === undefined ? asking(asked) : 'never'));
    await helpers.answer();
    expect(helpers.results()).toMatchObject([{ status: 'error', text: expect.stringContaining(reason) }]);
    expect(helpers.helperRequests()).toEqual([]);
  });
});

test('M30 six helpers that are all refused wait once, as long as they are told, and go on one after the other', async () => {
  const tasks = ['a', 'b', 'c', 'd', 'e', 'f'];
  const answer = delegating(...tasks);
  const times: number[] = [];
  const script = (asked: Asked) => {
    if (asked.task === undefined) return answer(asked);
    times.push(performance.now());
    return `result of ${asked.task}`;
  };
  await using helpers = await startDelegation(script, { retry: { attempts: 4, baseMilliseconds: 1 } });
  helpers.bedrock.inject({ kind: 'throttled', retryAfterSeconds: 1, after: 1, times: 5 });
  const began = performance.now();
  const { events, text } = await helpers.answer();
  expect(text).toBe('Answered.');
  expect(helpers.results().every(({ status }) => status === 'success')).toBe(true);
  expect(helpers.helperRequests().length).toBeLessThanOrEqual(12);
  expect(Math.min(...times) - began).toBeGreaterThanOrEqual(1_000);
  const gaps = times.slice(1, 5).map((time, index) => time - (times[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(100);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'tool-progress', words: expect.stringContaining('waits') }));
});

test('a result is kept while the question waits for a person: the same task is not asked again in its next turn', async () => {
  const answer = delegating('Count the stars');
  await using helpers = await startDelegation((asked) => (asked.task === undefined ? answer(asked) : 'Many.'));
  await helpers.answer();
  await helpers.answer();
  expect(helpers.results()).toMatchObject([{ status: 'success', text: expect.stringContaining('Many.') }]);
  expect(helpers.helperRequests()).toHaveLength(1);
});

function tokensOf({ inputTokens = 0, outputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0 }: Record<string, number>): number {
  return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
}
