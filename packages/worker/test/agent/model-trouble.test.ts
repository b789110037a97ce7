import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { AgentEvent } from '../../src/agent/agent.ts';
import { tool } from '../../src/tools/tool.ts';
import { startAgent } from './start-agent.ts';

// Cases from outside: B08-end-turn-beside-tool-call, B10-malformed-stop-reasons.
const greeting = (called: string[] = []) =>
  tool({
    name: 'greet',
    title: 'Greeting',
    description: 'Greets',
    inputSchema: z.object({ name: z.string() }),
    callback: ({ name }) => {
      called.push(name);
      return `Hello ${name}`;
    },
  });

describe('trouble that passes', () => {
  test.each(['throttled', 'unavailable', 'internal'] as const)('%s twice, then answered', async (kind) => {
    await using agent = await startAgent(['Fine.']);
    agent.bedrock.inject({ kind, times: 2 });
    const { text, end, events } = await agent.run();
    expect([text, end]).toEqual(['Fine.', 'completed']);
    expect(agent.bedrock.requests).toHaveLength(3);
    const code = kind === 'internal' ? 'unavailable' : kind;
    const retried = (attempt: number) => ({ kind: 'model-retried', code, attempt });
    expect(events.filter((event) => event.kind === 'model-retried')).toEqual([retried(1), retried(2)]);
  });

  test.each(['stream-throttled', 'stream-internal'] as const)('%s before any text, then answered', async (kind) => {
    await using agent = await startAgent(['Fine.', 'Fine.']);
    agent.bedrock.inject({ kind, deltas: 0 });
    expect(await agent.run()).toMatchObject({ text: 'Fine.', end: 'completed' });
    expect(agent.bedrock.requests).toHaveLength(2);
  });

  test('the second call of a question is repeated, too, although the first one showed text', async () => {
    await using agent = await startAgent([['I greet.', { call: 'greet', input: { name: 'Ann' } }], 'Done.']);
    agent.bedrock.inject({ kind: 'throttled', after: 1 });
    expect(await agent.run({ tools: [greeting()] })).toMatchObject({ text: 'I greet.\n\nDone.', end: 'completed' });
    expect(agent.bedrock.requests).toHaveLength(3);
  });

  test('a connection nobody answers is tried again', async () => {
    await using agent = await startAgent(['Fine.', 'Fine.']);
    agent.bedrock.inject({ kind: 'stream-cut', deltas: 0 });
    expect(await agent.run()).toMatchObject({ text: 'Fine.', end: 'completed' });
  });
});

describe('trouble that stays', () => {
  test.each([
    ['throttled', 'throttled', 3],
    ['unavailable', 'unavailable', 3],
    ['internal', 'unavailable', 3],
    ['access-denied', 'not-permitted', 1],
    ['timeout-408', 'timed-out', 1],
  ] as const)('%s is %s after %d calls', async (kind, code, calls) => {
    await using agent = await startAgent(() => 'Fine.');
    agent.bedrock.inject({ kind, times: 9 });
    expect(await agent.run()).toMatchObject({ text: '', end: code });
    expect(agent.bedrock.requests).toHaveLength(calls);
  });

  test.each(['stream-throttled', 'stream-internal', 'stream-cut'] as const)(
    '%s after text: the text is shown once, not twice',
    async (kind) => {
      await using agent = await startAgent(() => ['One. ', 'Two. ', 'Three. ', 'Four.']);
      agent.bedrock.inject({ kind, deltas: 2 });
      const { text, end } = await agent.run();
      expect(text).toBe('One. Two. ');
      expect(end).toBe(kind === 'stream-throttled' ? 'throttled' : 'unavailable');
      expect(agent.bedrock.requests).toHaveLength(1);
    },
  );

  test('a tool ran once, although the call after it failed for good', async () => {
    const called: string[] = [];
    await using agent = await startAgent([[{ call: 'greet', input: { name: 'Ann' } }], 'Done.']);
    agent.bedrock.inject({ kind: 'throttled', after: 1, times: 9 });
    expect(await agent.run({ tools: [greeting(called)] })).toMatchObject({ end: 'throttled' });
    expect(called).toEqual(['Ann']);
  });

  test('nobody listens at all', async () => {
    const agent = await startAgent(['Fine.']);
    await agent[Symbol.asyncDispose]();
    expect(await agent.run()).toMatchObject({ end: 'unavailable' });
  });
});

describe('the input is too long', () => {
  test.each([
    'Input is too long for requested model.',
    'The model returned the following errors: input length and `max_tokens` exceed context limit: 199000 + 8192 > 200000',
    'too many total text bytes: 25,000,001',
    'prompt is too long: 210000 tokens > 200000 maximum',
    "This model's maximum context length is 131072 tokens",
  ])('%s', async (message) => {
    await using agent = await startAgent(() => 'Fine.');
    agent.bedrock.inject({ kind: 'validation', message, times: 9 });
    expect(await agent.run()).toMatchObject({ end: 'too-large' });
    expect(agent.bedrock.requests).toHaveLength(1);
  });

  test('Bedrock finds so itself', async () => {
    await using agent = await startAgent(() => 'Fine.');
    expect(await agent.run({ ask: 'word '.repeat(220_000) })).toMatchObject({ end: 'too-large' });
  });

  test('a long conversation is tried again without its oldest part', async () => {
    const turns = Array.from({ length: 9 }, (_, index) => ({
      role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
      content: [{ kind: 'text' as const, text: `message ${index}` }],
    }));
    await using agent = await startAgent(() => 'Fine.');
    agent.bedrock.inject({ kind: 'validation', message: 'Input is too long for requested model.' });
    expect(await agent.run({ turns })).toMatchObject({ text: 'Fine.', end: 'completed' });
    const [first, second] = agent.bedrock.requests.map(({ messages }) => messages.map(({ content }) => content[0]?.text));
    expect(first).toHaveLength(9);
    expect(second?.length).toBeLessThan(9);
    expect(second?.at(-1)).toBe('message 8');
  });

  test('the model stops for it', async () => {
    await using agent = await startAgent(() => 'Fine.');
    agent.bedrock.inject({ kind: 'stop-reason', reason: 'model_context_window_exceeded', times: 9 });
    expect(await agent.run()).toMatchObject({ end: 'too-large' });
  });
});

describe('how the model stops', () => {
  test('at its output limit the text shown stays and the end is told', async () => {
    await using agent = await startAgent(['word '.repeat(500)], { maxTokens: 100 });
    const { text, end } = await agent.run();
    expect(end).toBe('cut');
    expect(text.length).toBeGreaterThan(100);
  });

  test('at its output limit inside a tool’s input the tool never runs', async () => {
    const called: string[] = [];
    await using agent = await startAgent(() => ['I greet.', { call: 'greet', input: { name: 'A'.repeat(4_000) } }], { maxTokens: 100 });
    expect(await agent.run({ tools: [greeting(called)] })).toMatchObject({ text: 'I greet.', end: 'cut' });
    expect(called).toEqual([]);
  });

  test.each(['guardrail_intervened', 'content_filtered'] as const)('%s is told as blocked', async (reason) => {
    await using agent = await startAgent(['Secrets.']);
    agent.bedrock.inject({ kind: 'stop-reason', reason, message: 'Not allowed.' });
    expect(await agent.run()).toMatchObject({ end: 'blocked' });
  });

  test('each call names the guardrail and its published version, which AWS wants a permission for', async () => {
    await using agent = await startAgent([['Fine.']], { guardrail: { id: 'guardrail01', version: '1' } });
    expect(await agent.run()).toMatchObject({ end: 'completed' });
    expect(agent.bedrock.requests.at(-1)?.guardrailConfig).toMatchObject({ guardrailIdentifier: 'guardrail01', guardrailVersion: '1' });
    expect(agent.record.calls.map(({ action, resource }) => `${action} ${resource}`)).toContain(
      'bedrock:ApplyGuardrail arn:aws:bedrock:us-east-1:000000000000:guardrail/guardrail01',
    );
  });

  test.each(['malformed_model_output', 'malformed_tool_use'] as const)('B10 %s is tried again while nothing was shown', async (reason) => {
    await using agent = await startAgent([[{ call: 'greet', input: { name: 'Ann' } }], 'Fine.']);
    agent.bedrock.inject({ kind: 'stop-reason', reason });
    expect(await agent.run({ tools: [greeting()] })).toMatchObject({ text: 'Fine.', end: 'completed' });
    expect(agent.bedrock.requests).toHaveLength(2);
  });

  test.each(['malformed_model_output', 'malformed_tool_use'] as const)('B10 %s every time is an answer that broke off', async (reason) => {
    const called: string[] = [];
    await using agent = await startAgent(() => [{ call: 'greet', input: { name: 'Ann' } }]);
    agent.bedrock.inject({ kind: 'stop-reason', reason, times: 9 });
    expect(await agent.run({ tools: [greeting(called)] })).toMatchObject({ end: 'broken-off' });
    expect(agent.bedrock.requests).toHaveLength(3);
    expect(called).toEqual([]);
  });

  test('B10 malformed after text: the text is shown once and the answer is told as broken off', async () => {
    await using agent = await startAgent(() => ['It is ', { stop: 'malformed_model_output' }]);
    expect(await agent.run()).toMatchObject({ text: 'It is ', end: 'broken-off' });
    expect(agent.bedrock.requests).toHaveLength(1);
  });

  test.each(['end_turn', 'stop_sequence'] as const)('B08 %s beside a tool call: the tool runs', async (stop) => {
    const called: string[] = [];
    await using agent = await startAgent([['I will greet. ', { call: 'greet', input: { name: 'Bob' } }, { stop }], 'It is Bob.']);
    expect(await agent.run({ tools: [greeting(called)] })).toMatchObject({ text: 'I will greet. \n\nIt is Bob.', end: 'completed' });
    expect(called).toEqual(['Bob']);
  });

  test('B08 a content filter beside a tool call: the tool does not run', async () => {
    const called: string[] = [];
    await using agent = await startAgent([[{ call: 'greet', input: { name: 'Bob' } }, { stop: 'content_filtered' }]]);
    expect(await agent.run({ tools: [greeting(called)] })).toMatchObject({ end: 'blocked' });
    expect(called).toEqual([]);
  });

  test('tool_use without a tool call is an answer like any other', async () => {
    await using agent = await startAgent([['It is Bob.', { stop: 'tool_use' }]]);
    expect(await agent.run({ tools: [greeting()] })).toMatchObject({ text: 'It is Bob.', end: 'completed' });
  });

  test('ids that the model gives twice, in one answer or in two, are told apart', async () => {
    const called: string[] = [];
    const call = (name: string) => ({ call: 'greet', input: { name }, toolUseId: 'call_0' });
    await using agent = await startAgent([[call('Ann'), call('Bob')], [call('Cid')], 'Done.']);
    expect(await agent.run({ tools: [greeting(called)] })).toMatchObject({ text: 'Done.', end: 'completed' });
    expect(called).toEqual(['Ann', 'Bob', 'Cid']);
  });

  test.each(['functions.greet all', 'x'.repeat(200), '…'])('a made-up tool name (%s) costs that call, not the question', async (name) => {
    await using agent = await startAgent([[{ call: name, input: {} }], 'Fine.']);
    expect(await agent.run({ tools: [greeting()] })).toMatchObject({ text: 'Fine.', end: 'completed' });
  });

  test('a stop sequence is an answer', async () => {
    await using agent = await startAgent([['Fine.', { stop: 'stop_sequence' }]]);
    expect(await agent.run()).toMatchObject({ text: 'Fine.', end: 'completed' });
  });

  test('saying nothing at all ends the run with nothing', async () => {
    await using agent = await startAgent([[]]);
    expect(await agent.run()).toMatchObject({ text: '', end: 'completed' });
  });
});

describe('cancelling', () => {
  test('while the model thinks', async () => {
    await using agent = await startAgent([[{ hang: true }]]);
    const cancel = new AbortController();
    const running = agent.run({ signal: cancel.signal });
    await expect.poll(() => agent.bedrock.requests.length).toBe(1);
    cancel.abort('stop');
    expect(await running).toMatchObject({ end: 'cancelled' });
  });

  test('while the model speaks', async () => {
    await using agent = await startAgent([['One. ', { hang: true }]]);
    const cancel = new AbortController();
    const onEvent = ({ kind }: AgentEvent) => void (kind === 'text' && cancel.abort('stop'));
    expect(await agent.run({ signal: cancel.signal, onEvent })).toMatchObject({ text: 'One. ', end: 'cancelled' });
  });

  test('while a tool runs, which is told so', async () => {
    const started = Promise.withResolvers<void>();
    let isToldSo = false;
    const slow = tool({
      name: 'greet',
      title: 'Greeting',
      description: 'Greets',
      inputSchema: z.object({}),
      callback: async (_, signal) => {
        started.resolve();
        await sleep(5_000, undefined, { signal }).catch(() => {
          isToldSo = true;
        });
        return 'late';
      },
    });
    await using agent = await startAgent([[{ call: 'greet', input: {} }], 'Done.']);
    const cancel = new AbortController();
    const running = agent.run({ signal: cancel.signal, tools: [slow] });
    await started.promise;
    cancel.abort('stop');
    expect(await running).toMatchObject({ text: '', end: 'cancelled' });
    expect(isToldSo).toBe(true);
    expect(agent.bedrock.requests).toHaveLength(1);
  });

  test('before it begins', async () => {
    await using agent = await startAgent(['Fine.']);
    expect(await agent.run({ signal: AbortSignal.abort('stop') })).toMatchObject({ end: 'cancelled' });
  });

  test('while it waits for its next try', async () => {
    await using agent = await startAgent(['Fine.'], { retry: { attempts: 9, baseMilliseconds: 8_000 } });
    agent.bedrock.inject({ kind: 'throttled', times: 9 });
    const cancel = new AbortController();
    const running = agent.run({ signal: cancel.signal });
    await expect.poll(() => agent.bedrock.requests.length).toBe(1);
    cancel.abort('stop');
    expect(await running).toMatchObject({ end: 'cancelled' });
  });
});
