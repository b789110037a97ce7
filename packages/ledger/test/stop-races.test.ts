import { describe, expect, it } from 'vitest';
import type { Lease } from '../src/ledger.ts';
import { changeOf, clickOn } from './change-of.ts';
import { questionOf } from './question-of.ts';
import { startedLedger } from './started-ledger.ts';
import { stopOf } from './stop-of.ts';

const question = questionOf('100.000001');

/** A question whose worker has proposed a change, and still runs. */
async function proposing() {
  const ledger = await startedLedger();
  await ledger.recorded(question);
  const lease = await ledger.leased(question);
  const { revision: _, ...proposed } = changeOf(ledger.now());
  const change = (await lease.noteChange(proposed))!;
  return {
    ...ledger,
    lease,
    change,
    stop: () => ledger.inbox.requestStop(stopOf()),
    approve: () => ledger.decisions.decide(clickOn(change)),
    remove: () => ledger.inbox.withdraw(question),
    wait: (by: Lease = lease) => by.wait({ kind: 'decision', change: change.id, until: change.expiresAt }),
    /** Its worker begins what is approved now. */
    async begin(by: Lease) {
      const approved = (await ledger.recordOf(question))?.changes.c1;
      return approved && by.noteChange({ ...approved, state: 'started' });
    },
    [Symbol.asyncDispose]: () => ledger[Symbol.asyncDispose](),
  };
}

const tooLate = { kind: 'refused', refusal: { kind: 'stopped' } };

describe('a stop, then a yes', () => {
  it('which counts for nothing, while the worker runs', async () => {
    await using ledger = await proposing();
    expect(await ledger.stop()).toEqual({ reached: 1, bring: [question] });
    expect(await ledger.approve()).toEqual(tooLate);
    expect((await ledger.recordOf(question))?.changes.c1?.state).toBe('proposed');
  });

  it('which counts for nothing, once it waited: it goes on to its end at once', async () => {
    await using ledger = await proposing();
    await ledger.wait();
    expect(await ledger.stop()).toEqual({ reached: 1, bring: [question] });
    expect(await ledger.approve()).toEqual(tooLate);
    expect((await ledger.leased(question, 'worker-2')).record).toMatchObject({
      stopRequestedAt: ledger.now(),
      changes: { c1: { state: 'proposed' } },
    });
  });

  it('which had read the record before and writes after', async () => {
    await using ledger = await proposing();
    await ledger.wait();
    expect(await ledger.decidedAcross(clickOn(ledger.change), ledger.stop)).toEqual(tooLate);
  });

  it('and a no is taken', async () => {
    await using ledger = await proposing();
    await ledger.stop();
    expect((await ledger.decisions.decide(clickOn(ledger.change, { verdict: 'deny' }))).kind).toBe('decided');
  });
});

describe('a deletion, then a yes', () => {
  it('which counts for nothing, while the worker runs and once it waited', async () => {
    await using ledger = await proposing();
    await ledger.remove();
    expect(await ledger.approve()).toEqual(tooLate);
    await using waiting = await proposing();
    await waiting.wait();
    await waiting.remove();
    expect(await waiting.approve()).toEqual(tooLate);
  });

  it('which had read the record before and writes after', async () => {
    await using ledger = await proposing();
    // Only marked, as its worker still runs.
    expect(await ledger.decidedAcross(clickOn(ledger.change), ledger.remove)).toEqual(tooLate);
    expect((await ledger.recordOf(question))?.changes.c1?.state).toBe('proposed');
  });
});

describe('a yes, then a stop', () => {
  it('before it is begun: it is not begun any more, though its worker has not noticed', async () => {
    await using ledger = await proposing();
    expect((await ledger.approve()).kind).toBe('decided');
    await ledger.stop();
    expect(await ledger.begin(ledger.lease)).toBeUndefined();
    expect(await ledger.lease.renew()).toMatchObject({ held: true, stopRequested: true });
    const approved = (await ledger.recordOf(question))?.changes.c1;
    expect(await ledger.lease.noteChange({ ...approved!, state: 'failed' })).toMatchObject({ state: 'failed' });
  });

  it('once it is begun: how it ended goes on record all the same', async () => {
    await using ledger = await proposing();
    await ledger.approve();
    const started = await ledger.begin(ledger.lease);
    await ledger.stop();
    expect(await ledger.lease.noteChange({ ...started!, state: 'done' })).toMatchObject({ state: 'done' });
    expect(await ledger.lease.close('stopped')).toBe(true);
  });

  it('on its way to a worker: whoever takes it sees both', async () => {
    await using ledger = await proposing();
    await ledger.wait();
    await ledger.approve();
    expect(await ledger.stop()).toEqual({ reached: 1, bring: [] });
    const lease = await ledger.leased(question, 'worker-2');
    expect(lease.record).toMatchObject({ stopRequestedAt: ledger.now(), changes: { c1: { state: 'approved' } } });
    expect(await ledger.begin(lease)).toBeUndefined();
  });
});

describe('a stop and the end of a turn', () => {
  it('that is about to wait for a person: it does not, and goes on to its end', async () => {
    await using ledger = await proposing();
    await ledger.stop();
    expect(await ledger.wait()).toBe('over');
    expect(await ledger.lease.close('stopped')).toBe(true);
  });

  it('that is about to wait for an account: the same', async () => {
    await using ledger = await proposing();
    await ledger.stop();
    expect(await ledger.lease.wait({ kind: 'account', provider: 'github', until: ledger.now() + 60_000 })).toBe('over');
  });

  it('that was deleted meanwhile: the same', async () => {
    await using ledger = await proposing();
    await ledger.inbox.withdraw(question);
    expect(await ledger.wait()).toBe('over');
  });

  it('which closed it first: the stop reaches nothing, and a yes comes too late', async () => {
    await using ledger = await proposing();
    await ledger.lease.close('answered');
    expect(await ledger.stop()).toEqual({ reached: 0, bring: [] });
    expect(await ledger.approve()).toEqual({ kind: 'refused', refusal: { kind: 'expired' } });
    expect(await ledger.recordOf(question)).toMatchObject({ state: 'answered' });
  });

  it('which closes it last: what was said by then is its outcome', async () => {
    await using ledger = await proposing();
    await ledger.stop();
    expect(await ledger.lease.close('answered')).toBe(true);
    expect(await ledger.stop()).toEqual({ reached: 0, bring: [] });
  });

  it('all at once: one outcome, and nothing is begun after the stop', async () => {
    await using ledger = await proposing();
    const [decided, stopped] = await Promise.all([ledger.approve(), ledger.stop(), ledger.wait()]);
    const record = await ledger.recordOf(question);
    expect(stopped.reached).toBe(1);
    expect(record?.stopRequestedAt).toBe(ledger.now());
    expect(record?.changes.c1?.state).toBe(decided.kind === 'decided' ? 'approved' : 'proposed');
    const lease = record?.state === 'running' ? ledger.lease : await ledger.leased(question, 'worker-2');
    if (decided.kind === 'decided') expect(await ledger.begin(lease)).toBeUndefined();
    expect(await lease.close('stopped')).toBe(true);
  });
});
