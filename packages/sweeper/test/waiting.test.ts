import { type Change, type ChangeState, hashOfChange } from '@vera/protocol/change';
import type { Question } from '@vera/protocol/question';
import { changeCard } from '@vera/slack/change-card';
import { describe, expect, it } from 'vitest';
import { startedSweeper } from './started-sweeper.ts';

type Sweeper = Awaited<ReturnType<typeof startedSweeper>>;

/** A question with a card in its thread; waiting for a decision, if its change is only proposed. */
async function withCard(sweeper: Sweeper, state: ChangeState = 'proposed'): Promise<Question> {
  const question = await sweeper.asked();
  const lease = await sweeper.begin(question);
  const now = sweeper.params.now();
  const shown = {
    id: 'c1',
    tool: 'write_note',
    input: '{}',
    args: '{}',
    title: 'Write a note',
    system: 'Tracker',
    fields: [],
    asker: 'UANN',
    account: 'ann',
  };
  const times = { proposedAt: now, expiresAt: now + 900_000, approvers: ['UANN'], state: 'proposed' as const, revision: '' };
  const change: Change = { ...shown, ...times, hash: hashOfChange({ ...shown, ...times }), decidedBy: 'UANN' };
  const { ts } = await sweeper.call('chat.postMessage', {
    channel: 'COPS',
    thread_ts: question.threadTs,
    ...changeCard(change, question.messageTs),
  });
  const { revision: _, ...noted } = change;
  await lease.noteChange({ ...noted, state, cardTs: String(ts), shown: 'proposed' });
  if (state === 'proposed') await lease.wait({ kind: 'decision', change: 'c1', until: change.expiresAt });
  return question;
}

const cardOf = (sweeper: Sweeper, { threadTs }: Question) =>
  JSON.stringify(sweeper.slack.messages('COPS', threadTs).find(({ metadata }) => metadata?.event_type === 'vera_change')?.blocks);

describe('the last words of a question that nobody has in hand any more', () => {
  it.each([
    ['done', 'Done: “Write a note”.', 'does none of this a second time'],
    ['started', 'Not known: “Write a note” (please look in Tracker).', 'does none of this a second time'],
    ['approved', 'Not done: “Write a note”.', undefined],
    ['proposed', 'Not done: “Write a note”.', undefined],
  ] as const)('after a stop, with a change that was %s, say so, and what “Try again” does with it', async (state, ends, again) => {
    await using sweeper = await startedSweeper();
    const question = await withCard(sweeper, state);
    await sweeper.inbox.requestStop({ ...question, ts: '4000000000.000000', mayStopAll: false });
    await sweeper.sweepLater();
    const [{ text = '' } = {}] = sweeper.said(question) as { text?: string }[];
    expect(text).toContain(`_Stopped._\n\n${ends}`);
    expect(text.includes('Try again')).toBe(again !== undefined);
    if (again) expect(text).toContain(again);
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'stopped' });
  });
});

describe('a question that waits for a person', () => {
  it('is let be while there is time, and brought back once, after it', async () => {
    await using sweeper = await startedSweeper();
    const question = await withCard(sweeper);
    await sweeper.sweepLater();
    expect(sweeper.resent).toEqual([]);
    sweeper.pass(900_000);
    await Promise.all([sweeper.sweepLater(), sweeper.sweepLater()]);
    expect(sweeper.resent).toEqual([question]);
    expect(sweeper.events()).toContain('question.woken');
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'received', attempts: 0 });
    expect(sweeper.said(question)).toEqual([]);
  });

  it('that cannot be handed on is brought back by the next sweeps, and in the end told as lost', async () => {
    await using sweeper = await startedSweeper();
    const question = await withCard(sweeper);
    sweeper.pass(900_000);
    const resend = () => Promise.reject(new Error('Lambda is down'));
    // Woken once, then sent for a quarter of an hour.
    for (let sweeps = 0; sweeps < 9; sweeps += 1) await sweeper.sweepLater({ resend });
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'failed', reason: 'lost' });
    expect(sweeper.said(question)).toHaveLength(1);
    expect(cardOf(sweeper, question)).toMatch(/Nobody approved this in time/);
  });
});

describe('R16 the cards of a question that is lost', () => {
  it.each([
    ['approved', /it failed. Nothing was changed/],
    ['started', /did not learn how it ended/],
    ['denied', /<@UANN> denied this/],
  ] as const)('one that was %s says how it stands, and has no buttons', async (state, words) => {
    await using sweeper = await startedSweeper();
    const question = await withCard(sweeper, state);
    await sweeper.sweepLater();
    await sweeper.wearOut(question);
    await sweeper.sweepLater();
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'failed', reason: 'lost' });
    expect(cardOf(sweeper, question)).toMatch(words);
    expect(cardOf(sweeper, question)).not.toContain('change.approve');
  });

  it('are closed before the loss is told, and again when Slack did not answer', async () => {
    await using sweeper = await startedSweeper();
    const question = await withCard(sweeper, 'approved');
    await sweeper.sweepLater();
    await sweeper.wearOut(question);
    for (let times = 0; times < 8; times += 1)
      sweeper.slack.inject({ method: 'chat.update', kind: 'error', error: 'internal_error' } as never);
    await sweeper.sweepLater();
    expect(sweeper.said(question)).toEqual([]);
    for (let times = 0; times < 8; times += 1) await sweeper.sweepLater();
    expect(sweeper.said(question)).toHaveLength(1);
    expect(cardOf(sweeper, question)).toMatch(/it failed/);
  });
});
