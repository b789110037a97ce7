import { describe, expect, it } from 'vitest';
import { questionOf } from './question-of.ts';
import { startedLedger } from './started-ledger.ts';
import { stopOf, stopOutside } from './stop-of.ts';

const first = questionOf('100.000001');
const second = questionOf('100.000002');
const third = questionOf('100.000003');
const account = { kind: 'account', provider: 'atlassian', until: Date.UTC(2027, 0, 1) } as const;

describe('taking a later message into a question', () => {
  it('and leasing it exclude each other, whichever comes first', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second, third);
    const lease = await ledger.leased(first);
    await lease.wait(account);
    await ledger.leased(second);
    const again = await ledger.leased(first, 'worker-2');
    expect(await again.fold(second.messageTs)).toBeUndefined();
    expect(await again.fold(third.messageTs)).toMatchObject({ foldedInto: first.messageTs, state: 'received' });
    expect(await again.fold(third.messageTs), 'by whoever answers it next, too').toBeDefined();
    await again.close('answered', undefined, [third.messageTs]);
    expect((await ledger.recordOf(first))?.folded).toEqual([third.messageTs]);
  });

  it('is in vain of what was deleted, stopped, or belongs to another question', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second, third);
    const lease = await ledger.leased(first);
    await ledger.inbox.withdraw(second);
    expect(await lease.fold(second.messageTs)).toBeUndefined();
    await ledger.inbox.requestStop(stopOf());
    expect(await lease.fold(third.messageTs)).toBeUndefined();
    expect(await lease.fold('100.000009')).toBeUndefined();
    expect(await ledger.recordOf(questionOf('100.000009'))).toBeUndefined();
  });

  it('keeps it behind a question that waits for a person; what was not taken in goes on', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second, third);
    const lease = await ledger.leased(first);
    await lease.fold(third.messageTs);
    await lease.wait(account, [third.messageTs]);
    await (await ledger.leased(second)).close('answered');
    expect(await ledger.leases.lease(third, 'worker-2')).toEqual({ kind: 'behind', messageTs: first.messageTs, until: account.until });
  });

  it('keeps nobody else behind it while both wait for a person: who asked, or another, or what is over already', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second, third);
    const lease = await ledger.leased(first);
    await lease.fold(second.messageTs);
    await lease.wait(account, [second.messageTs]);
    await (await ledger.leased(third)).close('answered');
    await ledger.leased(first, 'worker-2');
    expect((await ledger.leases.lease(third, 'worker-2')).kind).toBe('closed');
    const fourth = questionOf('100.000004');
    await ledger.recorded(fourth);
    expect(await ledger.leases.lease(fourth, 'worker-2'), 'once it is worked on').toEqual({ kind: 'behind', messageTs: first.messageTs });
  });

  it('and left until then is due with it, or once it has ended', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second);
    const lease = await ledger.leased(first);
    await lease.fold(second.messageTs);
    const until = ledger.now() + 900_000;
    await lease.wait({ ...account, until }, [second.messageTs]);
    await ledger.leases.postpone(second, until);
    expect(await ledger.recordOf(second)).toMatchObject({ dueAt: until, unheldSince: until });
    await (await ledger.leased(first, 'worker-2')).close('answered', undefined, [second.messageTs]);
    expect(await ledger.recordOf(second)).toMatchObject({ dueAt: ledger.now(), unheldSince: ledger.now() });
  });

  it('with a question that waits for a person is no work: what was asked besides and is deleted leaves nothing to be done', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second, third);
    const lease = await ledger.leased(first);
    await lease.fold(second.messageTs);
    expect(await ledger.inbox.isAtWork(second)).toBe(true);
    await lease.wait(account, [second.messageTs]);
    expect(await ledger.inbox.isAtWork(third), 'which is itself to be done').toBe(true);
    expect(await ledger.inbox.withdraw(third)).toEqual({ kind: 'closed', isIdle: true });
    expect([await ledger.inbox.isAtWork(first), await ledger.inbox.isAtWork(second)]).toEqual([false, false]);
    await ledger.leased(first, 'worker-2');
    expect(await ledger.inbox.isAtWork(second)).toBe(true);
  });

  it('ends with the question’s loss: it is a question again', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second);
    const lease = await ledger.leased(first);
    await lease.fold(second.messageTs);
    await lease.wait(account, [second.messageTs]);
    const { record } = await ledger.leased(first);
    expect(await ledger.overdue.closeLost(record, 'failed', 'lost')).toBe(true);
    expect((await ledger.recordOf(first))?.folded).toBeUndefined();
    expect((await ledger.leases.lease(second, 'worker-2')).kind).toBe('leased');
  });

  it('stays on record where its end was found in the thread, or a stop; not where the question was deleted', async () => {
    for (const [outcome, isDeleted, folded, reason] of [
      ['answered', false, [second.messageTs], 'found-complete'],
      ['failed', false, [second.messageTs], 'found-complete'],
      ['stopped', false, [second.messageTs], 'lost'],
      ['stopped', true, undefined, 'lost'],
    ] as const) {
      await using ledger = await startedLedger();
      await ledger.recorded(first, second);
      const lease = await ledger.leased(first);
      await lease.fold(second.messageTs);
      await lease.wait(account, [second.messageTs]);
      await ledger.leased(first);
      if (isDeleted) await ledger.inbox.withdraw(first);
      expect(await ledger.overdue.closeLost((await ledger.recordOf(first)) ?? lease.record, outcome, reason)).toBe(true);
      expect((await ledger.recordOf(first))?.folded, outcome).toEqual(folded);
    }
  });

  it('is undone for both by a stop on either, and by its deletion, once its words are part of the question for good', async () => {
    for (const end of [stopOf({ about: first.messageTs }), stopOf({ about: second.messageTs }), 'deletion'] as const) {
      await using ledger = await startedLedger();
      await ledger.recorded(first, second, third);
      const lease = await ledger.leased(first);
      await lease.fold(second.messageTs);
      await lease.wait(account, [second.messageTs]);
      if (end === 'deletion') expect(await ledger.inbox.withdraw(second)).toEqual({ kind: 'open', question: first });
      else expect(await ledger.inbox.requestStop(end)).toEqual({ reached: 2, bring: [first] });
      expect((await ledger.recordOf(first))?.stopRequestedAt).toBeDefined();
      expect((await ledger.recordOf(third))?.stopRequestedAt).toBeUndefined();
    }
  });

  it('is stopped with it while its worker has it in hand, though only the message is named', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second, third);
    await (await ledger.leased(first)).fold(second.messageTs);
    expect(await ledger.inbox.requestStop(stopOutside({ about: second.messageTs }))).toEqual({ reached: 2, bring: [first] });
    expect((await ledger.recordOf(first))?.stopRequestedAt).toBeDefined();
    expect((await ledger.recordOf(third))?.stopRequestedAt).toBeUndefined();
    expect((await ledger.leases.lease(second, 'worker-2')).kind, 'it ends with it').toBe('behind');
  });

  it('is stopped alone where nobody has the question in hand, or it is one of its own since', async () => {
    for (const isOwn of [false, true]) {
      await using ledger = await startedLedger();
      await ledger.recorded(first, second);
      const lease = await ledger.leased(first);
      await lease.fold(second.messageTs);
      if (isOwn) {
        await lease.close('failed', 'timed-out');
        await ledger.leased(second);
        await ledger.inbox.retry({ ...first, leg: 0 });
        await ledger.leased(first, 'worker-2');
      } else await lease.release('hindered');
      expect((await ledger.inbox.requestStop(stopOutside({ about: second.messageTs }))).reached).toBe(1);
      expect((await ledger.recordOf(first))?.stopRequestedAt).toBeUndefined();
    }
  });

  it('by who lost the question meanwhile says nothing: only its end tells what went with it', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second);
    const old = await ledger.leased(first);
    ledger.pass(31_000);
    const current = await ledger.leased(first, 'worker-2');
    await current.close('answered');
    expect(await old.fold(second.messageTs)).toBeDefined();
    expect(await old.close('answered', undefined, [second.messageTs])).toBe(false);
    expect((await ledger.recordOf(first))?.folded).toEqual([]);
    expect((await ledger.leases.lease(second, 'worker-2')).kind).toBe('leased');
  });

  it('stops the question with it that reads it once more after “Try again”, though Slack’s clock is ahead of ours', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second);
    const lease = await ledger.leased(first);
    await lease.fold(second.messageTs);
    await lease.close('failed', 'timed-out', [second.messageTs]);
    await ledger.inbox.retry({ ...first, leg: 0, ts: ((ledger.now() + 5_000) / 1_000).toFixed(6) });
    expect(await ledger.inbox.withdraw(second)).toEqual({ kind: 'open', question: first });
    expect(await ledger.recordOf(first)).toMatchObject({ stopRequestedAt: ledger.now() });
  });

  it('stops the question with it that reads it once more after “Try again”, though its own end was the stop of both', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second, third);
    const lease = await ledger.leased(first);
    await lease.fold(second.messageTs);
    await lease.close('stopped', undefined, [second.messageTs]);
    await (await ledger.leased(second)).close('stopped', 'folded');
    await ledger.inbox.retry({ ...first, leg: 0 });
    expect((await ledger.inbox.requestStop(stopOutside({ about: second.messageTs, userId: 'UBOB' }))).reached).toBe(0);
    const again = await ledger.leased(first, 'worker-2');
    expect(await ledger.inbox.requestStop(stopOf({ about: second.messageTs }))).toEqual({ reached: 1, bring: [first] });
    expect(await again.renew()).toMatchObject({ stopRequested: true });
    expect((await ledger.recordOf(third))?.stopRequestedAt).toBeUndefined();
  });

  it('stops the question with its deletion when that is sent again, where the receiver died between the two, and no turn after', async () => {
    let isDead = true;
    await using ledger = await startedLedger({
      around: (door) => async (operation, input) => {
        if (isDead && operation === 'UpdateItem' && JSON.stringify(input).includes('stopWrite')) throw new Error('died');
        return door(operation, input);
      },
    });
    await ledger.recorded(first, second);
    const lease = await ledger.leased(first);
    await lease.fold(second.messageTs);
    await lease.wait(account, [second.messageTs]);
    await expect(ledger.inbox.withdraw(second)).rejects.toThrow('died');
    expect((await ledger.recordOf(second))?.state).toBe('stopped');
    isDead = false;
    expect(await ledger.inbox.withdraw(second)).toEqual({ kind: 'open', question: first });
    expect(await ledger.recordOf(first)).toMatchObject({ state: 'received', stopRequestedAt: ledger.now() });
    ledger.pass(1_000);
    await (await ledger.leased(first, 'worker-2')).close('stopped', undefined, [second.messageTs]);
    await ledger.inbox.retry({ ...first, leg: 1, ts: (ledger.now() / 1_000).toFixed(6) });
    expect(await ledger.inbox.withdraw(second), 'and once more').toBeUndefined();
    expect((await ledger.recordOf(first))?.stopRequestedAt).toBeUndefined();
  });

  it('which ended without it leaves it alone: a stop on that question, tried again, or its own edit and end, are of one of them only', async () => {
    for (const end of ['stop', 'edit', 'deletion'] as const) {
      await using ledger = await startedLedger();
      await ledger.recorded(first, second);
      const lease = await ledger.leased(first);
      await lease.fold(second.messageTs);
      await lease.close('failed', 'timed-out');
      const alone = await ledger.leased(second);
      expect(await alone.goAlone()).toBe(true);
      if (end === 'deletion') await alone.close('answered');
      await ledger.inbox.retry({ ...first, leg: 0 });
      await ledger.leased(first, 'worker-2');
      if (end === 'stop') expect((await ledger.inbox.requestStop(stopOutside({ about: first.messageTs }))).reached).toBe(1);
      if (end === 'edit') await ledger.inbox.edit({ ...second, text: 'other words' });
      if (end === 'deletion') await ledger.inbox.withdraw(second);
      const { stopRequestedAt, wordsAt } = (await ledger.recordOf(end === 'stop' ? second : first)) ?? {};
      expect({ stopRequestedAt, wordsAt }, end).toEqual({});
    }
  });

  it('is tried again with it: a stop that was for both is of what is over, also where it comes late; one given since is not', async () => {
    await using ledger = await startedLedger();
    const pressed = 4_000_000_000;
    const given = (seconds: number) => stopOutside({ about: second.messageTs, ts: `${pressed + seconds}.000000` });
    await ledger.recorded(first, second);
    const lease = await ledger.leased(first);
    await lease.fold(second.messageTs);
    await lease.wait(account, [second.messageTs]);
    await ledger.inbox.requestStop(given(-5));
    await (await ledger.leased(first)).close('stopped', undefined, [second.messageTs]);
    expect((await ledger.inbox.retry({ ...first, leg: 1, ts: `${pressed}.000000` })).kind).toBe('retried');
    await ledger.inbox.requestStop(given(-4));
    const marks = async () => [first, second].map(async (one) => (await ledger.recordOf(one))?.stopRequestedAt !== undefined);
    expect(await Promise.all(await marks())).toEqual([false, false]);
    expect((await ledger.inbox.requestStop(given(5))).reached).toBe(2);
    expect(await Promise.all(await marks())).toEqual([true, true]);
  });

  it('and left until then is due at once where the sweeper ends the question, however that ends', async () => {
    for (const [outcome, reason] of [
      ['failed', 'lost'],
      ['stopped', 'lost'],
      ['answered', 'found-complete'],
    ] as const) {
      await using ledger = await startedLedger();
      await ledger.recorded(first, second);
      const lease = await ledger.leased(first);
      await lease.fold(second.messageTs);
      const until = ledger.now() + 900_000;
      await lease.wait({ ...account, until }, [second.messageTs]);
      await ledger.leases.postpone(second, until);
      const { record } = await ledger.leased(first, 'worker-2');
      expect(await ledger.overdue.closeLost(record, outcome, reason)).toBe(true);
      expect(await ledger.recordOf(second)).toMatchObject({ dueAt: ledger.now(), unheldSince: ledger.now() });
    }
  });
});
