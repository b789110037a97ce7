import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDynamoPurses } from '../src/dynamo-purses.ts';
import type { Purse, Reservation, Spent } from '../src/purse.ts';
import { questionOf } from './question-of.ts';
import { startedLedger, tableName } from './started-ledger.ts';

const ann: Purse = { kind: 'person', teamId: 'T01', id: 'UANN', day: '2026-11-30' };
const nothing: Spent = { calls: 0, tokens: 0, microDollars: 0 };
/** Nothing is under way. */
const settled = (spent: Spent) => ({ ...spent, isAtMost: false, underWay: nothing });
const call = (id: string, tokens = 20_000): Reservation => ({ id, most: { calls: 1, tokens, microDollars: tokens * 2 } });
const used = (tokens: number): Spent => ({ calls: 1, tokens, microDollars: tokens * 2 });

async function startedPurses(options: Parameters<typeof startedLedger>[0] = {}) {
  const ledger = await startedLedger(options);
  const purses = createDynamoPurses({ dynamoDb: sdkDynamoDb(ledger.client), tableName, now: ledger.now });
  return { ...ledger, purses, [Symbol.asyncDispose]: () => ledger[Symbol.asyncDispose]() };
}

describe('a purse', () => {
  it('counts what is reserved, then what was used in its place; each person and day by itself', async () => {
    await using started = await startedPurses();
    const { purses } = started;
    expect(await purses.reserve(ann, call('a'), { tokens: 100_000 })).toEqual({ kind: 'reserved' });
    expect(await purses.read(ann)).toEqual({ ...used(20_000), isAtMost: true, underWay: used(20_000) });
    expect(await purses.settle(ann, call('a'), used(1_234))).toEqual(settled(used(1_234)));
    const others: readonly Purse[] = [
      { ...ann, day: '2026-12-01' },
      { ...ann, id: 'UBOB' },
      { ...ann, kind: 'channel' },
    ];
    for (const other of others) expect(await purses.read(other)).toEqual(settled(nothing));
  });

  it('D13 is refused once nothing is left, and says of what', async () => {
    await using started = await startedPurses();
    const { purses } = started;
    await purses.reserve(ann, call('a', 100), {});
    expect(await purses.reserve(ann, call('b'), { tokens: 100 })).toEqual({ kind: 'refused', reached: 'tokens' });
    expect(await purses.reserve(ann, call('b'), { tokens: 101, microDollars: 200 })).toEqual({ kind: 'refused', reached: 'microDollars' });
    expect(await purses.reserve(ann, call('b'), { calls: 1 })).toEqual({ kind: 'refused', reached: 'calls' });
    expect(await purses.read(ann)).toMatchObject(used(100));
    expect(await purses.reserve(ann, call('b'), { calls: 2, tokens: 101, microDollars: 201 })).toEqual({ kind: 'reserved' });
  });

  it('D14 five workers that died with a call under way have used what was reserved for it', async () => {
    await using started = await startedPurses();
    const question = questionOf('100.000000');
    await started.recorded(question);
    for (const purse of [ann, { kind: 'question', question } as const]) {
      for (const id of ['1', '2', '3', '4', '5']) {
        expect(await started.purses.reserve(purse, call(id), { tokens: 250_000 })).toEqual({ kind: 'reserved' });
      }
      expect(await started.purses.read(purse)).toMatchObject({ calls: 5, tokens: 100_000 });
    }
    expect(await started.recordOf(question)).toMatchObject({ calls: 5, tokens: 100_000, microDollars: 200_000 });
  });

  it('D14 what is reserved, settled or told twice, as the answer got lost, counts once', async () => {
    await using started = await startedPurses({ maxAttempts: 3 });
    const { purses, emulator } = started;
    emulator.inject({ kind: 'lost-response', operation: 'UpdateItem' });
    // Even with no room for another one.
    expect(await purses.reserve(ann, call('a'), { calls: 1, tokens: 1 })).toEqual({ kind: 'reserved' });
    expect(await purses.read(ann)).toMatchObject(used(20_000));
    emulator.inject({ kind: 'lost-response', operation: 'UpdateItem' });
    expect(await purses.settle(ann, call('a'), used(7))).toBeUndefined();
    expect(await purses.settle(ann, call('a'), used(7))).toBeUndefined();
    expect(await purses.read(ann)).toEqual(settled(used(7)));
    emulator.inject({ kind: 'lost-response', operation: 'UpdateItem' });
    expect(await purses.tellOnce({ ...ann, kind: 'person' }, 75, 'Q1')).toBe(true);
  });

  it('is told of once by one question, at each mark', async () => {
    await using started = await startedPurses();
    const purse = { ...ann, kind: 'person' } as const;
    const told = (percent: number, question: string) => started.purses.tellOnce(purse, percent, question);
    expect([await told(75, 'Q1'), await told(75, 'Q2'), await told(75, 'Q1'), await told(95, 'Q2')]).toEqual([true, false, true, true]);
    expect([await told(95, 'Q2'), await told(95, 'Q1'), await told(75, 'Q1')]).toEqual([true, false, false]);
  });

  it('is told of no lower mark once a higher one was told', async () => {
    await using started = await startedPurses();
    const told = (percent: number, question: string) => started.purses.tellOnce({ ...ann, kind: 'person' }, percent, question);
    expect([await told(95, 'Q1'), await told(75, 'Q1'), await told(75, 'Q2')]).toEqual([true, false, false]);
  });

  it('knows what is reserved for calls under way, and no call is under way for ever', async () => {
    await using started = await startedPurses();
    const { purses } = started;
    await purses.reserve(ann, call('dead', 300), {});
    started.pass(14 * 60_000);
    await purses.reserve(ann, call('a', 20), {});
    await purses.reserve(ann, call('b', 7), {});
    expect(await purses.settle(ann, call('b', 7), used(1))).toMatchObject({
      tokens: 321,
      isAtMost: true,
      underWay: { calls: 2, tokens: 320 },
    });
    started.pass(60_000);
    expect(await purses.read(ann)).toMatchObject({ tokens: 321, isAtMost: true, underWay: used(20) });
    await purses.settle(ann, call('a', 20), used(1));
    expect(await purses.read(ann)).toEqual({ calls: 3, tokens: 302, microDollars: 604, isAtMost: true, underWay: nothing });
  });

  it('is of the record, too, which says whether something is not known', async () => {
    await using started = await startedPurses();
    const question = questionOf('100.000000');
    await started.recorded(question);
    expect(await started.recordOf(question)).not.toHaveProperty('isAtMost');
    const purse = { kind: 'question', question } as const;
    await started.purses.reserve(purse, call('a'), {});
    expect(await started.recordOf(question)).toMatchObject({ ...used(20_000), isAtMost: true });
    await started.purses.settle(purse, call('a'), used(5));
    expect(await started.recordOf(question)).toMatchObject(used(5));
    expect(await started.recordOf(question)).not.toHaveProperty('isAtMost');
  });

  it('counts the questions of a minute, each once, whoever tries at it whenever', async () => {
    await using started = await startedPurses({ maxAttempts: 3 });
    const receivedAt = started.now();
    const admit = (questionId: string, more = {}) =>
      started.purses.admit({ questionId, teamId: 'T01', userId: 'UANN', receivedAt, ...more }, 2);
    started.emulator.inject({ kind: 'lost-response', operation: 'UpdateItem' });
    expect([await admit('Q1'), await admit('Q2'), await admit('Q3')]).toEqual([true, true, false]);
    started.pass(90_000);
    expect([await admit('Q1'), await admit('Q3')]).toEqual([true, false]);
    expect([await admit('Q4', { userId: 'UBOB' }), await admit('Q5', { receivedAt: receivedAt + 60_000 })]).toEqual([true, true]);
  });

  it('refuses nobody, and lets nobody pass, while it cannot be written', async () => {
    await using started = await startedPurses();
    started.emulator.inject({ kind: 'throttled', operation: 'UpdateItem' });
    await expect(started.purses.reserve(ann, call('a'), { tokens: 1 })).rejects.toThrow('Rate exceeded');
    expect(await started.purses.read(ann)).toEqual(settled(nothing));
  });

  it('is no question and goes away by itself, and what a question cost makes no record of one that is gone', async () => {
    await using started = await startedPurses();
    await started.purses.reserve(ann, call('a'), {});
    expect(await started.overdue.overdue(Number.MAX_SAFE_INTEGER / 2, 10)).toEqual([]);
    const { Items = [] } = await sdkDynamoDb(started.client)('Query', {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'thread = :thread',
      ExpressionAttributeValues: { ':thread': { S: 'budget|person|T01|UANN' } },
    });
    expect(Items.map(({ expiresAt }) => Number(expiresAt?.N) - started.now() / 1000)).toEqual([30 * 24 * 3600]);
    const gone = questionOf('200.000000');
    await expect(started.purses.reserve({ kind: 'question', question: gone }, call('a'), {})).rejects.toThrow('on no record');
    expect(await started.leases.thread(gone)).toEqual([]);
  });

  it('is overspent by no more than one reservation, whatever comes at once', async () => {
    await using started = await startedPurses();
    let purse = 0;
    const calls = fc.array(
      fc.record({ most: fc.integer({ min: 1, max: 90 }), used: fc.double({ min: 0, max: 1, noNaN: true }), dies: fc.boolean() }),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 200 }), async (wanted, tokens) => {
        purse += 1;
        const of = { ...ann, id: `U${purse}` };
        await Promise.all(
          wanted.map(async ({ most, used: share, dies }, index) => {
            const reserved = await started.purses.reserve(of, call(String(index), most), { tokens });
            if (reserved.kind === 'reserved' && !dies)
              await started.purses.settle(of, call(String(index), most), used(Math.floor(most * share)));
          }),
        );
        expect((await started.purses.read(of)).tokens).toBeLessThan(tokens + Math.max(...wanted.map(({ most }) => most)));
      }),
      { numRuns: 15 },
    );
  });
});
