import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { toRoadSteps } from '../src/page/state/to-road-steps.ts';
import { createRoad } from '../src/road.ts';

const line = (event: string, fields: Record<string, unknown> = {}) =>
  JSON.stringify({ time: '2026-11-23T12:00:00.123Z', event, ...fields });
const recorded = (number: number) =>
  line('question.recorded', { service: 'receiver', question: `q-${number}`, channel: 'C1', thread: '1.0', message: `${number}.0` });

describe('a road', () => {
  test('holds the lines of its question in the order of time, whenever they came', () => {
    const road = createRoad({ keep: 10 });
    road.add({ component: 'invoker', line: line('question.invoked', { question: 'q-1', time: '2026-11-23T12:00:02.000Z' }) });
    road.add({ component: 'receiver', line: recorded(1) });
    road.add({ component: 'worker', line: line('thread.read', { question: 'q-2' }) });
    expect(road.of('q-1').map(({ event }) => event)).toEqual(['question.recorded', 'question.invoked']);
    expect(road.questionOf('C1', '1.0')).toBe('q-1');
  });

  test('gets feedback on its message, which names no question', () => {
    const road = createRoad({ keep: 10 });
    road.add({ component: 'receiver', line: recorded(1) });
    road.add({ component: 'receiver', line: line('feedback.recorded', { channel: 'C1', message: '1.0', rating: 'good' }) });
    expect(road.of('q-1').map(({ event }) => event)).toEqual(['question.recorded', 'feedback.recorded']);
  });

  test('keeps text that is not a log line as it is, under the time it came', () => {
    const road = createRoad({ keep: 10, now: () => 1_000 });
    for (const text of ['Segmentation fault', '{broken', '[1]', 'null', '{}', '{"time":7,"event":8,"question":9}']) {
      road.add({ component: 'worker', line: text });
    }
    expect(road.recent.map(({ line: text }) => text).slice(0, 2)).toEqual(['Segmentation fault', '{broken']);
    for (const event of road.recent) expect(event).toMatchObject({ component: 'worker', at: 1_000, event: '' });
  });

  test('forgets the oldest questions and lines beyond what it keeps', () => {
    const road = createRoad({ keep: 2 });
    for (const number of [1, 2, 3]) road.add({ component: 'receiver', line: recorded(number) });
    expect([1, 2, 3].map((number) => road.of(`q-${number}`).length)).toEqual([0, 1, 1]);
    expect(road.questions.map(({ question }) => question)).toEqual(['q-2', 'q-3']);
    expect(road.recent).toHaveLength(2);
  });

  test('does not grow without end, neither in lines nor in their length', () => {
    const road = createRoad({ keep: 10 });
    for (let count = 0; count < 600; count += 1) road.add({ component: 'worker', line: line('model.called', { question: 'q-1' }) });
    road.add({ component: 'worker', line: 'x'.repeat(100_000) });
    expect(road.of('q-1')).toHaveLength(500);
    expect(road.recent.at(-1)?.line.length).toBeLessThan(5_000);
  });

  test('tells those who listen, until they end it', () => {
    const road = createRoad({ keep: 10 });
    const heard: string[] = [];
    const end = road.onEvent(({ event }) => heard.push(event));
    road.add({ component: 'receiver', line: recorded(1) });
    end();
    road.add({ component: 'receiver', line: recorded(2) });
    expect(heard).toEqual(['question.recorded']);
  });
});

describe('the steps of a road', () => {
  const road = createRoad({ keep: 10 });
  const at = (milliseconds: number) => new Date(Date.parse('2026-11-23T12:00:00.000Z') + milliseconds).toISOString();
  const messageTs = `${Date.parse('2026-11-23T12:00:00.000Z') / 1_000}.000000`;
  for (const entry of [
    line('question.recorded', { time: at(35), service: 'receiver', question: 'q-1', files: 2 }),
    line('tool.called', { time: at(700), service: 'worker', question: 'q-1', tool: 'calculate', milliseconds: 37, status: 'error' }),
    line('something.new', { time: at(900), service: 'worker', question: 'q-1' }),
    line('reply.undeliverable', { time: at(950), level: 'error', service: 'worker', question: 'q-1', error: { message: 'channel gone' } }),
    line('constructor', { time: at(960), service: 'worker', question: 'q-1' }),
  ])
    road.add({ component: 'any', line: entry });
  const steps = toRoadSteps(road.of('q-1'), messageTs);

  test('begin with the message and say when each came, in milliseconds after it', () => {
    expect(steps.map(({ station, at: when }) => [station, when]).slice(0, 3)).toEqual([
      ['Slack', 0],
      ['Ledger', 35],
      ['Tools', 700],
    ]);
    expect(steps[1]?.detail).toBe('with 2 files');
  });

  test('say what failed', () => {
    expect(steps[2]).toMatchObject({ took: 37, isProblem: true, detail: 'calculate · 37 ms · failed' });
    expect(steps[4]).toMatchObject({ isProblem: true, detail: 'channel gone' });
  });

  test('show events nobody described by their names', () => {
    expect(steps.map(({ station, title }) => `${station}: ${title}`)).toEqual(
      expect.arrayContaining(['Worker: Something: new', 'Worker: Constructor']),
    );
  });

  test('leave out Slack’s second word of the same message, and mark what is done once more', () => {
    const again = createRoad({ keep: 10 });
    for (const [event, fields] of [
      ['question.recorded', {}],
      ['question.duplicate', {}],
      ['question.duplicate', { retry: 1, retryReason: 'http_timeout' }],
      ['question.leased', { attempt: 1 }],
      ['model.retried', { level: 'warn', code: 'throttled', attempt: 1 }],
      ['question.resent', {}],
      ['question.leased', { attempt: 2 }],
    ] as const)
      again.add({ component: 'any', line: line(event, { question: 'q-1', ...fields }) });
    const marked = toRoadSteps(again.of('q-1'), messageTs).map(({ title, detail, isRetry }) => [title, detail, isRetry]);
    expect(marked).toEqual([
      ['The message was posted', '', false],
      ['The receiver checked the signature and recorded the question', '', false],
      ['Known already; left aside', 'Slack’s delivery no. 2, after http_timeout', true],
      ['The worker holds the lease', '', false],
      ['The model did not answer; it is asked again', 'throttled', true],
      ['Sent to the invoker again', '', true],
      ['The worker holds the lease', 'attempt 2', true],
    ]);
    expect(again.of('q-1')).toHaveLength(7);
  });

  test('hold what each call of a tool was given and gave, however long, and no other details', () => {
    const talkative = createRoad({ keep: 10 });
    const add = (event: string, fields: object): boolean =>
      talkative.add({ component: 'any', line: line(event, { question: 'q-1', ...fields }) });
    const used = (tool: string, input: unknown, output: string) => {
      add('tool.called', { tool, milliseconds: 1 });
      add('tool.answered', { level: 'debug', tool, input, output });
    };
    used('calculate', { expression: '1+1' }, '2');
    expect([add('model.event', { level: 'debug' }), add('model.called', { level: 'info' })]).toEqual([false, true]);
    used('search', { query: 'x'.repeat(9_000) }, 'y'.repeat(9_000));
    used('calculate', { expression: '2+2' }, '4');
    const exchanges = toRoadSteps(talkative.of('q-1'), messageTs).flatMap(({ exchange }) => (exchange ? [exchange] : []));
    expect(exchanges.map(({ input }) => input.slice(0, 24))).toEqual([
      '{\n  "expression": "1+1"\n}'.slice(0, 24),
      '{"query":"xxxxxxxxxxxxxx',
      '{\n  "expression": "2+2"\n}'.slice(0, 24),
    ]);
    expect(exchanges.map(({ output }) => output.length)).toEqual([1, 4_000, 1]);
    expect(exchanges[1]?.output).toMatch(/… \(9000 characters\)$/);
    expect(talkative.recent.map(({ event }) => event)).not.toContain('model.event');
  });

  test('are none where nothing was logged', () => {
    expect(toRoadSteps([], messageTs)).toEqual([]);
  });
});

/** Every event that a component of a question's road logs, by its name in the sources. */
function loggedEvents(): readonly string[] {
  const packages = fileURLToPath(new URL('../../../', import.meta.url));
  const components = ['receiver', 'invoker', 'worker', 'sweeper', 'auth-portal', 'accounts', 'slack', 'ledger', 'audit'];
  const files = components.flatMap((name) => globSync(`${packages}${name}/src/**/*.ts`));
  const names = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\.(?:info|warn|error|debug)\(\s*'([a-z-]+\.[a-z-]+)'/g)].map(([, name = '']) => name),
  );
  return [...new Set(names)];
}

test('no step shows the name of an event: each that is logged reads as words', () => {
  const events = loggedEvents();
  expect(events.length).toBeGreaterThan(150);
  const road = createRoad({ keep: 400 });
  road.add({ component: 'receiver', line: recorded(1) });
  for (const event of events) road.add({ component: 'worker', line: line(event, { question: 'q-1', message: '1.0', retry: 1 }) });
  const steps = toRoadSteps(road.of('q-1'), '1.0');
  expect(steps.length).toBeGreaterThan(140);
  expect(steps.filter(({ title, station }) => /[a-z]\.[a-z]|^[a-z]/.test(title) || station === '').map(({ title }) => title)).toEqual([]);
  expect(steps.filter(({ title }) => /\b(?:mcp|errand|undefined|NaN)\b/i.test(title))).toEqual([]);
});
