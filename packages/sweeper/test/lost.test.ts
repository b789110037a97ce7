import { retryValueOf } from '@vera/protocol/action';
import { toMetadata } from '@vera/slack/reply-mark';
import { describe, expect, it } from 'vitest';
import { sweep } from '../src/sweep.ts';
import { deliveryGrace, startedSweeper } from './started-sweeper.ts';

type Sweeper = Awaited<ReturnType<typeof startedSweeper>>;

/** A question all of whose attempts are used up. */
async function exhausted(sweeper: Sweeper, message: Parameters<Sweeper['asked']>[0] = {}) {
  const question = await sweeper.asked(message);
  await sweeper.wearOut(question);
  return question;
}

/** One in the middle of whose answer its last worker died. */
async function brokenOff(sweeper: Sweeper, content: Readonly<Record<string, unknown>>) {
  const question = await exhausted(sweeper);
  const place = { channel: 'COPS', thread_ts: question.threadTs, recipient_user_id: 'UANN', recipient_team_id: question.teamId };
  const { ts } = await sweeper.call('chat.startStream', { ...place, ...content });
  await sweeper.leaseOf(question).noteReply(String(ts));
  return { question, ts: String(ts) };
}

describe('a question whose attempts are used up', () => {
  it('R10 is told as lost in its thread, once, with what to do, and closed', async () => {
    await using sweeper = await startedSweeper();
    const question = await exhausted(sweeper);
    expect(sweeper.resent).toHaveLength(2);
    expect(sweeper.said(question)).toEqual([]);
    for (let more = 0; more < 3; more += 1) await sweeper.sweepLater();
    expect(sweeper.resent).toHaveLength(2);
    const [message, ...others] = sweeper.said(question);
    expect(others).toEqual([]);
    expect(message).toMatchObject({ thread_ts: question.threadTs, user: 'UVERA' });
    expect(message?.text).toMatch(/could not finish this question.*ask it again/);
    expect(message?.text).toContain(question.id);
    expect(message?.text).not.toContain('incomplete');
    expect(JSON.stringify(message?.blocks)).toContain(`"${retryValueOf({ messageTs: question.messageTs, leg: 0 })}"`);
    expect(message?.metadata?.event_payload).toMatchObject({ question: question.id, outcome: 'failed' });
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'failed', reason: 'lost' });
    expect(sweeper.slack.session('COPS', question.threadTs)?.status).toBe('active');
  });

  it('F34 and is lost once more, after it was tried again, is told again', async () => {
    await using sweeper = await startedSweeper();
    const question = await exhausted(sweeper);
    await sweeper.sweepLater();
    expect((await sweeper.inbox.retry({ ...question, leg: 0 })).kind).toBe('retried');
    await sweeper.wearOut(question);
    for (let more = 0; more < 2; more += 1) await sweeper.sweepLater();
    expect(sweeper.said(question)).toHaveLength(2);
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'failed', leg: 1 });
  });

  it('and whose message was deleted meanwhile is closed without a word, what its worker was saying ended', async () => {
    await using sweeper = await startedSweeper();
    const question = await exhausted(sweeper);
    await sweeper.leaseOf(question).noteReply('1.000001');
    await sweeper.inbox.withdraw(question);
    for (let more = 0; more < 2; more += 1) await sweeper.sweepLater();
    expect(sweeper.said(question)).toEqual([]);
    expect(sweeper.slack.session('COPS', question.threadTs)?.status).toBe('active');
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'stopped' });
  });

  it('R12 is told in the thread it was asked in, also inside a longer one and in a direct conversation', async () => {
    await using sweeper = await startedSweeper();
    const root = await exhausted(sweeper);
    await sweeper.sweepLater();
    const places = [{ threadTs: root.threadTs }, { channel: 'DANN', text: 'and me?' }];
    for (const place of places) {
      const question = await exhausted(sweeper, place);
      await sweeper.sweepLater();
      expect(sweeper.said(question)).toMatchObject([{ channel: question.channelId, thread_ts: question.threadTs }]);
    }
  });

  it('leaves no word of its worker that it thinks, where that stands for a status, and what was put beside stays', async () => {
    await using sweeper = await startedSweeper({ agentFeatures: false });
    const question = await exhausted(sweeper);
    const says = (text: string, mark: object) =>
      sweeper.call('chat.postMessage', {
        ...{ channel: 'COPS', thread_ts: question.threadTs, text },
        metadata: toMetadata({ question: question.id, piece: 0, ...mark }),
      });
    await says('_Thinking…_', {});
    await says('A chart', { beside: 'a chart' });
    await sweeper.sweepLater();
    const texts = sweeper.said(question).map(({ text }) => text);
    expect(texts).toEqual(['A chart', expect.stringMatching(/could not finish/)]);
  });

  it('is told with a word about what stands there already', async () => {
    await using sweeper = await startedSweeper();
    const question = await exhausted(sweeper);
    await sweeper.leaseOf(question).noteReply('1.000001');
    await sweeper.sweepLater();
    expect(sweeper.said(question)[0]?.text).toContain('What stands above may be incomplete');
  });

  it('has what its worker was saying ended before it is told', async () => {
    await using sweeper = await startedSweeper();
    const { question, ts } = await brokenOff(sweeper, { markdown_text: 'The first half of ' });
    sweeper.slack.inject({ method: 'chat.stopStream', kind: 'ratelimited', retryAfterSeconds: 30 });
    await sweeper.sweepLater();
    const [broken, told, ...others] = sweeper.slack.messages('COPS', question.threadTs).filter(({ user }) => user === 'UVERA');
    expect(broken).toMatchObject({ ts, streaming_state: 'completed', metadata: { event_payload: { question: question.id } } });
    expect(broken?.metadata?.event_payload).not.toHaveProperty('outcome');
    expect(told?.metadata?.event_payload).toMatchObject({ question: question.id, outcome: 'failed' });
    expect(others).toEqual([]);
    expect(sweeper.slack.session('COPS', question.threadTs)?.status).toBe('active');
  });

  it.each([
    ['is a stream still', 0],
    ['was ended by Slack', 301_000],
  ])('F30 shows no step at work for ever in what %s', async (_, later) => {
    await using sweeper = await startedSweeper();
    const step = (id: string, status: string) => ({ type: 'task_update', id, title: 'Searching', status, details: 'the rota' });
    const chunks = [step('step-1', 'complete'), step('step-2', 'in_progress'), { type: 'markdown_text', text: 'Half of ' }];
    const { question, ts } = await brokenOff(sweeper, { chunks });
    sweeper.slack.advance(later);
    await sweeper.sweepLater();
    const { messages } = await sweeper.call('conversations.replies', { channel: 'COPS', ts: question.threadTs });
    const broken = (messages as { ts: string; blocks?: Record<string, unknown>[] }[]).find((message) => message.ts === ts);
    const cards = broken?.blocks?.filter(({ type }) => type === 'task_card').map(({ task_id, status }) => [task_id, status]);
    expect(cards).toEqual([
      ['step-1', 'complete'],
      ['step-2', 'error'],
    ]);
    expect(JSON.stringify(broken?.blocks)).toContain('Half of');
    expect(JSON.stringify(broken?.blocks)).toContain('the rota');
  });

  it('has what its worker was saying ended also where the thread cannot be read', async () => {
    await using sweeper = await startedSweeper();
    const { question } = await brokenOff(sweeper, { markdown_text: 'The first half of ' });
    sweeper.slack.inject({ method: 'conversations.replies', kind: 'error', error: 'missing_scope', times: 5 });
    await sweeper.sweepLater();
    const messages = sweeper.slack.messages('COPS', question.threadTs).filter(({ user }) => user === 'UVERA');
    expect(messages.map(({ streaming_state }) => streaming_state)).toEqual(['completed', undefined]);
  });

  it('leaves alone what is being said to another question of the thread, as to one that waited for a person', async () => {
    await using sweeper = await startedSweeper();
    const question = await exhausted(sweeper);
    const place = { channel: 'COPS', thread_ts: question.threadTs, recipient_user_id: 'UANN', recipient_team_id: question.teamId };
    const { ts } = await sweeper.call('chat.startStream', { ...place, markdown_text: 'To the other one: ' });
    await sweeper.sweepLater();
    expect(sweeper.said(question)).toHaveLength(1);
    const other = sweeper.slack.messages('COPS', question.threadTs).find((message) => message.ts === ts);
    expect(other?.streaming_state).toBe('in_progress');
  });

  it('is not told when the thread shows its end already: only the record is closed', async () => {
    await using sweeper = await startedSweeper();
    const question = await exhausted(sweeper);
    const other = await sweeper.asked({ threadTs: question.threadTs });
    const post = (mark: Parameters<typeof toMetadata>[0]) =>
      sweeper.call('chat.postMessage', { channel: 'COPS', thread_ts: question.threadTs, text: 'said', metadata: toMetadata(mark) });
    await post({ question: question.id, piece: 1 });
    await post({ question: other.id, piece: 1, outcome: 'failed' });
    await post({ question: question.id, piece: 2, outcome: 'answered' });
    await sweeper.sweepLater();
    expect(sweeper.said(question)).toHaveLength(2);
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'answered' });
  });

  it('is told for each of two in one thread', async () => {
    await using sweeper = await startedSweeper();
    const first = await sweeper.asked();
    const second = await sweeper.asked({ threadTs: first.threadTs });
    for (const question of [first, second]) {
      await sweeper.wearOut(question);
      await sweeper.sweepLater();
    }
    for (const question of [first, second]) expect(sweeper.said(question)).toHaveLength(1);
  });
});

describe('a question that the person wanted stopped', () => {
  it('is not sent again but ended, in two words', async () => {
    await using sweeper = await startedSweeper();
    const question = await sweeper.asked();
    await sweeper.leases.lease(question, 'worker-1');
    await sweeper.inbox.requestStop({ ...question, ts: '4000000000.000000', mayStopAll: false });
    await sweeper.sweepLater();
    expect(sweeper.resent).toEqual([]);
    expect(sweeper.said(question)).toMatchObject([{ text: '_Stopped._', metadata: { event_payload: { outcome: 'stopped' } } }]);
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'stopped' });
  });
});

describe('telling once', () => {
  it('holds when the sweeper dies between the message and the record', async () => {
    await using sweeper = await startedSweeper();
    const question = await exhausted(sweeper);
    const closeLost = () => Promise.reject(new Error('killed'));
    for (let deaths = 0; deaths < 3; deaths += 1) await sweeper.sweepLater({ overdue: { ...sweeper.params.overdue, closeLost } });
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'running', leaseOwner: 'sweeper' });
    await sweeper.sweepLater();
    expect(sweeper.said(question)).toHaveLength(1);
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'failed' });
  });

  it('holds when the answer to the message got lost', async () => {
    await using sweeper = await startedSweeper();
    const question = await exhausted(sweeper);
    sweeper.slack.inject({ method: 'chat.postMessage', kind: 'lost-response' });
    await sweeper.sweepLater();
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'running', leaseOwner: 'sweeper' });
    await sweeper.sweepLater();
    expect(sweeper.said(question)).toHaveLength(1);
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'failed' });
  });

  it('holds for two sweepers at the same time', async () => {
    await using sweeper = await startedSweeper();
    const questions = [await sweeper.asked(), await sweeper.asked(), await sweeper.asked()];
    await sweeper.wearOut(...questions);
    sweeper.pass(deliveryGrace + 1);
    await Promise.all([sweep(sweeper.params), sweep(sweeper.params)]);
    for (const question of questions) expect(sweeper.said(question)).toHaveLength(1);
    expect(sweeper.events().filter((event) => event === 'question.lost')).toHaveLength(3);
    expect(sweeper.acts.map(({ act, outcome }) => `${act} ${outcome}`)).toEqual(Array.from({ length: 3 }, () => 'question lost'));
  });

  it('is tried again when Slack was away, and holds up no other', async () => {
    await using sweeper = await startedSweeper();
    const [first, second] = [await sweeper.asked(), await sweeper.asked()];
    await sweeper.wearOut(first, second);
    sweeper.slack.inject({ method: 'chat.postMessage', kind: 'unreachable' });
    await sweeper.sweepLater();
    expect([first, second].map((question) => sweeper.said(question).length).sort()).toEqual([0, 1]);
    await sweeper.sweepLater();
    expect([first, second].map((question) => sweeper.said(question).length)).toEqual([1, 1]);
  });

  it('does not need the status of the session to be taken back', async () => {
    await using sweeper = await startedSweeper({ agentFeatures: false });
    const question = await exhausted(sweeper);
    await sweeper.sweepLater();
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'failed' });
  });
});

describe('a place where nobody can be told any more', () => {
  it('a channel we were removed from: the record is closed as failed', async () => {
    await using sweeper = await startedSweeper();
    const question = await exhausted(sweeper, { channel: 'CQUIET' });
    await sweeper.sweepLater();
    expect(sweeper.said(question)).toEqual([]);
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'failed', reason: 'lost' });
  });

  it('a thread that is gone: the record is closed as failed', async () => {
    await using sweeper = await startedSweeper();
    const question = await exhausted(sweeper);
    sweeper.slack.remove({ user: 'UANN', channel: 'COPS', ts: question.messageTs });
    await sweeper.sweepLater();
    expect(sweeper.slack.messages('COPS')).toEqual([]);
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'failed', reason: 'lost' });
  });

  it.each(['is_archived', 'cannot_reply_to_message', 'messages_tab_disabled', 'restricted_action_read_only_channel'])(
    'one that refuses with %s: the record is closed as failed',
    async (error) => {
      await using sweeper = await startedSweeper();
      const question = await exhausted(sweeper);
      sweeper.slack.inject({ method: 'chat.postMessage', kind: 'error', error, times: Number.POSITIVE_INFINITY });
      await sweeper.sweepLater();
      expect(await sweeper.recordOf(question)).toMatchObject({ state: 'failed', reason: 'lost' });
    },
  );

  it('is not one that refuses our token: that is put right by somebody, so the question stays open', async () => {
    await using sweeper = await startedSweeper();
    const question = await exhausted(sweeper);
    sweeper.slack.inject({ method: 'conversations.replies', kind: 'error', error: 'invalid_auth' });
    await sweeper.sweepLater();
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'running', leaseOwner: 'sweeper' });
    expect(sweeper.events()).toContain('sweep.failed');
    await sweeper.sweepLater();
    expect(sweeper.said(question)).toHaveLength(1);
  });
});
