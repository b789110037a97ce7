import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { changeOf, clickOn } from './change-of.ts';
import { questionOf } from './question-of.ts';
import { startedLedger, tableName } from './started-ledger.ts';

const question = questionOf('100.000001');
const later = questionOf('100.000002');

/** A question that waits for somebody to decide. */
async function waiting() {
  const ledger = await proposing();
  const { lease, change } = ledger;
  expect(await lease.wait({ kind: 'decision', change: change.id, until: change.expiresAt })).toBe('waiting');
  return ledger;
}

/** A question whose worker has proposed a change, and still runs. */
async function proposing(options?: Parameters<typeof startedLedger>[0]) {
  const ledger = await startedLedger(options);
  await ledger.recorded(question);
  const lease = await ledger.leased(question);
  await lease.noteReply('101.1');
  const { revision: _, ...proposed } = { ...changeOf(ledger.now()), cardTs: '101.2' };
  const change = (await lease.noteChange(proposed))!;
  return { ...ledger, lease, change, [Symbol.asyncDispose]: () => ledger[Symbol.asyncDispose]() };
}

describe('a question that waits for a decision', () => {
  it('is held by nobody, can be taken by nobody, and holds up nobody', async () => {
    await using ledger = await waiting();
    expect(await ledger.lease.renew()).toMatchObject({ held: false, stopRequested: false });
    expect(await ledger.lease.close('answered')).toBe(false);
    expect((await ledger.leases.lease(question, 'worker-2')).kind).toBe('taken');
    await ledger.recorded(later);
    await ledger.leased(later);
    expect(await ledger.overdue.overdue(ledger.now() + 1_000, 10)).toEqual([]);
  });

  it('goes on with a click, in the same write, with three attempts again and a leg further', async () => {
    await using ledger = await waiting();
    expect(await ledger.decisions.decide(clickOn(ledger.change))).toMatchObject({ kind: 'decided', question });
    expect(await ledger.recordOf(question)).toMatchObject({ state: 'received', attempts: 0, leg: 1, replies: [] });
    const { record } = await ledger.leased(question, 'worker-2');
    expect(record.changes.c1).toMatchObject({ ...ledger.change, revision: expect.any(String), state: 'approved', decidedBy: 'UANN' });
  });

  it('goes on when nobody came, by the sweeper: then a click is too late', async () => {
    await using ledger = await waiting();
    ledger.pass(900_001);
    const [record, ...more] = await ledger.overdue.overdue(ledger.now(), 10);
    expect(more).toEqual([]);
    expect(await ledger.decisions.decide(clickOn(ledger.change))).toEqual({ kind: 'refused', refusal: { kind: 'expired' } });
    expect(await ledger.overdue.claim(record!, ledger.now() + 60_000, 'wake')).toBeDefined();
    expect((await ledger.leased(question)).record).toMatchObject({ attempts: 1, waitsFor: { kind: 'decision', change: 'c1' } });
  });

  it('a click that is in time wins over a sweeper that looked before, and the other way round', async () => {
    await using ledger = await waiting();
    ledger.pass(899_999);
    const [record] = await ledger.overdue.overdue(ledger.now() + 10, 10);
    expect((await ledger.decisions.decide(clickOn(ledger.change))).kind).toBe('decided');
    expect(await ledger.overdue.claim(record!, ledger.now() + 60_000, 'wake')).toBeUndefined();
  });
});

describe('R15 a decision', () => {
  it('is made once, however many clicks come at once', async () => {
    await using ledger = await waiting();
    const verdicts = Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? 'approve' : 'deny') as 'approve' | 'deny');
    const clicks = verdicts.map((verdict) => ledger.decisions.decide(clickOn(ledger.change, { verdict })).catch(() => undefined));
    const answers = await Promise.all(clicks);
    expect(answers.filter((answer) => answer?.kind === 'decided')).toHaveLength(1);
    const won = verdicts[answers.findIndex((answer) => answer?.kind === 'decided')];
    expect((await ledger.recordOf(question))?.changes.c1?.state).toBe(won === 'approve' ? 'approved' : 'denied');
    for (const answer of answers) if (answer?.kind === 'refused') expect(answer.refusal).toMatchObject({ kind: 'decided', by: 'UANN' });
  });

  it('is not taken over by one that read before it, though the worker still runs', async () => {
    await using ledger = await proposing();
    const { change } = ledger;
    const denied = async () =>
      expect(await ledger.decisions.decide(clickOn(change, { verdict: 'deny', reason: 'not now' }))).toMatchObject({
        kind: 'decided',
        question,
      });
    expect(await ledger.decidedAcross(clickOn(change, { verdict: 'approve' }), denied)).toEqual({
      kind: 'refused',
      refusal: { kind: 'decided', by: 'UANN', verdict: 'deny' },
    });
    expect(await ledger.recordOf(question)).toMatchObject({ state: 'running', changes: { c1: { state: 'denied', reason: 'not now' } } });
  });

  it('that read before the sweeper took the question to tell of its loss is not written', async () => {
    await using ledger = await proposing();
    const { change } = ledger;
    const claimed = async () => {
      ledger.pass(60_000);
      const [found] = await ledger.overdue.overdue(ledger.now(), 10);
      expect(await ledger.overdue.claim(found!, ledger.now() + 60_000, 'tell')).toBeDefined();
    };
    expect(await ledger.decidedAcross(clickOn(change), claimed)).toEqual({ kind: 'refused', refusal: { kind: 'expired' } });
    expect((await ledger.recordOf(question))?.changes.c1?.state).toBe('proposed');
  });

  it('is known as its own when the answer to its write got lost', async () => {
    await using ledger = await proposing({ maxAttempts: 2 });
    const { lease, change } = ledger;
    await lease.wait({ kind: 'decision', change: 'c1', until: change.expiresAt });
    ledger.emulator.inject({ kind: 'lost-response', operation: 'UpdateItem' });
    expect((await ledger.decisions.decide(clickOn(change))).kind).toBe('decided');
    expect(await ledger.decisions.decide(clickOn(change))).toMatchObject({ kind: 'refused', refusal: { kind: 'decided' } });
  });

  it('made before the worker waits is found when it is about to', async () => {
    await using ledger = await proposing();
    const { lease, change } = ledger;
    expect((await ledger.decisions.decide(clickOn(change, { verdict: 'deny', reason: 'not now' }))).kind).toBe('decided');
    expect(await lease.wait({ kind: 'decision', change: 'c1', until: change.expiresAt })).toBe('over');
    expect((await lease.renew()).held).toBe(true);
    const again = await ledger.leases.lease(question, 'worker-1', lease);
    expect(again.kind === 'leased' && again.lease.record).toMatchObject({
      ...{ leg: 1, attempts: 1 },
      replies: [],
      changes: { c1: { state: 'denied', reason: 'not now' } },
    });
  });

  it('does not get lost under the pen of a worker that read before', async () => {
    await using ledger = await proposing();
    const { lease, change } = ledger;
    await ledger.decisions.decide(clickOn(change));
    expect(await lease.noteChange({ ...change, state: 'expired' })).toBeUndefined();
    expect((await ledger.recordOf(question))?.changes.c1?.state).toBe('approved');
  });

  it('about a question whose loss is being told counts no more; one that came just before is seen by whoever tells it', async () => {
    await using ledger = await proposing();
    const { lease, change } = ledger;
    ledger.pass(60_000);
    const [old] = await ledger.overdue.overdue(ledger.now(), 10);
    await lease.noteChange({ ...change, state: 'started' });
    const claimed = await ledger.overdue.claim(old!, ledger.now() + 60_000, 'tell');
    expect(claimed?.changes.c1?.state).toBe('started');
    expect(await ledger.decisions.decide(clickOn(change))).toMatchObject({ kind: 'refused' });
  });

  it('never counts while the sweeper tells of the loss', async () => {
    await using ledger = await proposing();
    const { change } = ledger;
    ledger.pass(60_000);
    const [found] = await ledger.overdue.overdue(ledger.now(), 10);
    expect(await ledger.overdue.claim(found!, ledger.now() + 60_000, 'tell')).toBeDefined();
    expect(await ledger.decisions.decide(clickOn(change))).toEqual({ kind: 'refused', refusal: { kind: 'expired' } });
    expect((await ledger.recordOf(question))?.changes.c1?.state).toBe('proposed');
  });

  it('about a change or a question that is not there is refused', async () => {
    await using ledger = await waiting();
    for (const click of [
      { change: 'c2' },
      { change: 'constructor' },
      { messageTs: '100.000009' },
      { threadTs: '1.1' },
      { teamId: 'T02' },
      { channelId: 'C02' },
    ]) {
      expect(await ledger.decisions.decide(clickOn(ledger.change, click))).toEqual({ kind: 'refused', refusal: { kind: 'unknown' } });
    }
    expect((await ledger.recordOf(question))?.state).toBe('waiting');
  });
});

describe('a question that an older version recorded', () => {
  it('can have changes, and wait', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    const Key = { thread: { S: `T01|${question.channelId}|${question.threadTs}` }, message: { S: question.messageTs } };
    await ledger.client.send(new UpdateItemCommand({ TableName: tableName, Key, UpdateExpression: 'REMOVE leg, changes' }));
    const lease = await ledger.leased(question);
    const { revision: _, ...proposed } = changeOf(ledger.now());
    const change = (await lease.noteChange(proposed))!;
    expect(await lease.wait({ kind: 'decision', change: 'c1', until: change.expiresAt })).toBe('waiting');
    expect((await ledger.decisions.decide(clickOn(change))).kind).toBe('decided');
    expect((await ledger.leased(question)).record).toMatchObject({ leg: 1, changes: { c1: { state: 'approved' } } });
  });
});

describe('a question that waits for an account', () => {
  it('can be taken whenever it is brought, and wakes by itself', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    const lease = await ledger.leased(question);
    const until = ledger.now() + 900_000;
    expect(await lease.wait({ kind: 'account', provider: 'atlassian', until })).toBe('waiting');
    expect(await ledger.overdue.overdue(until - 1, 10)).toEqual([]);
    expect(await ledger.overdue.overdue(until + 1, 10)).toHaveLength(1);
    const again = await ledger.leased(question, 'worker-2');
    expect(again.record).toMatchObject({ leg: 1, waitsFor: { kind: 'account', provider: 'atlassian', until } });
    expect((await ledger.leases.lease(question, 'worker-3')).kind).toBe('taken');
    await ledger.recorded(later);
    expect((await ledger.leases.lease(later, 'worker-3')).kind).toBe('behind');
  });
});
