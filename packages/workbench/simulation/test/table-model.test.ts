import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createTable } from '@vera/aws-stand-in/create-table';
import { createDynamoDecisions } from '@vera/ledger/dynamo-decisions';
import { createDynamoGreetings } from '@vera/ledger/dynamo-greetings';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import { createDynamoMemoryChoices } from '@vera/ledger/dynamo-memory-choices';
import { createDynamoOpenQuestions } from '@vera/ledger/dynamo-open-questions';
import { createDynamoOverdue } from '@vera/ledger/dynamo-overdue';
import { createDynamoPurses } from '@vera/ledger/dynamo-purses';
import type { Lease, QuestionRecord } from '@vera/ledger/ledger';
import type { DayPurse } from '@vera/ledger/purse';
import { ledgerTable } from '@vera/ledger/table';
import { type Change, hashOfChange } from '@vera/protocol/change';
import { type Question, questionIdOf } from '@vera/protocol/question';
import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnknownExpression } from '../src/table/parse-expression.ts';
import { TableModel } from '../src/table/table-model.ts';

let emulator: Awaited<ReturnType<typeof createDynamoDb>>;
let client: DynamoDBClient;
beforeAll(async () => {
  emulator = await createDynamoDb({ record: createCallRecord(), onlyConsistentReads: true });
  const credentials = { accessKeyId: 'simulation', secretAccessKey: 'none' };
  client = new DynamoDBClient({ endpoint: emulator.url, region: 'us-east-1', credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await emulator[Symbol.asyncDispose]();
});

type Answer = { readonly answer: unknown } | { readonly refused: string; readonly item: unknown };

/** Gives every call to both, and expects one answer. */
function toBoth(model: TableModel, real: DynamoDb): DynamoDb {
  return async (operation, input) => {
    const settled = async (work: () => unknown): Promise<Answer> => {
      try {
        return { answer: plain(await work()) };
      } catch (error) {
        const { name, Item } = error as Error & { Item?: unknown };
        return { refused: name, item: Item };
      }
    };
    const [theirs, ours] = [await settled(() => real(operation, input)), await settled(() => model.do(operation, input))];
    expect(ours, `${operation} ${JSON.stringify(input)}`).toEqual(theirs);
    if ('answer' in theirs) return theirs.answer as never;
    throw Object.assign(new Error('refused'), { name: theirs.refused, Item: theirs.item });
  };
}

const byKey = (items: readonly Record<string, { S?: string }>[]) =>
  [...items].sort((one, other) => `${one.thread?.S}${one.message?.S}`.localeCompare(`${other.thread?.S}${other.message?.S}`));

/** Without what only the wire has. */
function plain(answer: unknown): unknown {
  const { $metadata: _, Count: _c, ScannedCount: _s, LastEvaluatedKey: _l, Items, ...rest } = answer as Record<string, unknown>;
  return JSON.parse(JSON.stringify(Items ? { ...rest, Items: byKey(Items as never) } : rest));
}

const questions = ['100.000001', '100.000002', '200.000001'].map((messageTs): Question => {
  const key = { teamId: 'T01', channelId: 'C01', messageTs };
  const asked = { kind: 'question', text: 'who?', files: [], isDirect: false, isExternal: false } as const;
  const people = { userId: 'UANN', userTeamId: 'T01', botUserId: 'UVERA' };
  return { ...key, ...asked, ...people, files: [], id: questionIdOf(key), threadTs: `${messageTs.slice(0, 4)}000001` };
});

const does = [
  ...['record', 'lease', 'renew', 'reply', 'propose', 'note again', 'wait', 'wait for account', 'close', 'release', 'postpone'],
  ...['decide', 'stop', 'edit', 'withdraw', 'retry', 'good', 'bad', 'reason', 'look', 'claim', 'wake', 'tell', 'lost'],
  ...['greet', 'forget', 'open', 'conversation', 'reserve', 'reserve of a day', 'settle', 'tell once', 'fold', 'since'],
] as const;

class Walk {
  private readonly adapters: ReturnType<typeof adaptersOf>;
  private readonly leases = new Map<string, Lease>();
  private seen: readonly QuestionRecord[] = [];
  private time = 1_800_000_000_000;
  private count = 0;

  constructor(dynamoDb: DynamoDb, tableName: string) {
    this.adapters = adaptersOf({ dynamoDb, tableName, now: () => this.time });
  }

  async step([what, index, worker, passes]: readonly [string, number, number, number]): Promise<void> {
    this.time += passes;
    this.count += 1;
    const question = questions[index] as Question;
    const { inbox, leases, overdue, memory, greet, openQuestions } = this.adapters;
    if (what === 'record') await inbox.record(question);
    if (what === 'lease') return this.lease(question, worker);
    if (what === 'postpone') await leases.postpone(question);
    if (what === 'decide') return this.decide(question);
    if (what === 'stop') await inbox.requestStop({ ...question, mayStopAll: worker === 1, ts: `${Number(question.messageTs) + 1}` });
    if (what === 'edit') await inbox.edit({ ...question, text: `words ${this.count % 2}` });
    if (what === 'withdraw') await inbox.withdraw(question);
    if (what === 'retry') await inbox.retry({ ...question, leg: worker });
    if (what === 'good' || what === 'bad') await inbox.recordFeedback(question, 'UANN', what);
    if (what === 'reason') await inbox.recordReason(question, 'UANN', 'wrong');
    if (what === 'look') this.seen = await overdue.overdue(this.time, 10);
    if (what === 'greet') await greet({ teamId: 'T01', channelId: `C0${index}` });
    if (what === 'forget')
      await memory.change({ teamId: 'T01', userId: 'UANN' }, (choices) => ({ ...choices, isPaused: !choices.isPaused }));
    if (what === 'open') await openQuestions('T01');
    if (what === 'conversation') await inbox.conversation(question);
    if (what === 'since') await leases.since(question);
    await this.pay(what, question, worker);
    await this.sweep(what);
    await this.hold(what, this.leases.get(`${question.id} ${worker}`));
  }

  private async lease(question: Question, worker: number): Promise<void> {
    const answer = await this.adapters.leases.lease(question, `worker-${worker}`);
    if (answer.kind === 'leased') this.leases.set(`${question.id} ${worker}`, answer.lease);
  }

  private async decide(question: Question): Promise<void> {
    const record = (await this.adapters.leases.thread(question)).find(({ question: { id } }) => id === question.id);
    for (const { id: change, hash } of Object.values(record?.changes ?? {}))
      await this.adapters.decisions.decide({ ...question, kind: 'decision', change, hash, verdict: this.count % 3 ? 'approve' : 'deny' });
  }

  private async pay(what: string, question: Question, worker: number): Promise<void> {
    const { purses } = this.adapters;
    const day: DayPurse = { kind: 'workspace', teamId: 'T01', id: 'T01', day: '2027-01-15' };
    const purse = what === 'reserve of a day' ? day : ({ kind: 'question', question } as const);
    const reservation = { id: `call-${worker}`, most: { calls: 1, tokens: 1_000, microDollars: 10 } };
    if (what.startsWith('reserve')) await purses.reserve(purse, reservation, { tokens: 1_500 });
    if (what === 'settle')
      for (const one of [day, purse]) await purses.settle(one, reservation, { calls: 1, tokens: 700, microDollars: 0 });
    if (what === 'tell once') await purses.tellOnce(day, 75, question.id);
  }

  private async sweep(what: string): Promise<void> {
    const { overdue } = this.adapters;
    for (const record of this.seen) {
      if (what === 'claim') await overdue.claim(record, this.time + 60_000, 'send');
      if (what === 'wake') await overdue.claim(record, this.time + 60_000, 'wake');
      if (what === 'tell') await overdue.claim(record, this.time + 60_000, 'tell');
      if (what === 'lost') await overdue.closeLost(record, 'failed', 'lost');
    }
  }

  private async hold(what: string, lease: Lease | undefined): Promise<void> {
    if (!lease) return;
    const known = Object.values(lease.record.changes)[0];
    if (what === 'fold') await lease.fold(questions[1]!.messageTs);
    if (what === 'renew') await lease.renew();
    if (what === 'reply') await lease.noteReply(`${this.count}.1`);
    if (what === 'propose') await lease.noteChange(changeAt(this.time, `c${this.count}`));
    if (what === 'note again' && known) await lease.noteChange({ ...known, state: 'started' });
    if (what === 'wait') await lease.wait({ kind: 'decision', change: known?.id ?? 'none', until: this.time + 900_000 }, ['100.000002']);
    if (what === 'wait for account') await lease.wait({ kind: 'account', provider: 'github', until: this.time + 900_000 });
    if (what === 'close')
      await lease.close('answered', this.count % 2 ? 'found-complete' : undefined, this.count % 3 ? [] : ['100.000002']);
    if (what === 'release') await lease.release();
  }
}

function changeAt(now: number, id: string) {
  const shown = { tool: 'create_issue', args: '{}', title: 'Create', system: 'Jira', fields: [], asker: 'UANN', account: 'ann' };
  const times = { proposedAt: now, expiresAt: now + 900_000 };
  const change = { ...shown, ...times, id, input: '{"n":1}', approvers: ['UANN'], state: 'proposed' } as const;
  return { ...change, fields: [], approvers: ['UANN'], hash: hashOfChange(change as unknown as Change) };
}

function adaptersOf(params: { readonly dynamoDb: DynamoDb; readonly tableName: string; readonly now: () => number }) {
  const ignore = { onUnreadable: () => undefined };
  return {
    inbox: createDynamoInbox({ ...params, deliveryGrace: 60_000 }),
    decisions: createDynamoDecisions({ ...params, deliveryGrace: 60_000 }),
    leases: createDynamoLeases({ ...params, leaseMilliseconds: 20_000 }),
    overdue: createDynamoOverdue({ ...params, ...ignore }),
    openQuestions: createDynamoOpenQuestions({ ...params, ...ignore }),
    greet: createDynamoGreetings(params),
    memory: createDynamoMemoryChoices(params),
    purses: createDynamoPurses(params),
  };
}

describe('the model of the ledger’s table', () => {
  it('answers as dynalite does whatever our adapters ask, and holds the same', async () => {
    let tables = 0;
    const reached = new Set<string>();
    const step = fc.tuple(fc.constantFrom(...does), fc.nat(2), fc.nat(1), fc.constantFrom(1, 7, 21_000, 70_000, 1_000_000));
    const walks = fc.array(step, { minLength: 30, maxLength: 80, size: 'max' });
    await fc.assert(
      fc.asyncProperty(walks, async (steps) => {
        tables += 1;
        const tableName = `ledger-${tables}`;
        await createTable(client, tableName, ledgerTable);
        const model = new TableModel();
        const walk = new Walk(toBoth(model, sdkDynamoDb(client)), tableName);
        for (const [index] of questions.entries()) await walk.step(['record', index, 0, 1]);
        for (const one of steps) {
          reached.add(one[0]);
          await walk.step(one);
        }
        const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName, ConsistentRead: true }));
        expect(byKey(model.items as never)).toEqual(byKey(Items as never));
      }),
      { numRuns: 10 },
    );
    expect([...reached].sort()).toEqual([...does].sort());
  });

  it('refuses what no adapter uses, instead of guessing what DynamoDB would do', () => {
    const model = new TableModel();
    const key = { TableName: 'ledger', Key: { thread: { S: 't' }, message: { S: 'm' } } };
    const values = { ExpressionAttributeValues: { ':one': { N: '1' } } };
    const refused = (work: () => unknown) => expect(work).toThrow(UnknownExpression);
    refused(() => model.do('UpdateItem', { ...key, UpdateExpression: 'DELETE attempts :one', ...values, ConditionExpression: 'a = :one' }));
    refused(() => model.do('UpdateItem', { ...key, UpdateExpression: 'SET a[0] = :one', ...values, ConditionExpression: 'a = :one' }));
    refused(() =>
      model.do('UpdateItem', { ...key, UpdateExpression: 'SET a = :one', ...values, ConditionExpression: 'a BETWEEN :one AND :one' }),
    );
    refused(() => model.do('UpdateItem', { ...key, UpdateExpression: 'SET a = :one', ...values, ReturnValues: 'UPDATED_OLD' }));
    refused(() => model.do('GetItem', key));
    refused(() => model.do('DeleteItem', key));
  });
});
