import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createTable } from '@vera/aws-stand-in/create-table';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import { createDynamoPurses } from '@vera/ledger/dynamo-purses';
import { ledgerTable } from '@vera/ledger/table';
import { systemClock } from '@vera/service-kit/clock';
import { kernelId } from '@vera/service-kit/kernel-random';
import { createLog } from '@vera/service-kit/log';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { describe, expect, test } from 'vitest';
import type { DayBudgets } from '../../src/budget/day-budgets.ts';
import { createBudgetFor } from '../../src/budget/question-budget.ts';
import { questionOf } from '../question.ts';

const tableName = 'ledger';
const limits = { calls: 100, tokens: 1_000_000, toolCalls: 100, sameCalls: 5 };
const of = (tokens: number) => ({ tokens, microDollars: 0 });
const minute = 60_000;

/** Budgets of questions in a ledger of their own, with a clock that the test sets; 100 tokens a day for the workspace. */
async function started(daily: Partial<DayBudgets> = { workspace: { tokens: 100 } }) {
  const dynamo = await createDynamoDb({ record: createCallRecord() });
  const credentials = { accessKeyId: 'worker', secretAccessKey: 'x' };
  const client = new DynamoDBClient({ endpoint: dynamo.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  await createTable(client, tableName, ledgerTable);
  let time = Date.UTC(2026, 10, 30, 23, 30);
  const now = () => time;
  const params = { dynamoDb: sdkDynamoDb(client), tableName, now };
  const purses = createDynamoPurses(params);
  const inbox = createDynamoInbox({ ...params, deliveryGrace: 1 });
  const leases = createDynamoLeases({ ...params, leaseMilliseconds: 1 });
  const none = { person: {}, channel: {}, workspace: {} };
  const made = {
    ...systemClock,
    now,
    purses,
    limits,
    daily: { ...none, ...daily },
    newId: kernelId,
    platform: 'v2',
    isPriced: true,
  } as const;
  const budgetFor = createBudgetFor(made);
  let asked = 0;
  return {
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    /** What a turn at a new question may use. */
    async turn() {
      asked += 1;
      const question = questionOf({ messageTs: `${asked}.000000` });
      await inbox.record(question);
      const [record] = await leases.thread(question);
      if (!record) throw new Error('not recorded');
      return budgetFor({ record, signal: new AbortController().signal, log: createLog({ service: 'worker', write: () => undefined }) });
    },
    /** A question that came to so much, and what it has to tell. */
    async news(tokens: number) {
      const turn = await this.turn();
      await (await turn.budget.begin(of(tokens))).settle(of(tokens));
      return turn.news();
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await dynamo[Symbol.asyncDispose]();
    },
  };
}

const told = (percent: number) => [{ of: 'workspace', percent }];

describe('news of a budget', () => {
  test('begins at 75 %, at 95 % and where nothing is left, to the token, and each is told once', async () => {
    await using world = await started();
    const all: unknown[] = [];
    for (const tokens of [74, 1, 1, 18, 1, 4, 1]) all.push(await world.news(tokens));
    expect(all).toEqual([[], told(75), [], [], told(95), [], told(100)]);
  });

  test('is the higher mark alone where one question crosses both, and no lower one follows', async () => {
    await using world = await started();
    const turn = await world.turn();
    const charge = await turn.budget.begin(of(96));
    await charge.settle(of(96));
    expect(await turn.news()).toEqual(told(95));
    // What was taken as the most turned out to be less: back below the higher mark.
    expect([await turn.news(), await world.news(0), await world.news(3)]).toEqual([told(95), [], []]);
  });

  test('is of what was settled: what others’ calls under way may cost refuses the next call, and is no news', async () => {
    await using world = await started();
    const other = await world.turn();
    const underWay = await other.budget.begin(of(90));
    expect(await world.news(5)).toEqual([]);
    expect(await world.news(5)).toEqual([]);
    await expect(world.news(1)).rejects.toMatchObject({ code: 'over-budget' });
    await underWay.settle(of(70));
    expect(await other.news()).toEqual(told(75));
    expect(await world.news(1)).toEqual([]);
  });

  test('counts what a call that was never settled may have cost, once none is under way for so long', async () => {
    await using world = await started();
    await (await world.turn()).budget.begin(of(80));
    expect(await world.news(1)).toEqual([]);
    world.pass(14 * minute);
    expect(await world.news(1)).toEqual([]);
    world.pass(minute);
    expect(await world.news(1)).toEqual(told(75));
  });

  test('of a day that ended during the question is none: the marks of the new day begin anew', async () => {
    await using world = await started();
    const turn = await world.turn();
    const [before, across] = [await turn.budget.begin(of(60)), await turn.budget.begin(of(36))];
    await before.settle(of(60));
    world.pass(30 * minute);
    // It was begun on the day before, which pays it.
    await across.settle(of(36));
    expect(await turn.news()).toEqual([]);
    await (await turn.budget.begin(of(74))).settle(of(74));
    expect(await turn.news()).toEqual([]);
    await (await turn.budget.begin(of(1))).settle(of(1));
    expect(await turn.news()).toEqual(told(75));
    expect(turn.spent()).toEqual({ calls: 4, tokens: 171, microDollars: 0, isAtMost: false });
  });

  test('a budget that was used up before midnight is whole after it, within one question too', async () => {
    await using world = await started();
    const turn = await world.turn();
    await (await turn.budget.begin(of(100))).settle(of(100));
    await expect(turn.budget.begin(of(1))).rejects.toMatchObject({ code: 'over-budget' });
    world.pass(30 * minute);
    await (await turn.budget.begin(of(1))).settle(of(1));
    expect(await turn.news()).toEqual([]);
  });
});

describe('what a question came to', () => {
  test('is the most it can be while a call is under way or broke off, and exact once all are settled or dropped', async () => {
    await using world = await started({});
    const turn = await world.turn();
    const charges = [await turn.budget.begin(of(10)), await turn.budget.begin(of(20)), await turn.budget.begin(of(30))];
    expect(turn.spent()).toMatchObject({ calls: 3, tokens: 60, isAtMost: true });
    await charges[0]?.settle(of(4));
    await charges[0]?.settle(of(4));
    await charges[1]?.drop();
    expect(turn.spent()).toMatchObject({ calls: 2, tokens: 34, isAtMost: true });
    await charges[2]?.settle(of(1));
    expect(turn.spent()).toMatchObject({ calls: 2, tokens: 5, isAtMost: false });
  });
});
