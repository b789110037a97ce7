import { describe, expect, it } from 'vitest';
import type { Lease } from '../src/ledger.ts';
import { changeOf, clickOn } from './change-of.ts';
import { questionOf } from './question-of.ts';
import { startedLedger } from './started-ledger.ts';
import { stopOutside } from './stop-of.ts';

const question = questionOf('100.000001', { text: 'write it down' });
const edited = { ...question, text: 'write down something else', quotes: [] };
const tooLate = { kind: 'refused', refusal: { kind: 'edited' } };

/** A question whose worker has proposed a change for the words it was asked in, and still runs. */
async function proposing() {
  const ledger = await startedLedger();
  await ledger.recorded(question);
  const lease = await ledger.leased(question);
  const { revision: _, ...proposed } = changeOf(ledger.now(), { forWords: 0 });
  const change = (await lease.noteChange(proposed))!;
  ledger.pass(1_000);
  return {
    ...ledger,
    lease,
    change,
    edit: () => ledger.inbox.edit(edited),
    approve: () => ledger.decisions.decide(clickOn(change)),
    deny: () => ledger.decisions.decide(clickOn(change, { verdict: 'deny' })),
    wait: (by: Lease = lease, folded: readonly string[] = []) =>
      by.wait({ kind: 'decision', change: change.id, until: change.expiresAt }, folded, 0),
    [Symbol.asyncDispose]: () => ledger[Symbol.asyncDispose](),
  };
}

describe('an edit, then a yes or a no', () => {
  it('while the card waits: the question is brought back in its new words, once, and nobody decides about the older ones', async () => {
    await using ledger = await proposing();
    await ledger.wait();
    expect(await ledger.edit()).toEqual({ woken: edited });
    expect(await ledger.edit(), 'sent again').toBeUndefined();
    expect([await ledger.approve(), await ledger.deny()]).toEqual([tooLate, tooLate]);
    const { record } = await ledger.leased(question, 'worker-2');
    expect(record).toMatchObject({ question: edited, wordsAt: 1, leg: 1, changes: { c1: { state: 'proposed' } } });
    expect(record.waitsFor).toBeUndefined();
  });

  it('while its worker lets go of it, between two looks of the edit: it is not lost', async () => {
    let between: (() => Promise<unknown>) | undefined;
    const lettingGo = async (error: unknown) => {
      const letGo = between;
      between = undefined;
      await letGo?.();
      throw error;
    };
    await using ledger = await startedLedger({ around: (door) => (operation, input) => door(operation, input).catch(lettingGo) });
    await ledger.recorded(question);
    const lease = await ledger.leased(question);
    const { revision: _, ...proposed } = changeOf(ledger.now(), { forWords: 0 });
    const change = (await lease.noteChange(proposed))!;
    between = () => lease.wait({ kind: 'decision', change: change.id, until: change.expiresAt }, [], 0);
    expect(await ledger.inbox.edit(edited)).toEqual({ woken: edited });
  });

  it('which had read the record before and writes after', async () => {
    await using ledger = await proposing();
    await ledger.wait();
    expect(await ledger.decidedAcross(clickOn(ledger.change), ledger.edit)).toEqual(tooLate);
  });

  it('the same while its worker still runs, which then does not wait for a yes to the older words', async () => {
    await using ledger = await proposing();
    const edits = async () => expect(await ledger.edit()).toEqual({});
    expect(await ledger.decidedAcross(clickOn(ledger.change), edits)).toEqual(tooLate);
    expect(await ledger.wait()).toBe('over');
  });

  it('once it is withdrawn: the same words', async () => {
    await using ledger = await proposing();
    await ledger.wait();
    await ledger.edit();
    const lease = await ledger.leased(question, 'worker-2');
    await lease.noteChange({ ...lease.record.changes.c1!, state: 'expired', isWithdrawn: true });
    expect(await ledger.approve()).toEqual(tooLate);
  });

  it('of what is proposed for the new words: it counts', async () => {
    await using ledger = await proposing();
    await ledger.wait();
    await ledger.edit();
    const lease = await ledger.leased(question, 'worker-2');
    const { revision: _, ...proposed } = changeOf(ledger.now(), { id: 'c2', forWords: lease.record.wordsAt });
    const next = (await lease.noteChange(proposed))!;
    expect(await lease.wait({ kind: 'decision', change: 'c2', until: next.expiresAt }, [], lease.record.wordsAt)).toBe('waiting');
    expect((await ledger.decisions.decide(clickOn(next))).kind).toBe('decided');
  });
});

describe('a yes, then an edit', () => {
  it('stands, and whoever goes on has the new words', async () => {
    await using ledger = await proposing();
    await ledger.wait();
    expect((await ledger.approve()).kind).toBe('decided');
    expect(await ledger.edit()).toEqual({});
    const lease = await ledger.leased(question, 'worker-2');
    expect(lease.record).toMatchObject({ question: edited, changes: { c1: { state: 'approved' } } });
    expect(await lease.noteChange({ ...lease.record.changes.c1!, state: 'started' })).toMatchObject({ state: 'started' });
  });
});

describe('an edit, a yes and the end of a turn', () => {
  it('all at once: the yes stands, or the card is withdrawn; the question goes on either way, in its new words', async () => {
    await using ledger = await proposing();
    const [decided, told] = await Promise.all([ledger.approve(), ledger.edit(), ledger.wait()]);
    const record = (await ledger.recordOf(question))!;
    expect(told).toBeDefined();
    expect(record).toMatchObject({ question: edited });
    expect(record.state).not.toBe('waiting');
    expect(record.changes.c1?.state).toBe(decided.kind === 'decided' ? 'approved' : 'proposed');
    if (decided.kind === 'refused') expect(decided).toEqual(tooLate);
  });

  it('which closed it first: there is nothing to edit any more', async () => {
    await using ledger = await proposing();
    await ledger.lease.close('answered');
    expect(await ledger.edit()).toBeUndefined();
    expect(await ledger.recordOf(question)).toMatchObject({ question, state: 'answered' });
  });
});

describe('an edit while an account is waited for', () => {
  it('brings the question back, for which other words may need none', async () => {
    await using ledger = await proposing();
    await ledger.lease.wait({ kind: 'account', provider: 'github', until: ledger.now() + 60_000 }, [], 0);
    expect(await ledger.edit()).toEqual({ woken: edited });
  });
});

describe('an edit of a message that was taken in', () => {
  const added = questionOf('100.000002', { text: 'and more' });
  const other = { ...added, text: 'and less', editedTs: '100.000003' };

  it('while the card waits for both brings the question back, once, and the card counts no more', async () => {
    await using ledger = await proposing();
    await ledger.recorded(added);
    await ledger.lease.fold(added.messageTs);
    await ledger.wait(ledger.lease, [added.messageTs]);
    expect(await ledger.inbox.edit(other)).toEqual({ woken: question });
    expect(await ledger.approve()).toEqual(tooLate);
    await ledger.leased(question, 'worker-2');
    expect(await ledger.inbox.edit(other), 'sent again').toEqual({});
    expect(await ledger.recordOf(question)).toMatchObject({ state: 'running', wordsAt: 1 });
  });

  it('heard of after a later edit of the question takes back the card that came between, and sent again no other', async () => {
    await using ledger = await proposing();
    await ledger.recorded(added);
    await ledger.lease.fold(added.messageTs);
    await ledger.inbox.edit({ ...edited, editedTs: '105.000000' });
    const proposes = async (id: string) => {
      const lease = await ledger.leased(question, id);
      const { revision: _, ...proposed } = changeOf(ledger.now(), { id, forWords: lease.record.wordsAt });
      const change = (await lease.noteChange(proposed))!;
      expect(await lease.wait({ kind: 'decision', change: id, until: change.expiresAt }, [added.messageTs], lease.record.wordsAt)).toBe(
        'waiting',
      );
      return change;
    };
    await ledger.lease.release();
    const second = await proposes('c2');
    expect(await ledger.inbox.edit({ ...other, editedTs: '104.000000' })).toMatchObject({ woken: { text: edited.text } });
    expect(await ledger.decisions.decide(clickOn(second))).toEqual(tooLate);
    const third = await proposes('c3');
    for (const editedTs of ['104.000000', '103.000000']) await ledger.inbox.edit({ ...other, editedTs });
    await ledger.inbox.edit({ ...edited, editedTs: '105.000000' });
    expect((await ledger.decisions.decide(clickOn(third))).kind).toBe('decided');
  });

  it('and is deleted before the question waits: it does not', async () => {
    await using ledger = await proposing();
    await ledger.recorded(added);
    await ledger.lease.fold(added.messageTs);
    expect(await ledger.inbox.withdraw(added)).toMatchObject({ kind: 'closed' });
    expect(await ledger.wait(ledger.lease, [added.messageTs])).toBe('over');
    expect(await ledger.recordOf(question)).not.toHaveProperty('stopRequestedAt');
  });

  it('before the question waits: it does not', async () => {
    await using ledger = await proposing();
    await ledger.recorded(added);
    await ledger.lease.fold(added.messageTs);
    expect(await ledger.inbox.edit(other)).toEqual({});
    expect(await ledger.wait(ledger.lease, [added.messageTs])).toBe('over');
  });

  it('whose reader was not told, as the receiver died, is told when Slack sends it again', async () => {
    let isDead = false;
    await using ledger = await startedLedger({
      around: (door) => async (operation, input) => {
        if (isDead && operation === 'UpdateItem' && JSON.stringify(input).includes('rereadWrite')) throw new Error('died');
        return door(operation, input);
      },
    });
    await ledger.recorded(question, added);
    const lease = await ledger.leased(question);
    const { revision: _, ...proposed } = changeOf(ledger.now(), { forWords: 0 });
    const change = (await lease.noteChange(proposed))!;
    await lease.fold(added.messageTs);
    await lease.wait({ kind: 'decision', change: 'c1', until: change.expiresAt }, [added.messageTs], 0);
    isDead = true;
    await expect(ledger.inbox.edit(other)).rejects.toThrow('died');
    isDead = false;
    expect(await ledger.inbox.edit(other)).toEqual({ woken: question });
  });

  it('whose reader was not told, as the receiver died, and a yes before Slack sends it again: it counts for nothing, and the question goes on', async () => {
    for (const how of ['edit', 'deletion', 'stop'] as const) {
      let isDead = false;
      await using ledger = await startedLedger({
        around: (door) => async (operation, input) => {
          const isOfReader = JSON.stringify(input).includes(`"message":{"S":"${question.messageTs}"}`);
          if (isDead && operation === 'UpdateItem' && isOfReader) throw new Error('died');
          return door(operation, input);
        },
      });
      await ledger.recorded(question, added);
      const lease = await ledger.leased(question);
      const { revision: _, ...proposed } = changeOf(ledger.now(), { forWords: 0 });
      const change = (await lease.noteChange(proposed))!;
      await lease.fold(added.messageTs);
      await lease.wait({ kind: 'decision', change: 'c1', until: change.expiresAt }, [added.messageTs], 0);
      isDead = true;
      const told = {
        edit: () => ledger.inbox.edit(other),
        deletion: () => ledger.inbox.withdraw(added),
        stop: () => ledger.inbox.requestStop(stopOutside({ about: added.messageTs })),
      }[how];
      await expect(told(), how).rejects.toThrow('died');
      isDead = false;
      // Both are marked at once.
      if (how === 'stop') await expect.poll(async () => (await ledger.recordOf(added))?.stopRequestedAt).toBeDefined();
      const refusal = { kind: how === 'edit' ? 'edited' : 'stopped' };
      expect(await ledger.decisions.decide(clickOn(change)), how).toEqual({ kind: 'refused', refusal, woken: question });
      expect((await ledger.recordOf(question))?.state).toBe('received');
    }
  });

  it('before it was read is known to who reads it: sent again, it brings nothing back, and a yes counts', async () => {
    await using ledger = await proposing();
    await ledger.recorded(added);
    await ledger.inbox.edit(other);
    const at = Number(other.editedTs) * 1000;
    await ledger.lease.fold(added.messageTs, at);
    const what = { kind: 'decision', change: 'c1', until: ledger.change.expiresAt } as const;
    expect(await ledger.lease.wait(what, [added.messageTs], 0, { told: { [added.messageTs]: at } })).toBe('waiting');
    expect(await ledger.inbox.edit(other)).toEqual({});
    expect((await ledger.approve()).kind).toBe('decided');
  });

  it('between being read and being taken in leaves it for the next look', async () => {
    await using ledger = await proposing();
    await ledger.recorded(added);
    await ledger.inbox.edit(other);
    expect(await ledger.lease.fold(added.messageTs)).toBeUndefined();
    expect(await ledger.lease.fold(added.messageTs, Number(other.editedTs) * 1000)).toMatchObject({ foldedInto: question.messageTs });
  });
});
