import type { QuestionRecord } from '@vera/ledger/ledger';
import { type ReplyMark, toMetadata } from '@vera/slack/reply-mark';
import type { SlackMessage } from '@vera/slack/slack-message';
import { describe, expect, test } from 'vitest';
import { findLeftovers } from '../../src/questions/leftovers.ts';
import { questionOf } from '../question.ts';
import { startScripted } from './start-scripted.ts';

const recordOf = (messageTs: string, changes: Partial<QuestionRecord> = {}): QuestionRecord => ({
  question: questionOf({ messageTs, threadTs: '1000.000000' }),
  state: 'running',
  attempts: 2,
  receivedAt: 1_000_000,
  startedAt: 1_010_000,
  leg: 0,
  changes: {},
  replies: [],
  feedback: {},
  ...changes,
});
const record = recordOf('1000.000000');
const ours = (ts: string, mark?: Partial<ReplyMark>): SlackMessage => ({
  ts,
  user: 'UVERA',
  text: 'x',
  ...(mark ? { metadata: toMetadata({ question: record.question.id, piece: 1, ...mark }) } : {}),
});
const found = (messages: readonly SlackMessage[], own = record, others: readonly QuestionRecord[] = []) =>
  findLeftovers(own, others, messages);

describe('what a worker that died left in the thread', () => {
  test('nothing, when nothing of ours is there', () => {
    expect(found([{ ts: '1011.000000', user: 'UANN', text: 'hm' }])).toEqual({ messages: [] });
  });

  test('its marked messages and the ones it noted', () => {
    const own = recordOf('1000.000000', { replies: ['1012.000000'] });
    expect(found([ours('1011.000000', {}), ours('1012.000000'), ours('1013.000000', { piece: 2 })], own).messages).toEqual([
      '1011.000000',
      '1012.000000',
      '1013.000000',
    ]);
  });

  test('a stream it could not note, since it began to answer', () => {
    expect(found([ours('1001.000000'), ours('1011.000000')]).messages).toEqual(['1011.000000']);
  });

  test('not what answers other questions, marked or noted', () => {
    const other = recordOf('1005.000000', { replies: ['1012.000000'] });
    const marked = ours('1011.000000', { question: other.question.id });
    expect(found([marked, ours('1012.000000')], record, [other]).messages).toEqual([]);
  });

  test('not what was said before it waited for a person, and of that no outcome either', () => {
    const own = recordOf('1000.000000', { leg: 1 });
    const before = ours('1011.000000', { outcome: 'answered' });
    expect(found([before, ours('1012.000000', { leg: 1 })], own)).toEqual({ messages: ['1012.000000'] });
    expect(found([ours('1012.000000', { leg: 1 })]).messages).toEqual([]);
  });

  test('not what other bots or people wrote', () => {
    expect(found([{ ...ours('1011.000000', {}), user: 'UDEPLOY' }]).messages).toEqual([]);
  });

  test('a complete answer, by the outcome on any of its messages', () => {
    expect(found([ours('1011.000000', {}), ours('1012.000000', { piece: 2, outcome: 'answered' })]).outcome).toBe('answered');
    expect(found([ours('1011.000000', {})]).outcome).toBeUndefined();
    expect(found([ours('1011.000000', { question: 'q-other', outcome: 'answered' })]).outcome).toBeUndefined();
  });
});

test('F30 no step of a broken answer stays at work, not even where the answer can be neither deleted nor changed', async () => {
  await using worker = await startScripted(['The whole answer.']);
  const question = await worker.ask({ text: '<@UVERA> hi' });
  const lease = await worker.leasedBy('dead', question);
  const stream = { channel: 'COPS', thread_ts: question.threadTs, recipient_user_id: 'UANN', recipient_team_id: 'T01' };
  const chunks = ['complete', 'in_progress'].map((status) => ({ type: 'task_update', id: status, title: 'Searching', status }));
  const { ts } = await worker.call('chat.startStream', { ...stream, chunks });
  await lease.noteReply(String(ts));
  worker.slack.inject({ method: 'chat.delete', kind: 'error', error: 'cant_delete_message', times: 9 });
  worker.slack.inject({ method: 'chat.update', kind: 'error', error: 'cant_update_message', times: 9 });
  worker.pass(31_000);
  await worker.intake.accept(question);
  await worker.closed(question);
  const broken = worker.slack.messages('COPS', question.threadTs).find((message) => message.ts === ts);
  expect(broken?.tasks?.map(({ status }) => status)).toEqual(['complete', 'error']);
});

test.each<[string, (worker: Awaited<ReturnType<typeof startScripted>>) => void]>([
  ['Slack does not answer', ({ slack }) => slack.inject({ method: 'chat.delete', kind: 'unreachable' })],
  ['Slack wants it slower', ({ slack }) => slack.inject({ method: 'chat.delete', kind: 'ratelimited', retryAfterSeconds: 1 })],
  [
    'it may not be deleted, and its end is refused once',
    ({ slack }) => {
      slack.inject({ method: 'chat.delete', kind: 'error', error: 'cant_delete_message', times: 9 });
      slack.inject({ method: 'chat.stopStream', kind: 'error', error: 'internal_error' });
    },
  ],
])('D8 the stream of a worker that died is no longer open in the end, and each sentence is there once, where %s', async (_, spoil) => {
  await using worker = await startScripted(['The first sentence. The second one.']);
  const question = await worker.ask({ text: '<@UVERA> hi' });
  const lease = await worker.leasedBy('dead', question);
  const stream = { channel: 'COPS', thread_ts: question.threadTs, recipient_user_id: 'UANN', recipient_team_id: 'T01' };
  const { ts } = await worker.call('chat.startStream', { ...stream, markdown_text: 'The first sentence.' });
  await lease.noteReply(String(ts));
  spoil(worker);
  worker.pass(31_000);
  await worker.intake.accept(question);
  await worker.closed(question);
  const ours = worker.slack.messages('COPS', question.threadTs).filter(({ user }) => user === 'UVERA');
  expect(ours.filter(({ streaming_state }) => streaming_state === 'in_progress')).toEqual([]);
  const said = ours.map(({ markdown, text }) => markdown ?? text).join('\n');
  expect(said.match(/The first sentence\./g)).toHaveLength(1);
  expect(said.match(/The second one\./g)).toHaveLength(1);
});
