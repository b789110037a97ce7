import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { QuestionRecord } from '../src/ledger.ts';
import { questionOf } from './question-of.ts';
import { deliveryGrace, leaseMilliseconds, startedLedger, tableName } from './started-ledger.ts';

const first = questionOf('100.000001');
const second = questionOf('100.000002', { threadTs: '100.000002' });
const third = questionOf('100.000003', { threadTs: '100.000003', channelId: 'C02' });

type Ledger = Awaited<ReturnType<typeof startedLedger>>;

async function overdueNow(ledger: Ledger, limit = 10): Promise<readonly QuestionRecord[]> {
  return ledger.overdue.overdue(ledger.now(), limit);
}

async function onlyOverdue(ledger: Ledger): Promise<QuestionRecord> {
  const [record, ...more] = await overdueNow(ledger);
  if (!record || more.length > 0) throw new Error(`Not one overdue question but ${record ? 1 + more.length : 0}`);
  return record;
}

describe('what is overdue', () => {
  it('is every open question of any thread whose time ran out, longest first', async () => {
    await using ledger = await startedLedger();
    for (const question of [second, first, third]) {
      await ledger.recorded(question);
      ledger.pass(1_000);
    }
    ledger.pass(deliveryGrace - 1_500);
    expect((await overdueNow(ledger)).map(({ question }) => question.messageTs)).toEqual(['100.000002', '100.000001']);
    expect((await overdueNow(ledger, 1)).map(({ question }) => question.messageTs)).toEqual(['100.000002']);
  });

  it('is no question that is on its way, held, postponed or closed', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first, second, third);
    expect(await overdueNow(ledger)).toEqual([]);
    const lease = await ledger.leased(first);
    await (await ledger.leased(second)).close('answered');
    ledger.pass(deliveryGrace + 1);
    await lease.renew();
    await ledger.leases.postpone(third);
    expect(await overdueNow(ledger)).toEqual([]);
  });

  it('is a question whose worker died', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    await ledger.leased(first, 'worker-1');
    ledger.pass(leaseMilliseconds + 1);
    expect(await onlyOverdue(ledger)).toMatchObject({ state: 'running', leaseOwner: 'worker-1' });
  });
});

describe('claiming an overdue question', () => {
  it('makes it due later, counts no attempt, and ends the lease of whoever had it', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const lease = await ledger.leased(first);
    ledger.pass(leaseMilliseconds + 1);
    const next = ledger.now() + 120_000;
    expect(await ledger.overdue.claim(await onlyOverdue(ledger), next, 'send')).toBeDefined();
    expect(await ledger.recordOf(first)).toMatchObject({ state: 'received', attempts: 1, dueAt: next, unheldSince: ledger.now() });
    expect((await lease.renew()).held).toBe(false);
    expect(await lease.close('answered')).toBe(false);
    expect((await ledger.leases.lease(first, 'worker-2')).kind).toBe('leased');
  });

  it('works for one of two sweepers at the same time', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    ledger.pass(deliveryGrace + 1);
    const record = await onlyOverdue(ledger);
    const claims = await Promise.all([1, 2].map((more) => ledger.overdue.claim(record, ledger.now() + 120_000 + more, 'send')));
    expect(claims.map((claimed) => claimed !== undefined).sort()).toEqual([false, true]);
    expect((await ledger.recordOf(first))?.dueAt).toBeGreaterThan(ledger.now() + 120_000);
  });

  it('fails when somebody leased, renewed, postponed or closed it since it was read', async () => {
    await using ledger = await startedLedger();
    const moves = {
      leased: () => ledger.leased(first),
      renewed: async () => (await ledger.leased(first, 'worker-2')).renew(),
      postponed: () => ledger.leases.postpone(first),
      closed: async () => (await ledger.leased(first)).close('answered'),
    };
    await ledger.recorded(first);
    for (const name of ['postponed', 'leased', 'renewed', 'closed'] as const) {
      ledger.pass(deliveryGrace + 1);
      const record = await onlyOverdue(ledger);
      await moves[name]();
      expect(await ledger.overdue.claim(record, ledger.now() + 1, 'send'), name).toBeUndefined();
      expect(await ledger.overdue.closeLost(record, 'failed', 'lost'), name).toBe(false);
    }
    expect(await ledger.recordOf(first)).toMatchObject({ state: 'answered', attempts: 3 });
  });

  it('may happen again when that was lost as well, and leaves it known since when nobody has had it', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    const asked = ledger.now();
    for (let sent = 0; sent < 3; sent += 1) {
      ledger.pass(120_001);
      expect(await ledger.overdue.claim(await onlyOverdue(ledger), ledger.now() + 120_000, 'send')).toBeDefined();
      expect(await ledger.recordOf(first)).toMatchObject({ attempts: 0, unheldSince: asked });
    }
  });

  it('rejects when the table cannot be reached', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(first);
    ledger.pass(deliveryGrace + 1);
    const record = await onlyOverdue(ledger);
    ledger.emulator.inject({ kind: 'unavailable' });
    await expect(ledger.overdue.claim(record, ledger.now() + 1, 'send')).rejects.toThrow();
  });
});

describe('closing a lost question', () => {
  it('keeps why, takes it off the list and lets the next of its thread go on', async () => {
    await using ledger = await startedLedger();
    const next = questionOf('100.000005');
    await ledger.recorded(first, next);
    ledger.pass(deliveryGrace + 1);
    const [record] = await overdueNow(ledger);
    expect(await ledger.overdue.closeLost(record as QuestionRecord, 'failed', 'lost')).toBe(true);
    expect(await ledger.recordOf(first)).toMatchObject({ state: 'failed', reason: 'lost' });
    expect((await overdueNow(ledger)).map(({ question }) => question.id)).toEqual([next.id]);
    expect((await ledger.leases.lease(next, 'worker-1')).kind).toBe('leased');
    expect(await ledger.inbox.record(first)).toBe(false);
  });
});

describe('an item of another shape, as an older version may have left it', () => {
  it('is passed over and reported by its key, without what it holds, and keeps nobody else from being found', async () => {
    await using ledger = await startedLedger();
    const Item = { thread: { S: 'T01|C01|1.1' }, message: { S: '1.1' }, open: { S: '1' }, dueAt: { N: '1' }, state: { S: 'hush-hush' } };
    await ledger.client.send(new PutItemCommand({ TableName: tableName, Item }));
    await ledger.recorded(first);
    ledger.pass(deliveryGrace + 1);
    expect((await onlyOverdue(ledger)).question.id).toBe(first.id);
    expect(ledger.unreadable).toMatchObject([{ code: 'ledger-item', message: expect.stringMatching(/T01\|C01\|1\.1.*question.*state/) }]);
    expect(String(ledger.unreadable[0])).not.toContain('hush-hush');
  });
});
