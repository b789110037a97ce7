import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { itemKeyOf } from '../src/record.ts';
import { questionOf } from './question-of.ts';
import { deliveryGrace, startedLedger, tableName } from './started-ledger.ts';

describe('recording a question', () => {
  it('keeps it whole, as received once, due when its delivery should be through', async () => {
    await using ledger = await startedLedger();
    const question = questionOf('100.000001', {
      text: 'für 東京 👩‍⚕️ \u0000 <b>& "quotes"',
      files: [{ id: 'F01', name: 'ä.png', mimetype: 'image/png', size: 12 }],
      isExternal: true,
    });
    expect(await ledger.inbox.record(question)).toBe(true);
    expect(await ledger.recordOf(question)).toEqual({
      question,
      state: 'received',
      attempts: 0,
      receivedAt: ledger.now(),
      unheldSince: ledger.now(),
      dueAt: ledger.now() + deliveryGrace,
      replies: [],
      leg: 0,
      changes: {},
      feedback: {},
      feedbackReasons: {},
    });
  });

  it('F33 without the token with which Slack searches as the asker', async () => {
    await using ledger = await startedLedger();
    const question = questionOf('100.000001');
    await ledger.inbox.record({ ...question, actionToken: '1.2.abcdef' });
    expect((await ledger.recordOf(question))?.question).toEqual(question);
    const Key = { thread: { S: 'T01|C01|100.000000' }, message: { S: '100.000001' } };
    const { Item } = await ledger.client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
    expect(JSON.stringify(Item)).not.toContain('abcdef');
  });

  it('lets DynamoDB forget it after thirty days', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(questionOf('100.000001'));
    const Key = { thread: { S: 'T01|C01|100.000000' }, message: { S: '100.000001' } };
    const { Item } = await ledger.client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
    expect(Number(Item?.expiresAt?.N)).toBe(ledger.now() / 1000 + 30 * 24 * 3600);
  });

  it('takes the longest message Slack lets through, an empty one, and one without an answerable place for a file', async () => {
    await using ledger = await startedLedger();
    const questions = [
      questionOf('100.000001', { text: '語'.repeat(40_000) }),
      questionOf('100.000002', { text: '', files: [{ id: 'F01', name: '', mimetype: '', size: 0 }] }),
    ];
    for (const question of questions) {
      expect(await ledger.inbox.record(question)).toBe(true);
      expect((await ledger.recordOf(question))?.question).toEqual(question);
    }
  });

  it('R5 records one of eleven copies that come at the same time', async () => {
    await using ledger = await startedLedger();
    const answers = await Promise.all(Array.from({ length: 11 }, () => ledger.inbox.record(questionOf('100.000001'))));
    expect(answers.filter((isNew) => isNew)).toHaveLength(1);
    expect(await ledger.leases.thread(questionOf('100.000001'))).toHaveLength(1);
  });

  it('R6 knows a copy again ten seconds later, while it is answered and after it was', async () => {
    await using ledger = await startedLedger();
    const question = questionOf('100.000001');
    await ledger.recorded(question);
    ledger.pass(10_000);
    expect(await ledger.inbox.record(question)).toBe(false);
    const lease = await ledger.leased(question);
    expect(await ledger.inbox.record(question)).toBe(false);
    await lease.close('answered');
    expect(await ledger.inbox.record({ ...question, text: 'edited since' })).toBe(false);
    expect(await ledger.recordOf(question)).toMatchObject({ state: 'answered', question: { text: 'who is on call?' } });
  });

  it('keeps messages of the same moment in other channels, threads and workspaces apart', async () => {
    await using ledger = await startedLedger();
    const others = [{}, { teamId: 'T02' }, { channelId: 'C02' }, { threadTs: '99.000000' }].map((more) => questionOf('100.000001', more));
    for (const question of others) expect(await ledger.inbox.record(question)).toBe(true);
    for (const question of others) expect(await ledger.leases.thread(question)).toHaveLength(1);
  });

  it.each(['throttled', 'unavailable', 'denied'] as const)(
    'says so when it cannot write (%s), instead of calling it a copy',
    async (kind) => {
      await using ledger = await startedLedger();
      ledger.emulator.inject({ kind, operation: 'PutItem' });
      await expect(ledger.inbox.record(questionOf('100.000001'))).rejects.toThrow();
      expect(await ledger.inbox.record(questionOf('100.000001'))).toBe(true);
    },
  );

  it('takes its own second try, after the first answer got lost, for new, and a copy still for a copy', async () => {
    await using ledger = await startedLedger({ maxAttempts: 2 });
    ledger.emulator.inject({ kind: 'lost-response', operation: 'PutItem' });
    expect(await ledger.inbox.record(questionOf('100.000001'))).toBe(true);
    expect(await ledger.inbox.record(questionOf('100.000001'))).toBe(false);
    expect(await ledger.leases.thread(questionOf('100.000001'))).toHaveLength(1);
  });

  it('has recorded it when only the answer got lost: the next copy is one', async () => {
    await using ledger = await startedLedger();
    ledger.emulator.inject({ kind: 'lost-response', operation: 'PutItem' });
    await expect(ledger.inbox.record(questionOf('100.000001'))).rejects.toThrow();
    expect(await ledger.inbox.record(questionOf('100.000001'))).toBe(false);
  });
});

describe('feedback', () => {
  it('is kept for each person, the last rating of each', async () => {
    await using ledger = await startedLedger();
    const question = questionOf('100.000001');
    await ledger.recorded(question);
    await (await ledger.leased(question)).close('answered');
    expect(await ledger.inbox.recordFeedback(question, 'UANN', 'bad')).toBe(true);
    expect(await ledger.inbox.recordFeedback(question, 'UBOB', 'good')).toBe(true);
    expect(await ledger.inbox.recordFeedback(question, 'UANN', 'good')).toBe(true);
    expect(await ledger.recordOf(question)).toMatchObject({ state: 'answered', feedback: { UANN: 'good', UBOB: 'good' } });
  });

  it('keeps the reason of a bad rating with it, the last one of each, until that person thinks well of the answer', async () => {
    await using ledger = await startedLedger();
    const question = questionOf('100.000001');
    await ledger.recorded(question);
    for (const user of ['UANN', 'UBOB']) await ledger.inbox.recordFeedback(question, user, 'bad');
    for (const reason of ['Too long', 'Wrong printer']) expect(await ledger.inbox.recordReason(question, 'UANN', reason)).toBe(true);
    expect(await ledger.inbox.recordReason(question, 'UBOB', 'No source')).toBe(true);
    await ledger.inbox.recordFeedback(question, 'UANN', 'bad');
    expect(await ledger.recordOf(question)).toMatchObject({ feedbackReasons: { UANN: 'Wrong printer', UBOB: 'No source' } });
    await ledger.inbox.recordFeedback(question, 'UANN', 'good');
    expect((await ledger.recordOf(question))?.feedbackReasons).toEqual({ UBOB: 'No source' });
  });

  it('keeps no reason of somebody who did not rate the answer bad, or not any more, or of an answer nobody knows', async () => {
    await using ledger = await startedLedger();
    const question = questionOf('100.000001');
    await ledger.recorded(question);
    await ledger.inbox.recordFeedback(question, 'UANN', 'bad');
    await ledger.inbox.recordFeedback(question, 'UCAT', 'bad');
    await ledger.inbox.recordFeedback(question, 'UCAT', 'good');
    for (const user of ['UBOB', 'UCAT']) expect(await ledger.inbox.recordReason(question, user, 'Too long')).toBe(false);
    expect(await ledger.inbox.recordReason(questionOf('100.000009'), 'UANN', 'Too long')).toBe(false);
    expect(await ledger.recordOf(question)).toMatchObject({ feedback: { UANN: 'bad', UCAT: 'good' }, feedbackReasons: {} });
    expect(await ledger.leases.thread(question)).toHaveLength(1);
  });

  it.each(['good', 'bad'] as const)('takes a %s rating, and a reason, on a record that an older version made', async (rating) => {
    await using ledger = await startedLedger();
    const question = questionOf('100.000001');
    await ledger.recorded(question);
    const older = { Key: itemKeyOf(question), UpdateExpression: 'REMOVE feedbackReasons' };
    await ledger.client.send(new UpdateItemCommand({ TableName: tableName, ...older }));
    expect(await ledger.inbox.recordFeedback(question, 'UANN', rating)).toBe(true);
    expect(await ledger.inbox.recordReason(question, 'UANN', 'Too long')).toBe(rating === 'bad');
    expect(await ledger.recordOf(question)).toMatchObject({ feedback: { UANN: rating } });
  });

  it('on a question nobody knows is refused and leaves no record', async () => {
    await using ledger = await startedLedger();
    expect(await ledger.inbox.recordFeedback(questionOf('100.000009'), 'UANN', 'good')).toBe(false);
    expect(await ledger.leases.thread(questionOf('100.000009'))).toEqual([]);
  });
});
