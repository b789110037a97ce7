import { setTimeout as sleep } from 'node:timers/promises';
import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { pdfSample, pngSample } from '@vera/stand-in-kit/sample-files';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { tool } from '../../src/tools/tool.ts';
import { startAgent } from './start-agent.ts';

const lookUp = (callback: (input: { name: string }) => Promise<string> | string = ({ name }) => `${name} is on call.`) =>
  tool({ name: 'look_up', title: 'Looking up', description: 'Looks somebody up', inputSchema: z.object({ name: z.string() }), callback });
const resultsIn = (request: ConverseRequest | undefined) =>
  (request?.messages.at(-1)?.content ?? []).flatMap(({ toolResult }) => (toolResult ? [toolResult] : []));
const textOf = (request: ConverseRequest | undefined) => resultsIn(request).map(({ status, content }) => [status, content[0]?.text]);

describe('an answer', () => {
  test('comes as the model says it, delta by delta, and is counted', async () => {
    await using agent = await startAgent([['Bob ', 'is on ', 'call.']]);
    const { events, text, end } = await agent.run();
    expect([text, end]).toEqual(['Bob is on call.', 'completed']);
    expect(events.map(({ kind }) => kind)).toEqual(['text', 'text', 'text', 'model-called', 'ended']);
    expect(events.find(({ kind }) => kind === 'model-called')).toMatchObject({
      call: {
        outputTokens: expect.any(Number),
        inputTokens: expect.any(Number),
        stopReason: 'endTurn',
        model: expect.stringMatching(/^[a-z]+\.anthropic\./),
        firstTokenMilliseconds: expect.any(Number),
      },
    });
  });

  test('a text before and after a tool call are two paragraphs', async () => {
    await using agent = await startAgent([['I look.', { call: 'look_up', input: { name: 'Bob' } }], 'It is Bob.']);
    const { text, events } = await agent.run({ tools: [lookUp()] });
    expect(text).toBe('I look.\n\nIt is Bob.');
    expect(events.filter(({ kind }) => kind.startsWith('tool'))).toMatchObject([
      { kind: 'tool-started', tool: 'look_up', title: 'Looking up' },
      { kind: 'tool-ended', tool: 'look_up', title: 'Looking up', isError: false, input: { name: 'Bob' }, output: 'Bob is on call.' },
    ]);
  });

  test('images and documents reach the model under names Bedrock allows', async () => {
    await using agent = await startAgent(['Seen.']);
    const bytes = pdfSample();
    const pages = 1;
    const content = [
      { kind: 'text', text: 'Ann: what is this?' },
      { kind: 'image', format: 'png', name: 'a.png', bytes: pngSample() },
      { kind: 'document', format: 'pdf', name: 'report_v2 (final)…ö.pdf', bytes, pages },
      { kind: 'document', format: 'pdf', name: '....pdf', bytes, pages },
      { kind: 'document', format: 'pdf', name: '....pdf', bytes, pages },
    ] as const;
    expect((await agent.run({ turns: [{ role: 'user', content }] })).end).toBe('completed');
    const blocks = agent.bedrock.requests[0]?.messages[0]?.content ?? [];
    expect(blocks.flatMap(({ document }) => (document ? [document.name] : []))).toEqual(['file 1-3', 'file 1-4', 'file 1-5']);
  });
});

describe('the request', () => {
  test('new models get no temperature, old ones a low one, both the token limit', async () => {
    for (const [modelId, config] of [
      ['us.anthropic.claude-sonnet-5-5', { maxTokens: 4_096 }],
      ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', { maxTokens: 4_096, temperature: 0.2 }],
    ] as const) {
      await using agent = await startAgent(['Fine.'], { modelId });
      expect((await agent.run()).end).toBe('completed');
      expect(agent.bedrock.requests[0]).toMatchObject({ modelId, stream: true, inferenceConfig: config });
      expect(agent.bedrock.requests[0]?.inferenceConfig).toEqual(config);
    }
  });

  test('B41 an application inference profile is asked by its ARN, with nothing that the model behind it might refuse', async () => {
    const arn = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123def456';
    await using agent = await startAgent(['Fine.'], { modelId: arn, applicationProfiles: { [arn]: 'us.anthropic.claude-sonnet-5-5' } });
    expect(await agent.run()).toMatchObject({ text: 'Fine.', end: 'completed' });
    const resources = agent.record.calls.map(({ resource }) => resource);
    expect(resources).toContain(arn);
    expect(resources).toContain('arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-sonnet-5-5');
  });
});

describe('tools', () => {
  test('several in one turn run, and all results go back together, each under its id', async () => {
    let running = 0;
    let most = 0;
    const slow = lookUp(async ({ name }) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(20);
      running -= 1;
      return `${name}!`;
    });
    const calls = ['Ann', 'Bob', 'Eve'].map((name) => ({ call: 'look_up', input: { name }, toolUseId: `id-${name}` }));
    await using agent = await startAgent([calls, 'All of them.']);
    const { end, events } = await agent.run({ tools: [slow] });
    expect(end).toBe('completed');
    expect(most).toBe(3);
    expect(resultsIn(agent.bedrock.requests[1]).map(({ toolUseId, content }) => [toolUseId, content[0]?.text])).toEqual([
      ['id-Ann', 'Ann!'],
      ['id-Bob', 'Bob!'],
      ['id-Eve', 'Eve!'],
    ]);
    expect(events.filter(({ kind }) => kind === 'tool-ended')).toHaveLength(3);
  });

  test.each(['{"name": "Bo', 'not json', '[1]', '"text"', '7', 'null'])(
    'R19 input that is %s becomes an error the model can read',
    async (input) => {
      const called: string[] = [];
      await using agent = await startAgent([[{ call: 'look_up', input }], 'I could not.']);
      const { end, text } = await agent.run({ tools: [lookUp(({ name }) => noted(called, name))] });
      expect([text, end, called]).toEqual(['I could not.', 'completed', []]);
      expect(textOf(agent.bedrock.requests[1])).toEqual([['error', expect.stringContaining('The input does not fit')]]);
    },
  );

  test('no input at all is an empty object', async () => {
    const ping = tool({ name: 'ping', title: 'Pinging', description: 'Pings', inputSchema: z.object({}), callback: () => 'pong' });
    await using agent = await startAgent([[{ call: 'ping', input: '' }], 'Pong.']);
    await agent.run({ tools: [ping] });
    expect(textOf(agent.bedrock.requests[1])).toEqual([['success', 'pong']]);
  });

  test('a tool nobody has becomes an error the model can read', async () => {
    await using agent = await startAgent([[{ call: 'drop_database', input: {} }], 'I cannot.']);
    const { end, text, events } = await agent.run({ tools: [lookUp()] });
    expect([text, end]).toEqual(['I cannot.', 'completed']);
    expect(resultsIn(agent.bedrock.requests[1])).toMatchObject([{ status: 'error' }]);
    expect(events.find(({ kind }) => kind === 'tool-ended')).toMatchObject({ isError: true });
  });

  test('R23 a tool that throws becomes an error without its words', async () => {
    const broken = lookUp(() => Promise.reject(new Error('xoxb-1-2 at arn:aws:iam::1:role/x')));
    await using agent = await startAgent([[{ call: 'look_up', input: { name: 'Bob' } }], 'I could not.']);
    const { events } = await agent.run({ tools: [broken] });
    expect(textOf(agent.bedrock.requests[1])).toEqual([['error', expect.stringContaining('look_up failed unexpectedly.')]]);
    expect(JSON.stringify([agent.bedrock.requests, events])).not.toMatch(/xoxb|arn:aws:iam/);
  });

  test('R19 a blank result is words', async () => {
    await using agent = await startAgent([[{ call: 'look_up', input: { name: 'Bob' } }], 'Nothing.']);
    expect((await agent.run({ tools: [lookUp(() => '  ')] })).end).toBe('completed');
    expect(textOf(agent.bedrock.requests[1])).toEqual([['success', '(The tool returned nothing.)']]);
  });

  test('an endless tool loop ends after the turns a question may take', async () => {
    let calls = 0;
    await using agent = await startAgent(() => [{ call: 'look_up', input: { name: `Bob ${calls++}` } }], {
      limits: { calls: 5 },
    });
    expect((await agent.run({ tools: [lookUp()] })).end).toBe('too-many-steps');
    expect(agent.bedrock.requests.length).toBeLessThanOrEqual(6);
  });

  test('the very same call is not made again and again, whatever the order of its input', async () => {
    const called: string[] = [];
    const same = [
      { name: 'Bob', floor: 1 },
      { floor: 1, name: 'Bob' },
    ];
    let turn = 0;
    await using agent = await startAgent(() => (turn++ < 7 ? [{ call: 'look_up', input: same[turn % 2] as object }] : 'Enough.'));
    await agent.run({ tools: [lookUp(({ name }) => noted(called, name))] });
    expect(called).toHaveLength(5);
    const told = agent.bedrock.requests.flatMap((request) => textOf(request)).filter(([, text]) => /very input 5 times/.test(text ?? ''));
    expect(told).toHaveLength(2);
  });

  test('too many calls in one turn are refused beyond forty', async () => {
    const called: string[] = [];
    const calls = Array.from({ length: 60 }, (_, index) => ({ call: 'look_up', input: { name: String(index) } }));
    await using agent = await startAgent([calls, 'Enough.']);
    await agent.run({ tools: [lookUp(({ name }) => noted(called, name))] });
    expect(called).toHaveLength(40);
    expect(textOf(agent.bedrock.requests[1]).filter(([, text]) => text?.startsWith('No further tool calls'))).toHaveLength(20);
  });
});

test('a question ends when it used up its tokens', async () => {
  let calls = 0;
  await using agent = await startAgent(() => [{ call: 'look_up', input: { name: `Bob ${calls++}` } }], { limits: { tokens: 3_000 } });
  const { end } = await agent.run({ tools: [lookUp(() => 'word '.repeat(2_000))] });
  expect(end).toBe('too-many-steps');
  expect(calls).toBeLessThan(4);
});

test('a long conversation reaches the model whole', async () => {
  const turns = Array.from({ length: 151 }, (_, index) => ({
    role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
    content: [{ kind: 'text' as const, text: `message ${index}` }],
  }));
  await using agent = await startAgent([[{ call: 'look_up', input: { name: 'Bob' } }], 'It is Bob.']);
  await agent.run({ turns, tools: [lookUp()] });
  expect(agent.bedrock.requests.map(({ messages }) => messages.length)).toEqual([151, 153]);
});

test('R26 questions at once, in one process and with one model client, share nothing', async () => {
  await using agent = await startAgent(({ messages }) => {
    const [asked, , result] = messages.map(({ content }) => content[0]);
    if (result) return `${asked?.text} → ${result.toolResult?.content[0]?.text}`;
    return [{ pauseMilliseconds: 5 }, { call: 'look_up', input: { name: asked?.text } }];
  });
  const names = Array.from({ length: 12 }, (_, index) => `person ${index}`);
  const called = names.map((): string[] => []);
  const answers = await Promise.all(
    names.map((name, index) =>
      agent.run({
        ask: name,
        tools: [lookUp((input) => noted(called[index] ?? [], input.name))],
        systemPrompt: { stable: `For ${name}`, situation: '' },
      }),
    ),
  );
  expect(answers.map(({ text }) => text)).toEqual(names.map((name) => `${name} → noted ${name}`));
  expect(called).toEqual(names.map((name) => [name]));
  for (const request of agent.bedrock.requests) expect(request.system?.[0]?.text).toBe(`For ${request.messages[0]?.content[0]?.text}`);
});

function noted(names: string[], name: string): string {
  names.push(name);
  return `noted ${name}`;
}
