import { context, type Span, trace } from '@opentelemetry/api';
import { pdfSample } from '@vera/stand-in-kit/sample-files';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { AgentEvent } from '../../src/agent/agent.ts';
import type { ApplyGuardrail } from '../../src/guardrail/apply-guardrail.ts';
import { createJudge } from '../../src/guardrail/judge-text.ts';
import { markAsData } from '../../src/mark-as-data.ts';
import { calculate } from '../../src/tools/sums-and-dates.ts';
import { type Tool, tool } from '../../src/tools/tool.ts';
import { startAgent } from './start-agent.ts';

const guardrail = { id: 'guardrail01', version: '1' };
const calling = (name: string, input: unknown = {}) => [[{ call: name, input }], 'Done.'];

function giving(text: string, changes: Partial<Tool> = {}): Tool {
  const found = [{ title: 'A page' }];
  return {
    ...tool({ name: 'look_up', title: 'Looking up', description: 'x', inputSchema: z.object({}), callback: () => ({ text, found }) }),
    ...changes,
  };
}

const leftOut = (events: readonly AgentEvent[]) => events.flatMap((event) => (event.kind === 'left-out' ? [event.words] : []));
const resultIn = (agent: { bedrock: { requests: readonly { messages: readonly { content: readonly { toolResult?: unknown }[] }[] }[] } }) =>
  JSON.stringify(agent.bedrock.requests.at(-1)?.messages.flatMap(({ content }) => content.flatMap(({ toolResult }) => toolResult ?? [])));

describe('what a tool gives', () => {
  test('is judged before the model reads it: stopped, it is left out and named, with the policy', async () => {
    await using agent = await startAgent(calling('look_up'), { guardrail });
    const { events, end } = await agent.run({ tools: [giving('The salary of Bob is 1.')] });
    expect(end).toBe('completed');
    expect(resultIn(agent)).toContain('Left out by the content rules of this workspace, because of the topic “Salaries”');
    expect(JSON.stringify(agent.bedrock.requests)).not.toContain('salary of Bob');
    expect(leftOut(events)).toEqual([
      'The content rules of this workspace kept back what “Looking up” gave, because of the topic “Salaries”',
    ]);
    const ended = events.find((event) => event.kind === 'tool-ended');
    expect(ended).toMatchObject({ told: 'kept back by the content rules', output: expect.not.stringContaining('salary of Bob') });
    expect(ended).not.toHaveProperty('found');
  });

  test.each([
    ['as a whole', ['The salary', 'of Bob is 1.'], 0],
    ['together', ['The salary', 'of Bob is 1.', 'Ask Carol.'], 1],
    ['together once a part is out', ['The salary', 'The salary of Ann is 2.', 'of Bob is 1.'], 0],
  ])('is left out in the parts that are stopped only %s', async (_, texts, kept) => {
    // The topic is found only where both stand in a text.
    const apply: ApplyGuardrail = async (text) => {
      const intervened = /salary[\s\S]*of Bob|salary of Ann/.test(text);
      const topics = intervened ? [{ name: 'Salaries', type: 'DENY', action: 'BLOCKED', detected: true }] : [];
      return { intervened, assessments: [{ topicPolicy: { topics } }], units: 1 };
    };
    const judge = createJudge({ apply, pause: async () => undefined });
    await using agent = await startAgent(calling('look_up'), { guardrail, judge });
    const { events } = await agent.run({ tools: [giving(texts.map((text) => markAsData(text, 'a page')).join('\n\n'))] });
    expect(resultIn(agent)).not.toMatch(/salary|of Bob/);
    expect(resultIn(agent).match(/<data/g) ?? []).toHaveLength(kept);
    expect(leftOut(events)).toHaveLength(1);
  });

  test('is left out in that part alone where it has several', async () => {
    const parts = ['Leave is twenty days.', 'The salary of Bob is 1.', 'Ask Carol.'].map((text) => markAsData(text, 'a page'));
    await using agent = await startAgent(calling('look_up'), { guardrail });
    const { events } = await agent.run({ tools: [giving(parts.join('\n\n'))] });
    expect(resultIn(agent)).toMatch(/Left out[\s\S]*twenty days[\s\S]*Ask Carol/);
    expect(resultIn(agent)).not.toContain('salary of Bob');
    expect(leftOut(events)[0]).toContain('kept back a part of what “Looking up” gave');
  });

  test('goes in masked, which is told', async () => {
    await using agent = await startAgent(calling('look_up'), { guardrail });
    const { events } = await agent.run({ tools: [giving('Write to ann@northwind.test.')] });
    expect(resultIn(agent)).toContain('Write to {EMAIL}.');
    expect(events).toContainEqual({ kind: 'masked', kinds: ['e-mail address'] });
    expect(events.find((event) => event.kind === 'judged')).toMatchObject({ verdict: 'passed', units: expect.any(Number) });
  });

  test('M20 and cannot be judged is left out and named', async () => {
    await using agent = await startAgent(calling('look_up'), { guardrail });
    agent.bedrock.applyGuardrail.inject({ kind: 'throttled', times: 99 });
    const { events, end } = await agent.run({ tools: [giving('Harmless.')] });
    expect(end).toBe('completed');
    expect(resultIn(agent)).not.toContain('Harmless');
    expect(leftOut(events)).toEqual(['The content rules of this workspace could not be checked for what “Looking up” gave']);
  });

  test('is judged when it failed, too, and when it was given before', async () => {
    const failing = giving('', { run: async () => ({ text: 'The salary of Bob is secret.', isError: true }) });
    await using agent = await startAgent(calling('look_up'), { guardrail });
    const output = { text: 'The salary of Ann is set.', isError: false };
    await agent.run({ tools: [failing], made: [{ id: 'change-1', tool: 'look_up', input: {}, output }] });
    expect(JSON.stringify(agent.bedrock.requests)).not.toMatch(/salary of/);
  });

  test('is not judged where it says our own words, nor without a guardrail', async () => {
    await using agent = await startAgent(calling('calculate', { expression: '1 + 1' }), { guardrail });
    await agent.run({ tools: [calculate()] });
    await using free = await startAgent(calling('look_up'));
    await free.run({ tools: [giving('The salary of Bob is 1.')] });
    expect([agent.bedrock.applyGuardrail.calls, free.bedrock.applyGuardrail.calls]).toEqual([[], []]);
    expect(resultIn(free)).toContain('The salary of Bob is 1.');
    expect(JSON.stringify(free.bedrock.requests)).not.toContain('guardContent');
  });
});

describe('what is in a file', () => {
  const turn = (text: string) => [
    {
      role: 'user' as const,
      content: [
        { kind: 'text' as const, text: 'Ann: what is this?' },
        { kind: 'text' as const, text, file: 'pay.txt' },
      ],
    },
  ];

  test('is judged in pieces, not as what people say, and left out and named', async () => {
    await using agent = await startAgent(['I cannot.'], { guardrail });
    const { events, end } = await agent.run({ turns: turn(`${'Fine. '.repeat(5_000)}The salary of Bob is 1.`) });
    expect(end).toBe('completed');
    expect(leftOut(events)).toEqual(['The content rules of this workspace kept back the file “pay.txt”, because of the topic “Salaries”']);
    const [said, file] = agent.bedrock.requests[0]?.messages[0]?.content ?? [];
    expect(said).toEqual({ guardContent: { text: { text: 'Ann: what is this?', qualifiers: ['guard_content'] } } });
    expect(file?.text).toContain('Left out by the content rules');
  });

  const pdf = (text: string) => [
    {
      role: 'user' as const,
      content: [
        { kind: 'text' as const, text: 'Ann: what is this?' },
        { kind: 'text' as const, text: 'File "pay.pdf" follows.', file: 'pay.pdf' },
        { kind: 'document' as const, format: 'pdf' as const, name: 'pay.pdf', bytes: pdfSample(), pages: 1, text },
      ],
    },
  ];

  test.each([
    ['stopped', 'The salary of Bob is 1.', /Left out by the content rules/],
    ['masked', 'Write to ann@northwind.test.', /Write to \{EMAIL\}/],
  ])('that is given whole is %s by what was read of it, for its bytes cannot be', async (_, text, said) => {
    await using agent = await startAgent(['Fine.'], { guardrail });
    await agent.run({ turns: pdf(text) });
    const content = agent.bedrock.requests[0]?.messages[0]?.content ?? [];
    expect(content[2]?.text).toMatch(said);
    expect(content.some(({ document }) => document)).toBe(false);
  });

  test('that is given whole goes in as it is where nothing is found', async () => {
    await using agent = await startAgent(['Fine.'], { guardrail });
    await agent.run({ turns: pdf('All is well.') });
    expect(agent.bedrock.requests[0]?.messages[0]?.content[2]?.document?.format).toBe('pdf');
  });

  test('goes in as it is where nothing is found', async () => {
    await using agent = await startAgent(['Fine.'], { guardrail });
    await agent.run({ turns: turn('All is well.') });
    expect(agent.bedrock.requests[0]?.messages[0]?.content[1]).toEqual({ text: 'All is well.' });
  });
});

test('M34 the cache point stays behind what is guarded', async () => {
  await using agent = await startAgent(['Fine.'], { guardrail });
  await agent.run();
  const [guarded, point] = agent.bedrock.requests[0]?.messages[0]?.content ?? [];
  expect(guarded?.guardContent?.text?.text).toBe('Ann: who is on call?');
  expect(point).toEqual({ cachePoint: { type: 'default' } });
});

test('M21 what the guardrail found is in no span of the library', async () => {
  const told: unknown[] = [];
  const note = (...args: unknown[]) => void told.push(args);
  const span = {
    setAttribute: note,
    setAttributes: note,
    addEvent: note,
    setStatus: note,
    updateName: note,
    recordException: note,
  } as unknown as Span;
  const whole = {
    ...span,
    end() {},
    isRecording: () => true,
    spanContext: () => ({ traceId: '1', spanId: '1', traceFlags: 1 }),
    addLink() {},
    addLinks() {},
  };
  const tracer = {
    startSpan: (name: string, options: unknown) => {
      note(name, options);
      return whole as unknown as Span;
    },
    startActiveSpan: (_name: string, ...rest: unknown[]) => (rest.at(-1) as (one: unknown) => unknown)(whole),
  };
  trace.setGlobalTracerProvider({ getTracer: () => tracer as never });
  try {
    await using agent = await startAgent(['Write to ann@northwind.test.'], { guardrail });
    expect(await agent.run()).toMatchObject({ text: 'Write to {EMAIL}.', end: 'completed' });
  } finally {
    trace.disable();
    context.disable();
  }
  expect(told.length).toBeGreaterThan(0);
  expect(JSON.stringify(told)).toContain('{EMAIL}');
  expect(JSON.stringify(told)).not.toContain('ann@northwind');
});
