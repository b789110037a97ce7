import { describe, expect, it } from 'vitest';
import type { Lease } from '../src/ledger.ts';
import { questionOf } from './question-of.ts';
import { leaseMilliseconds, startedLedger } from './started-ledger.ts';
import { stopOf } from './stop-of.ts';

const first = questionOf('100.000001');
const second = questionOf('100.000002');
const third = questionOf('100.000003');

describe('leasing a question', () => {
  it('gives it to one of many workers that ask at the same time', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => ledger.leases.lease(first, `worker-${index}`)));
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['leased', ...Array.from({ length: 9 }, () => 'taken')]);
  });

  it('tells the worker all there is to know', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    ledger.pass(1_000);
    expect((await ledger.leased(first)).record).toEqual({
      question: first,
      state: 'running',
      attempts: 1,
      receivedAt: ledger.now() - 1_000,
      unheldSince: ledger.now() - 1_000,
      startedAt: ledger.now(),
      dueAt: ledger.now() + leaseMilliseconds,
      leaseOwner: 'worker-1',
      leaseWrite: expect.stringMatching(/^[0-9a-f]{32}$/),
      formerTaking: '',
      takenAt: ledger.now(),
      leg: 0,
      changes: {},
      replies: [],
      feedback: {},
      feedbackReasons: {},
    });
  });

  it('names the taking before it, so that the next attempt is told with the one it follows', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const { taking } = await ledger.leased(first);
    ledger.pass(leaseMilliseconds + 1);
    expect((await ledger.leased(first)).record.formerTaking).toBe(taking);
  });

  it('goes in the order asked within a thread, whatever order the workers ask in', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second, third);
    expect(await ledger.leases.lease(third, 'worker-1')).toEqual({ kind: 'behind', messageTs: '100.000001' });
    const lease = await ledger.leased(first);
    expect(await ledger.leases.lease(second, 'worker-1')).toEqual({ kind: 'behind', messageTs: '100.000001' });
    await lease.close('failed');
    expect(await ledger.leases.lease(third, 'worker-2')).toEqual({ kind: 'behind', messageTs: '100.000002' });
    await (await ledger.leased(second)).close('stopped');
    expect((await ledger.leases.lease(third, 'worker-2')).kind).toBe('leased');
  });

  it('does not wait for other threads, or for what was asked later', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second, questionOf('50.000000', { threadTs: '50.000000' }));
    await ledger.leased(first);
    const elsewhere = questionOf('100.000009', { threadTs: '50.000000', channelId: 'C02' });
    await ledger.recorded(elsewhere);
    expect((await ledger.leases.lease(elsewhere, 'worker-2')).kind).toBe('leased');
  });

  it('is refused for a question that is closed, or that nobody recorded', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    await (await ledger.leased(first)).close('answered');
    expect(await ledger.leases.lease(first, 'worker-2')).toEqual({ kind: 'closed' });
    expect(await ledger.leases.lease(second, 'worker-2')).toEqual({ kind: 'unknown' });
  });

  it('rejects when the table cannot be reached, and takes nothing', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    ledger.emulator.inject({ kind: 'throttled', operation: 'UpdateItem' });
    await expect(ledger.leases.lease(first, 'worker-1')).rejects.toThrow();
    expect((await ledger.leases.lease(first, 'worker-2')).kind).toBe('leased');
  });
});

describe('a lease', () => {
  it('holds as long as it is renewed', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const lease = await ledger.leased(first);
    for (let beat = 0; beat < 5; beat += 1) {
      ledger.pass(leaseMilliseconds - 1);
      expect(await ledger.leases.lease(first, 'worker-2')).toEqual({ kind: 'taken' });
      expect(await lease.renew()).toMatchObject({ held: true, stopRequested: false });
    }
  });

  it('that lapsed can be taken by another worker, who keeps what is known of the first', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const began = ledger.now();
    const lease = await ledger.leased(first, 'worker-1');
    await lease.noteReply('100.000100');
    ledger.pass(leaseMilliseconds + 1);
    const { record } = await ledger.leased(first, 'worker-2');
    expect(record).toMatchObject({ leaseOwner: 'worker-2', startedAt: began, replies: ['100.000100'] });
  });

  it('that was lost lets its owner write nothing any more', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const old = await ledger.leased(first, 'worker-1');
    ledger.pass(leaseMilliseconds + 1);
    const current = await ledger.leased(first, 'worker-2');
    await expectPowerless(old);
    expect(await ledger.recordOf(first)).toEqual(current.record);
    expect(await current.close('answered')).toBe(true);
    await expectPowerless(old);
  });

  it('that lapsed but was taken by nobody may still be renewed and closed', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const lease = await ledger.leased(first);
    ledger.pass(leaseMilliseconds + 1);
    expect(await lease.renew()).toMatchObject({ held: true });
    expect(await lease.close('answered')).toBe(true);
  });

  it('knows that the person asked to stop, before it began and while it runs', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second);
    const lease = await ledger.leased(first);
    expect(await lease.renew()).toMatchObject({ held: true, stopRequested: false });
    await ledger.inbox.requestStop(stopOf());
    expect(await lease.renew()).toMatchObject({ held: true, stopRequested: true });
    expect(await lease.renew()).toMatchObject({ held: true, stopRequested: true });
    await lease.close('stopped');
    expect((await ledger.leased(second)).record.stopRequestedAt).toBe(ledger.now());
  });

  it('notes what was posted, in order, each message once', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const lease = await ledger.leased(first);
    for (const ts of ['1.1', '1.2', '1.2']) expect(await lease.noteReply(ts)).toBe(true);
    expect((await ledger.recordOf(first))?.replies).toEqual(['1.1', '1.2']);
  });

  it('closes a question once, with its outcome and why', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const lease = await ledger.leased(first);
    expect(await lease.close('failed', 'throttled')).toBe(true);
    expect(await lease.close('answered')).toBe(false);
    const record = await ledger.recordOf(first);
    expect(record).toMatchObject({ state: 'failed', reason: 'throttled' });
    expect(record).not.toHaveProperty('dueAt');
    expect(record).not.toHaveProperty('leaseOwner');
  });

  it('that is given back can be taken at once, by anybody, and is due at once', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const lease = await ledger.leased(first, 'worker-1');
    expect(await lease.release()).toBe(true);
    await expectPowerless(lease);
    expect(await ledger.overdue.overdue(ledger.now() + 1, 10)).toHaveLength(1);
    expect((await ledger.leases.lease(first, 'worker-2')).kind).toBe('leased');
  });
});

describe('an attempt', () => {
  it('counts when a worker begins: not when it is sent, postponed, or taken up again by whoever has it', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const attempts = async () => (await ledger.recordOf(first))?.attempts;
    for (let sent = 0; sent < 3; sent += 1) {
      ledger.pass(60_001);
      await ledger.overdue.claim((await ledger.recordOf(first))!, ledger.now() + 60_000, 'send');
      await ledger.leases.postpone(first);
    }
    expect(await attempts()).toBe(0);
    const lease = await ledger.leased(first);
    expect(await attempts()).toBe(1);
    expect(await ledger.leases.lease(first, 'worker-1', lease)).toMatchObject({ kind: 'leased', lease: { record: { attempts: 1 } } });
    ledger.pass(leaseMilliseconds + 1);
    expect((await ledger.leased(first, 'worker-2')).record.attempts).toBe(2);
  });

  it('that was given back counts, but for one that had not begun', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    await (await ledger.leased(first)).release('unbegun');
    expect((await ledger.recordOf(first))?.attempts).toBe(0);
    await (await ledger.leased(first)).release();
    expect((await ledger.recordOf(first))?.attempts).toBe(1);
  });

  it('whose worker was hindered uses up none, and is due later each time, until that has happened a dozen times', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const pauses: number[] = [];
    for (let times = 0; times < 14; times += 1) {
      await (await ledger.leased(first)).release('hindered');
      const { attempts, hindrances = 0, dueAt = 0 } = (await ledger.recordOf(first))!;
      pauses.push(dueAt - ledger.now());
      expect([attempts, hindrances]).toEqual([times + 1, Math.min(12, times + 1)]);
      ledger.pass(60_000);
    }
    const lease = leaseMilliseconds;
    expect(pauses).toEqual([0, lease / 10, lease / 5, lease / 2.5, lease / 1.25, ...Array(7).fill(lease * 1.5), 0, 0]);
  });

  it('of which its worker is not told does not count, and another worker has it at once', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    ledger.emulator.inject({ kind: 'lost-response', operation: 'UpdateItem' });
    await expect(ledger.leases.lease(first, 'worker-1')).rejects.toThrow();
    expect(await ledger.recordOf(first)).toMatchObject({ state: 'received', attempts: 0, dueAt: ledger.now() });
    expect((await ledger.leased(first, 'worker-2')).record.attempts).toBe(1);
  });
});

describe('two processes of one name, as made from one snapshot', () => {
  it('do not both hold a question, and neither writes with the lease of the other', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const one = await ledger.leased(first, 'worker-1');
    expect(await ledger.leases.lease(first, 'worker-1')).toEqual({ kind: 'taken' });
    ledger.pass(leaseMilliseconds + 1);
    const other = await ledger.leased(first, 'worker-1');
    await expectPowerless(one);
    expect(await ledger.leases.lease(first, 'worker-1', one)).toEqual({ kind: 'taken' });
    expect(await other.close('answered')).toBe(true);
  });
});

describe('postponing', () => {
  it('keeps a waiting question from the sweeper for the length of a lease', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    ledger.pass(55_000);
    await ledger.leases.postpone(first);
    ledger.pass(leaseMilliseconds - 1);
    expect(await ledger.overdue.overdue(ledger.now(), 10)).toEqual([]);
    ledger.pass(2);
    expect(await ledger.overdue.overdue(ledger.now(), 10)).toHaveLength(1);
  });

  it('does nothing to a question that runs, is closed, or is not there', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second);
    await (await ledger.leased(first)).close('answered');
    const running = (await ledger.leased(second)).record;
    ledger.pass(5_000);
    for (const question of [first, second, third]) await ledger.leases.postpone(question);
    expect(await ledger.recordOf(first)).not.toHaveProperty('dueAt');
    expect(await ledger.recordOf(second)).toEqual(running);
    expect(await ledger.recordOf(third)).toBeUndefined();
  });
});

async function expectPowerless(lease: Lease): Promise<void> {
  expect((await lease.renew()).held).toBe(false);
  expect(await lease.noteReply('9.9')).toBe(false);
  expect(await lease.close('failed')).toBe(false);
  expect(await lease.release()).toBe(false);
}
