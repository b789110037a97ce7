import { describe, expect, it } from 'vitest';
import type { StopRequest } from '../src/ledger.ts';
import { changeOf } from './change-of.ts';
import { questionOf } from './question-of.ts';
import { startedLedger } from './started-ledger.ts';
import { stopOf, stopOutside } from './stop-of.ts';

const question = questionOf('100.000001');

describe('asking to stop', () => {
  it('reaches the open questions of that thread, running and on their way, and only what runs is to be brought to its worker', async () => {
    await using ledger = await startedLedger();
    const [done, running, onItsWay] = ['100.000001', '100.000002', '100.000003'].map((ts) => questionOf(ts)) as [never, never, never];
    const elsewhere = questionOf('100.000004', { threadTs: '99.000000' });
    await ledger.recorded(done, running, onItsWay, elsewhere);
    await (await ledger.leased(done)).close('answered');
    const lease = await ledger.leased(running);
    expect(await ledger.inbox.requestStop(stopOf())).toEqual({ reached: 2, bring: [running] });
    expect(await lease.renew()).toMatchObject({ held: true, stopRequested: true });
    expect((await ledger.recordOf(onItsWay))?.stopRequestedAt).toBe(ledger.now());
    for (const untouched of [done, elsewhere]) expect((await ledger.recordOf(untouched))?.stopRequestedAt ?? 0).toBe(0);
  });

  it('reaches nobody in a thread without questions', async () => {
    await using ledger = await startedLedger();
    expect(await ledger.inbox.requestStop(stopOf())).toEqual({ reached: 0, bring: [] });
  });

  it('wakes nobody for a question whose lease ran out: whoever takes it next sees the mark', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    await ledger.leased(question);
    ledger.pass(31_000);
    expect(await ledger.inbox.requestStop(stopOf())).toEqual({ reached: 1, bring: [] });
    expect((await ledger.leased(question, 'worker-2')).record.stopRequestedAt).toBe(ledger.now());
  });

  it('brings a question that waits for its turn, which is ended before that comes; one that goes on waits', async () => {
    await using ledger = await startedLedger();
    const [running, waiting] = [questionOf('100.000002', { userId: 'UBOB' }), questionOf('100.000003')];
    await ledger.recorded(running, waiting);
    await ledger.leased(running);
    await ledger.leases.noteQueued(waiting);
    expect(await ledger.leases.lease(waiting, 'worker-1')).toEqual({ kind: 'behind', messageTs: running.messageTs });
    expect(await ledger.inbox.requestStop(stopOf())).toEqual({ reached: 1, bring: [waiting] });
    expect((await ledger.leased(waiting)).record.stopRequestedAt).toBe(ledger.now());
    expect((await ledger.recordOf(running))?.stopRequestedAt).toBeUndefined();
  });

  it('a second time changes nothing more', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    await ledger.leased(question);
    await ledger.inbox.requestStop(stopOf());
    const before = await ledger.recordOf(question);
    ledger.pass(1_000);
    expect(await ledger.inbox.requestStop(stopOf({ ts: '4000000001.000000' }))).toMatchObject({ reached: 1 });
    expect(await ledger.recordOf(question)).toEqual(before);
  });

  it('reaches only what was asked before it, however late it comes', async () => {
    await using ledger = await startedLedger();
    const [older, newer] = [questionOf('1766458026.240809'), questionOf('1766458026.240811')];
    await ledger.recorded(older, newer);
    await ledger.leased(older);
    expect(await ledger.inbox.requestStop(stopOf({ ts: '1766458026.240810' }))).toEqual({ reached: 1, bring: [older] });
    expect((await ledger.recordOf(newer))?.stopRequestedAt).toBeUndefined();
  });

  it('comes again after “Try again” and lets the new turn go on; one given since ends it', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    const stop = { ts: `${ledger.now() / 1000}` };
    const lease = await ledger.leased(question);
    await ledger.inbox.requestStop(stopOf(stop));
    await lease.close('stopped');
    ledger.pass(5_000);
    expect((await ledger.inbox.retry({ ...question, leg: 0 })).kind).toBe('retried');
    await ledger.leased(question);
    expect(await ledger.inbox.requestStop(stopOf(stop))).toEqual({ reached: 0, bring: [] });
    ledger.pass(1_000);
    expect(await ledger.inbox.requestStop(stopOf({ ts: `${ledger.now() / 1000}` }))).toMatchObject({ reached: 1 });
  });
});

describe('a stop on what Vera said', () => {
  it('before it waited for a person counts while it waits, and once it goes on', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    const lease = await ledger.leased(question);
    await lease.noteReply('150.000000');
    await lease.wait({ kind: 'account', provider: 'github', until: ledger.now() + 60_000 });
    const again = await ledger.leased(question);
    expect(await ledger.inbox.requestStop(stopOutside({ about: '150.000000' }))).toMatchObject({ reached: 1 });
    await again.close('stopped');
    await ledger.inbox.retry({ ...question, leg: 1, ts: '4000000001.000000' });
    await (await ledger.leased(question)).wait({ kind: 'account', provider: 'github', until: ledger.now() + 60_000 });
    const later = { about: '150.000000', ts: '4000000002.000000' };
    expect(await ledger.inbox.requestStop(stopOutside(later)), 'in an earlier try').toMatchObject({ reached: 1 });
  });
});

describe('a stop after “Try again”', () => {
  it('counts to the microsecond, and nothing of the turn before is left', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    await ledger.leases.noteQueued(question);
    const lease = await ledger.leased(question);
    await ledger.inbox.requestStop(stopOf({ userId: 'UBOB' }));
    expect(await lease.renew()).toMatchObject({ stopRefused: true });
    await lease.close('failed');
    await ledger.inbox.retry({ ...question, leg: 0, ts: '1766458026.240810' });
    expect(await ledger.inbox.requestStop(stopOf({ ts: '1766458026.240809' }))).toMatchObject({ reached: 0 });
    expect(await (await ledger.leased(question)).renew()).toMatchObject({ stopRefused: false, stopRequested: false });
    expect((await ledger.recordOf(question))?.queuedAt).toBeUndefined();
    expect(await ledger.inbox.requestStop(stopOf({ ts: '1766458026.240811' }))).toMatchObject({ reached: 1 });
  });

  it.each([
    ['a clock that is ahead', 60_000],
    ['a clock that is behind', -60_000],
  ])('goes by Slack’s time alone: %s', async (_, off) => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    await (await ledger.leased(question)).close('failed');
    const pressed = ledger.now() / 1000 - off / 1000;
    await ledger.inbox.retry({ ...question, leg: 0, ts: pressed.toFixed(6) });
    await ledger.leased(question);
    expect(await ledger.inbox.requestStop(stopOf({ ts: (pressed - 1).toFixed(6) }))).toMatchObject({ reached: 0 });
    expect(await ledger.inbox.requestStop(stopOf({ ts: (pressed + 1).toFixed(6) }))).toMatchObject({ reached: 1 });
  });
});

describe('who may stop', () => {
  const bobs = questionOf('100.000002', { userId: 'UBOB' });

  it('is who asked; others reach nothing, and it is told whose question it was', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(bobs);
    const lease = await ledger.leased(bobs);
    expect(await ledger.inbox.requestStop(stopOf())).toEqual({ reached: 0, bring: [], refused: bobs });
    expect(await lease.renew()).toMatchObject({ stopRequested: false, stopRefused: true });
    expect(await ledger.inbox.requestStop(stopOf({ userId: 'UBOB' }))).toEqual({ reached: 1, bring: [bobs] });
  });

  it('are those named for it', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(bobs);
    expect(await ledger.inbox.requestStop(stopOf({ mayStopAll: true }))).toEqual({ reached: 1, bring: [] });
  });

  it('one question in a thread of two is not refused the other', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question, bobs);
    expect(await ledger.inbox.requestStop(stopOf())).toEqual({ reached: 1, bring: [] });
    expect((await ledger.recordOf(bobs))?.stopRequestedAt).toBeUndefined();
  });
});

describe('a stop that names no thread', () => {
  async function answering() {
    const ledger = await startedLedger();
    const root = questionOf('100.000000', { threadTs: '100.000000' });
    const reply = questionOf('90.000005', { threadTs: '90.000000' });
    await ledger.recorded(root, reply);
    const lease = await ledger.leased(reply);
    await lease.noteReply('90.000006');
    const { revision: _, ...proposed } = changeOf(ledger.now());
    await lease.noteChange({ ...proposed, cardTs: '90.000007' });
    return { ...ledger, root, reply, [Symbol.asyncDispose]: () => ledger[Symbol.asyncDispose]() };
  }

  it.each(['90.000005', '90.000006', '90.000007'])(
    'is about the question of the message %s: itself, of its answer, or its card',
    async (about) => {
      await using ledger = await answering();
      expect(await ledger.inbox.requestStop(stopOutside({ about }))).toEqual({ reached: 1, bring: [ledger.reply] });
      expect((await ledger.recordOf(ledger.root))?.stopRequestedAt).toBeUndefined();
    },
  );

  it('is about what opened a thread, and no other question of it', async () => {
    await using ledger = await answering();
    await ledger.recorded(question);
    expect(await ledger.inbox.requestStop(stopOutside({ about: '100.000000' }))).toEqual({ reached: 1, bring: [] });
    expect((await ledger.recordOf(question))?.stopRequestedAt).toBeUndefined();
  });

  it.each<[string, Partial<StopRequest>]>([
    ['any other message', { about: '90.000008' }],
    ['one of another channel', { about: '90.000006', channelId: 'C02' }],
    ['one of another workspace', { about: '90.000006', teamId: 'T02' }],
  ])('is about nothing where it is about %s', async (_, more) => {
    await using ledger = await answering();
    expect(await ledger.inbox.requestStop(stopOutside(more))).toEqual({ reached: 0, bring: [] });
  });

  it('and no message is about all that this person asked in the channel, even for who may stop all', async () => {
    await using ledger = await answering();
    const bobs = questionOf('100.000005', { userId: 'UBOB' });
    const inAnother = questionOf('100.000006', { channelId: 'C02', threadTs: '100.000006' });
    await ledger.recorded(bobs, inAnother);
    expect(await ledger.inbox.requestStop(stopOutside({ mayStopAll: true }))).toMatchObject({ reached: 2 });
    for (const untouched of [bobs, inAnother]) expect((await ledger.recordOf(untouched))?.stopRequestedAt).toBeUndefined();
    expect(await ledger.inbox.requestStop(stopOutside({ userId: 'UCARL' }))).toEqual({ reached: 0, bring: [] });
  });
});

describe('a stop in words', () => {
  it('is kept, closed, so that its copies are known, and is no part of the conversation', async () => {
    await using ledger = await startedLedger();
    expect(await ledger.inbox.recordStop(question)).toBe(true);
    expect(await ledger.inbox.recordStop(question)).toBe(false);
    expect(await ledger.inbox.record(question)).toBe(false);
    expect(await ledger.recordOf(question)).toMatchObject({ state: 'stopped', reason: 'stop', closedAt: ledger.now() });
    expect(await ledger.inbox.conversation(question)).toBeUndefined();
    expect((await ledger.leases.lease(question, 'worker-1')).kind).toBe('closed');
    expect(await ledger.overdue.overdue(ledger.now() + 1_000_000, 10)).toEqual([]);
  });
});
