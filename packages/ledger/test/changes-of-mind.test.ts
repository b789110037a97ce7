import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { conversationIn } from '../src/conversation.ts';
import { unaddressed } from '../src/ledger.ts';
import { changeOf } from './change-of.ts';
import { questionOf } from './question-of.ts';
import { startedLedger, tableName } from './started-ledger.ts';

const question = questionOf('100.000001', { text: 'who is on call?' });
const edited = { ...question, text: 'who is on call tomorrow?', quotes: [{ text: 'a page' }] };

describe('an edit', () => {
  it('gives a question that nobody took its new words', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    expect(await ledger.inbox.edit(edited)).toEqual({});
    expect((await ledger.leased(question)).record).toMatchObject({ question: edited, editedAt: ledger.now() });
  });

  it('of the same words, again, or of what is no open question changes nothing', async () => {
    await using ledger = await startedLedger();
    expect(await ledger.inbox.edit(edited)).toBeUndefined();
    await ledger.recorded(question);
    expect(await ledger.inbox.edit({ ...question, quotes: [{ text: 'a preview' }] })).toBeUndefined();
    expect([await ledger.inbox.edit(edited), await ledger.inbox.edit(edited)]).toEqual([{}, undefined]);
    await (await ledger.leased(question)).close('answered');
    expect(await ledger.inbox.edit({ ...edited, text: 'too late' })).toBeUndefined();
    expect((await ledger.recordOf(question))?.question.text).toBe(edited.text);
  });

  it('that is newer is noted as newer, though who receives it has a clock that is behind', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    await ledger.inbox.edit({ ...edited, editedTs: '200.000001' });
    const [first = 0] = [(await ledger.recordOf(question))?.editedAt];
    ledger.pass(-5_000);
    await ledger.inbox.edit({ ...edited, text: 'who is on call on Sunday?', editedTs: '200.000002' });
    expect((await ledger.recordOf(question))?.editedAt).toBeGreaterThan(first);
  });

  it('while a worker has it is told to that worker, and not to the one that takes it up anew', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    const lease = await ledger.leased(question);
    expect(await lease.renew()).toMatchObject({ held: true, editedAt: 0 });
    ledger.pass(1_000);
    await ledger.inbox.edit(edited);
    expect(await lease.renew()).toMatchObject({ held: true, editedAt: ledger.now() });
    const anew = await ledger.leases.lease(question, 'worker-1', lease);
    expect(anew.kind === 'leased' && (await anew.lease.renew())).toMatchObject({
      held: true,
      editedAt: anew.kind === 'leased' && anew.lease.record.editedAt,
    });
  });
});

describe('a deletion', () => {
  it('ends a question for which nothing was done yet, so that no worker and no sweep finds it', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    expect(await ledger.inbox.withdraw(question)).toEqual({ kind: 'closed', isIdle: true });
    expect(await ledger.leases.lease(question, 'worker-1')).toEqual({ kind: 'closed' });
    expect(await ledger.recordOf(question)).toMatchObject({ state: 'stopped', reason: 'withdrawn' });
    ledger.pass(3_600_000);
    expect(await ledger.overdue.overdue(ledger.now(), 10)).toEqual([]);
  });

  it('is told to the worker that has it, also as the next one takes it', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    const lease = await ledger.leased(question);
    expect(await ledger.inbox.withdraw(question)).toEqual({ kind: 'open', question });
    expect(await lease.renew()).toMatchObject({ held: true, withdrawn: true });
    await lease.release();
    expect((await ledger.leased(question)).record.withdrawnAt).toBe(ledger.now());
  });

  it('brings back a question that waits for a person', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    const lease = await ledger.leased(question);
    const { revision: _, ...change } = changeOf(ledger.now());
    await lease.noteChange(change);
    expect(await lease.wait({ kind: 'decision', change: change.id, until: change.expiresAt })).toBe('waiting');
    expect(await ledger.inbox.withdraw(question)).toMatchObject({ kind: 'open', question: { id: question.id } });
    expect((await ledger.leased(question)).record).toMatchObject({ state: 'running', withdrawnAt: ledger.now() });
  });

  it('of what is over, or never was a question, is nothing', async () => {
    await using ledger = await startedLedger();
    expect(await ledger.inbox.withdraw(question, 'nothing')).toBeUndefined();
    await ledger.recorded(question);
    await (await ledger.leased(question)).close('answered');
    expect(await ledger.inbox.withdraw(question)).toBeUndefined();
    expect(await ledger.recordOf(question)).toMatchObject({ state: 'answered' });
  });
});

describe('what failed, or was stopped', () => {
  const over = async (outcome: 'failed' | 'stopped') => {
    const ledger = await startedLedger();
    await ledger.recorded(question);
    await (await ledger.leased(question)).close(outcome);
    return ledger;
  };
  const retry = { ...question, leg: 0 };

  it.each(['failed', 'stopped'] as const)(
    'and is edited then (%s), is tried again in its new words, once, and nobody is woken before',
    async (outcome) => {
      await using ledger = await over(outcome);
      const back = { ...question, editedTs: '102.000000 102.000100' };
      expect(await ledger.inbox.edit({ ...edited, text: 'an older one', editedTs: '101.000000 101.000100' })).toEqual({});
      expect(await ledger.inbox.edit(back)).toEqual({});
      expect(await ledger.inbox.edit({ ...edited, text: 'an older one', editedTs: '101.000000 101.000100' }), 'sent again').toBeUndefined();
      expect(await ledger.inbox.edit({ ...edited, editedTs: '103.000000 103.000100' })).toEqual({});
      expect(await ledger.recordOf(question)).toMatchObject({ state: outcome, question: { text: edited.text } });
      expect(await ledger.inbox.retry(retry)).toMatchObject({ kind: 'retried', question: { text: edited.text, quotes: edited.quotes } });
      expect(await ledger.inbox.retry(retry)).toEqual({ kind: 'refused', why: 'over' });
      expect((await ledger.leased(question)).record.question.text).toBe(edited.text);
    },
  );

  it('and is edited back to the words on record, keeps them, though an older edit comes after that', async () => {
    await using ledger = await over('failed');
    expect(await ledger.inbox.edit({ ...question, editedTs: '102.000000 102.000100' })).toBeUndefined();
    expect(await ledger.inbox.edit({ ...edited, editedTs: '101.000000 101.000100' })).toBeUndefined();
    expect(await ledger.inbox.retry(retry)).toMatchObject({ question: { text: question.text } });
  });

  it.each(['failed', 'stopped'] as const)(
    'and whose message is deleted then (%s), is not tried again, and its words are gone',
    async (outcome) => {
      await using ledger = await over(outcome);
      await ledger.inbox.edit(edited);
      expect(await ledger.inbox.withdraw(question)).toBeUndefined();
      expect(await ledger.inbox.retry(retry)).toEqual({ kind: 'refused', why: 'withdrawn' });
      expect(await ledger.inbox.edit({ ...edited, text: 'an edit that comes late' })).toBeUndefined();
      const record = await ledger.recordOf(question);
      expect(record).toMatchObject({ state: outcome, question: { text: '', files: [] }, withdrawnAt: ledger.now() });
      expect(record?.question).not.toHaveProperty('quotes');
    },
  );

  it('and is tried again before its deletion comes, ends by that', async () => {
    await using ledger = await over('failed');
    await ledger.inbox.retry(retry);
    await ledger.leased(question);
    expect(await ledger.inbox.withdraw(question)).toMatchObject({ kind: 'open' });
  });
});

describe('the words of a deleted message', () => {
  const said = questionOf('100.000001', { text: 'my secret', typed: 'my secret', quotes: [{ text: 'a secret' }] });
  const isKept = async (ledger: Awaited<ReturnType<typeof startedLedger>>) =>
    JSON.stringify(await ledger.recordOf(said)).includes('secret');

  it('are kept no longer than nobody has begun with it', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(said);
    expect(await isKept(ledger)).toBe(true);
    await ledger.inbox.withdraw(said);
    expect(await isKept(ledger)).toBe(false);
  });

  it.each(['worker', 'sweeper'] as const)('are kept until its %s has ended what it had begun', async (who) => {
    await using ledger = await startedLedger();
    await ledger.recorded(said);
    const lease = await ledger.leased(said);
    await ledger.inbox.withdraw(said);
    if (who === 'worker') await lease.close('stopped', 'withdrawn');
    else await ledger.overdue.closeLost((await ledger.recordOf(said))!, 'stopped', 'lost');
    expect(await ledger.recordOf(said)).toMatchObject({ state: 'stopped' });
    expect(await isKept(ledger)).toBe(false);
  });

  it('are kept no longer where it was answered before, and of what never came none are', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(said);
    await (await ledger.leased(said)).close('answered');
    expect(await isKept(ledger)).toBe(true);
    await ledger.inbox.withdraw(said);
    expect(await isKept(ledger)).toBe(false);
    const never = questionOf('100.000002', { text: 'a secret', editedTs: '101.000000 101.000100' });
    await ledger.inbox.edit(never);
    await ledger.inbox.withdraw(never);
    await ledger.inbox.edit({ ...never, editedTs: '101.000000 101.000200' });
    const { Items } = await ledger.client.send(new ScanCommand({ TableName: tableName, ConsistentRead: true }));
    expect(JSON.stringify(Items)).not.toContain('secret');
  });
});

describe('a conversation', () => {
  it('is none where nobody asked', async () => {
    await using ledger = await startedLedger();
    expect(await ledger.inbox.conversation(question)).toBeUndefined();
  });

  it('knows who asked, who asked last and when that was answered', async () => {
    await using ledger = await startedLedger();
    const second = questionOf('100.000002', { userId: 'UBOB' });
    await ledger.recorded(question, second);
    await (await ledger.leased(question)).close('answered');
    expect(await ledger.inbox.conversation(question)).toEqual({ askers: new Set(['UANN', 'UBOB']), lastAsker: 'UBOB', isHinted: false });
    const lease = await ledger.leased(second);
    ledger.pass(5_000);
    await lease.close('answered');
    expect(await ledger.inbox.conversation(question)).toMatchObject({ answeredAt: ledger.now() });
  });

  it('leaves out what turned out to be for others, but for the hint', async () => {
    await using ledger = await startedLedger();
    const [silent, hinted] = [questionOf('100.000002', { userId: 'UBOB' }), questionOf('100.000003', { userId: 'UEVE' })];
    await ledger.recorded(question, silent, hinted);
    await (await ledger.leased(question)).close('answered');
    await (await ledger.leased(silent)).close('stopped', unaddressed.silent);
    expect(await ledger.inbox.conversation(question)).toMatchObject({ lastAsker: 'UEVE' });
    await (await ledger.leased(hinted)).close('stopped', unaddressed.hinted);
    expect(await ledger.inbox.conversation(question)).toMatchObject({ lastAsker: 'UANN', askers: new Set(['UANN']), isHinted: true });
    expect(conversationIn([])).toBeUndefined();
  });
});
