import type { QuestionRecord } from '@vera/ledger/ledger';
import { expect, it } from 'vitest';
import type { Known } from '../src/explain/known.ts';
import { sharesOf } from '../src/explain/shares.ts';
import { tellExplanation } from '../src/explain/tell-explanation.ts';

const began = Date.UTC(2026, 10, 30, 10);
const question = {
  id: 'q-0123456789abcdef',
  teamId: 'T1',
  channelId: 'C1',
  threadTs: `${began / 1_000}.000000`,
  messageTs: `${began / 1_000}.000000`,
};
const record = {
  question: { ...question, userId: 'U1', files: [] },
  ...{
    state: 'answered',
    attempts: 1,
    receivedAt: began,
    closedAt: began + 30_000,
    changes: {},
    calls: 1,
    tokens: 5,
    microDollars: 20_000,
  },
} as unknown as QuestionRecord;

function line(
  seconds: number,
  event: string,
  fields: Readonly<Record<string, unknown>> = {},
  component = 'worker',
): Known['lines'][number] {
  const entry = { level: 'info', event, ...fields };
  return { component, at: began + seconds * 1_000, id: `${seconds} ${event}`, message: JSON.stringify(entry), entry };
}

function known(lines: Known['lines'], other: Partial<QuestionRecord> = {}): Known {
  return { meant: { kind: 'id', id: question.id }, isLocal: false, record: { ...record, ...other }, lines, unseen: [] };
}

const slow = known([
  line(0, 'question.recorded', {}, 'receiver'),
  line(3, 'question.leased', { attempt: 1 }),
  line(5, 'model.called', { milliseconds: 2_000, inputTokens: 4, outputTokens: 1 }),
  line(29, 'tool.called', { tool: 'jira_search', status: 'success', milliseconds: 24_000 }),
]);

it('says where the time went, each moment once', () => {
  expect(sharesOf(slow)).toEqual([
    { kind: 'tools', milliseconds: 24_000 },
    { kind: 'the way to a worker', milliseconds: 3_000 },
    { kind: 'the model', milliseconds: 2_000 },
    { kind: 'everything else', milliseconds: 1_000 },
  ]);
});

it('names a slow tool, and each step', () => {
  const told = tellExplanation(slow);
  expect(told).toContain('It took 30.0 s: tools 24.0 s (80 %), the way to a worker 3.0 s (10 %)');
  expect(told).toContain('- jira_search was slow: 24.0 s\n  → that system itself');
  expect(told).toContain('10:00:29.000 worker      jira_search came back, 24.0 s');
  expect(told).toContain('It came to 1 model call, 5 tokens, $0.0200.');
});

it.each([
  ['a dead worker', line(40, 'question.leased', { attempt: 2, after: 'lease-ran-out' }), /attempt 2: the worker before died/],
  ['a dead server', line(4, 'mcp.unavailable', { level: 'warn', server: 'github', code: 'unreachable' }), /github could not be used/],
  [
    'a missing key',
    line(4, 'mcp.key-missing', { level: 'error', server: 'github', names: ['GITHUB_KEY'] }),
    /→ pnpm vera secrets GITHUB_KEY/,
  ],
  ['a throttled model', line(4, 'model.retried', { level: 'warn', code: 'throttled', attempt: 2 }), /too many requests/],
  ['no source', line(4, 'tool.called', { tool: 'search_knowledge_base', status: 'success', read: [], milliseconds: 9 }), /found nothing/],
  [
    'a guardrail',
    line(4, 'question.blocked', { level: 'warn', on: 'answer', policies: [{ kind: 'topic', name: 'Salaries' }] }),
    /stopped the answer, because of the topic “Salaries”/,
  ],
  ['a queue', line(1, 'question.waiting'), /an earlier question of its thread/],
])('names %s', (_, one, words) => {
  expect(tellExplanation(known([one]))).toMatch(words);
});

it.each([
  [[line(0, 'event.ignored', { reason: 'not addressed to us' }, 'receiver')], /it was no question: not addressed to us/],
  [[line(0, 'request.refused', { level: 'warn', status: 401, reason: 'signature missing or wrong' }, 'receiver')], /SLACK_SIGNING_SECRET/],
  [
    [line(0, 'question.record-failed', { level: 'error', error: { message: 'throttled' } }, 'receiver')],
    /the ledger did not take it: throttled/,
  ],
  [[], /Slack has not delivered it to this receiver/],
] as const)('says of a message in no ledger what became of it: %#', (lines, words) => {
  const message = { channelId: 'C1', messageTs: question.messageTs, threadTs: question.threadTs };
  expect(tellExplanation({ meant: { kind: 'message', message }, isLocal: false, record: undefined, lines, unseen: [] })).toMatch(words);
});

it.each([
  ['01', [], 'Its trace: 0af7651916cd43dd8448eb211c80319c, in X-Ray.'],
  ['01', [line(4, 'trace.not-sent', { level: 'warn' })], 'in X-Ray; some of it was not sent there.'],
  ['00', [], undefined],
])('names its trace where one is kept: %s', (flags, lines, words) => {
  const traceparent = `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-${flags}`;
  const told = tellExplanation(known(lines, { question: { ...record.question, trace: { traceparent, hops: [] } } }));
  if (words === undefined) expect(told).not.toContain('Its trace');
  else expect(told).toContain(words);
});

it('says with whose rights tools looked', () => {
  const called = (tool: string, as?: string) => line(4, 'tool.called', { tool, status: 'success', milliseconds: 9, ...(as ? { as } : {}) });
  const told = tellExplanation(
    known([called('pagerduty', 'company'), called('jira', 'asker'), called('calculate'), called('jira', 'asker')]),
  );
  expect(told).toContain('Rights: pagerduty by the company’s key; jira by the account of who asked.');
  expect(tellExplanation(known([called('calculate')]))).not.toContain('Rights');
});

it.each([
  [{ reason: 'cut' }, /answered up to the greatest length.*\n.*\n {2}→ write "go on"/],
  [{ reason: 'thanks' }, /gave thanks, and asked nothing/],
  [{ state: 'failed', reason: 'undeliverable:is_archived' }, /Slack did not take the answer \(is_archived\)/],
  [{ state: 'failed', reason: 'never-heard-of' }, /it failed: never-heard-of/],
  [{ state: 'stopped' }, /a person stopped it/],
  [{ state: 'stopped', reason: 'not-a-member' }, /Vera is not in that channel/],
] as const)('says what came of %o', (more, words) => {
  expect(tellExplanation(known([], more as Partial<QuestionRecord>))).toMatch(words);
});

it('gives an attempt that broke off its time, beside what it did and what lay between', () => {
  const broken = known([
    line(1, 'question.leased', { attempt: 1 }),
    line(5, 'model.called', { milliseconds: 1_500 }),
    line(12, 'question.leased', { attempt: 2, after: 'lease-ran-out' }),
  ]);
  expect(sharesOf(broken)).toEqual([
    { kind: 'everything else', milliseconds: 18_000 },
    { kind: 'between two attempts', milliseconds: 7_000 },
    { kind: 'an attempt that broke off', milliseconds: 2_500 },
    { kind: 'the model', milliseconds: 1_500 },
    { kind: 'the way to a worker', milliseconds: 1_000 },
  ]);
});

it.each([
  ['a tool that takes a third of the time', 'tool.called', { tool: 'jira', milliseconds: 11_000 }, /jira was slow: 11\.0 s/],
  ['a model that is slow to begin', 'model.called', { milliseconds: 7_000, firstTokenMilliseconds: 6_000 }, /began to speak after 6\.0 s/],
  [
    'a limit of Slack’s',
    'slack.waited',
    { method: 'chat.postMessage', why: 'ratelimited', milliseconds: 3_000 },
    /no more calls of chat\.postMessage for 3\.0 s/,
  ],
  [
    'what began a failure',
    'agent.failed',
    { code: 'throttled', error: { message: 'the model call failed', cause: { name: 'ThrottlingException', message: 'Slow down' } } },
    /ended: ThrottlingException: Slow down\n(?! {2}→)/,
  ],
])('names %s', (_, event, fields, words) => {
  expect(tellExplanation(known([line(9, event, fields)]))).toMatch(words);
});

it('says what could not be seen', () => {
  expect(tellExplanation({ ...slow, unseen: ['worker: you may not read its log.'] })).toContain(
    'What could not be seen:\n- worker: you may not',
  );
});

it('of many kinds of time all are told: the smallest together, and a pause is its cause’s', () => {
  const told = tellExplanation(
    known([
      line(1, 'question.leased', { attempt: 1 }),
      line(3, 'model.retried', { level: 'warn', code: 'throttled', attempt: 2 }),
      line(8, 'model.called', { milliseconds: 3_000 }),
      line(12, 'tool.called', { tool: 'calculate', status: 'success', milliseconds: 1_000 }),
      line(20, 'question.leased', { attempt: 2, after: 'lease-ran-out' }),
    ]),
  );
  const shares = /It took 30\.0 s: (.*)\./.exec(told)?.[1] ?? '';
  const seconds = [...shares.matchAll(/([\d.]+) s \(/g)].map(([, one]) => Number(one));
  expect(seconds.reduce((sum, one) => sum + one, 0)).toBeCloseTo(30, 1);
  expect(shares).toMatch(/all else/);
  const kinds = sharesOf(
    known([
      line(1, 'question.leased', { attempt: 1 }),
      line(3, 'model.retried', { level: 'warn', code: 'throttled', attempt: 2 }),
      line(8, 'model.called', { milliseconds: 3_000 }),
    ]),
  );
  expect(kinds).toContainEqual({ kind: 'pauses before the model was called again', milliseconds: 2_000 });
});

it.each([
  [
    { waitsFor: { kind: 'account', provider: 'atlassian' } },
    /it waits until U1, who asked, has connected atlassian\.\n.*\n {2}→ they do, by .* at 10:15 UTC it/,
  ],
  [
    { waitsFor: { kind: 'decision' }, changes: { one: { id: 'one', state: 'proposed', approvers: ['U7', 'U8'] } } },
    /yes or a no under its card, by U7 or U8\.\n.*\n {2}→ they decide there; at 10:15 UTC it goes on without, and changes nothing/,
  ],
] as const)('says for whom it waits, until when, and what happens then: %#', (more, words) => {
  const waiting = { ...more, state: 'waiting', dueAt: began + 900_000, closedAt: undefined } as unknown as Partial<QuestionRecord>;
  expect(tellExplanation(known([], waiting))).toMatch(words);
});

it('names the question that comes first, and on this machine what helps there', () => {
  const received = known([line(1, 'mcp.unavailable', { level: 'warn', server: 'gateway', code: 'unreachable' })], {
    state: 'received',
    closedAt: undefined,
  } as unknown as Partial<QuestionRecord>);
  const told = tellExplanation({ ...received, behind: 'q-00000000000000aa', isLocal: true });
  expect(told).toMatch(/: its thread answers q-00000000000000aa first\.\n/);
  expect(told).toContain('→ pnpm vera explain --local q-00000000000000aa');
  expect(told).toContain('pnpm vera tools --local shows whether it answers now');
  expect(tellExplanation(received)).toContain('→ pnpm vera questions open;');
});

it('of an id that nobody knows it says where else to look', () => {
  const unknown = { ...known([]), record: undefined };
  expect(tellExplanation(unknown)).toMatch(/^Nothing to explain: no question of that id.*\n {2}→ look at VERA_ENVIRONMENT, or --local/);
  expect(tellExplanation({ ...unknown, isLocal: true })).toContain('→ --data, where');
});
