import { GetItemCommand, paginateQuery, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { unlessRefused } from './conditional.ts';
import type { DynamoLedgerParams } from './dynamo-inbox.ts';
import { createDynamoLease } from './dynamo-lease.ts';
import type { LeaseAnswer, Leases, QuestionKey, QuestionRecord, ThreadKey } from './ledger.ts';
import { openKeysOf } from './open-keys-of.ts';
import { itemKeyOf, openMark, threadKeyOf, toRecord } from './record.ts';

export interface DynamoLeasesParams extends DynamoLedgerParams {
  /** How long a lease holds without being renewed. */
  readonly leaseMilliseconds: number;
}

export function createDynamoLeases(params: DynamoLeasesParams): Leases {
  const { leaseMilliseconds } = params;
  return {
    async lease(key, owner) {
      const before = await firstOpenBefore(params, key);
      if (before !== undefined) return { kind: 'behind', messageTs: before };
      const taken = await unlessRefused(params.client.send(takeUpdate(params, key, owner, leaseMilliseconds)));
      if (!taken?.Attributes) return whyNot(params, key);
      return { kind: 'leased', lease: createDynamoLease(params, toRecord(taken.Attributes), owner, leaseMilliseconds) };
    },
    postpone: async (key) => void (await unlessRefused(params.client.send(postponeUpdate(params, key, leaseMilliseconds)))),
    thread: (thread) => readThread(params, thread),
  };
}

async function firstOpenBefore(params: DynamoLedgerParams, key: QuestionKey): Promise<string | undefined> {
  // Nothing is older than what opens its thread.
  if (key.messageTs === key.threadTs) return undefined;
  for await (const { message } of openKeysOf(params, key, key.messageTs)) return message?.S;
  return undefined;
}

async function readThread({ client, tableName }: DynamoLedgerParams, thread: ThreadKey): Promise<readonly QuestionRecord[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'thread = :thread',
      ExpressionAttributeValues: marshall({ ':thread': threadKeyOf(thread) }),
    },
  );
  const records: QuestionRecord[] = [];
  for await (const { Items = [] } of pages) records.push(...Items.map(toRecord));
  return records;
}

function postponeUpdate({ tableName, now }: DynamoLedgerParams, key: QuestionKey, leaseMilliseconds: number): UpdateItemCommand {
  return new UpdateItemCommand({
    TableName: tableName,
    Key: itemKeyOf(key),
    UpdateExpression: 'SET dueAt = :until',
    ConditionExpression: '#state = :received',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: marshall({ ':received': 'received', ':until': now() + leaseMilliseconds }),
  });
}

/**
 * A question can be taken while nobody took it, or once the lease of whoever did ran out. One that waits for an account goes on whenever it
 * is brought: whether the account is there now, only the worker can find out.
 */
function takeUpdate({ tableName, now }: DynamoLedgerParams, key: QuestionKey, owner: string, leaseMilliseconds: number): UpdateItemCommand {
  const at = now();
  return new UpdateItemCommand({
    TableName: tableName,
    Key: itemKeyOf(key),
    UpdateExpression:
      'SET #state = :running, #open = :open, leaseOwner = :owner, dueAt = :until, startedAt = if_not_exists(startedAt, :at), ' +
      // A record that an older version made has neither.
      'leg = if_not_exists(leg, :zero), changes = if_not_exists(changes, :nothing)',
    // Our own lease counts: the SDK repeats a write whose answer got lost.
    ConditionExpression:
      '#state = :received OR (#state = :running AND (dueAt < :at OR leaseOwner = :owner)) OR (#state = :waiting AND waitsFor.#kind = :account)',
    ExpressionAttributeNames: { '#state': 'state', '#open': 'open', '#kind': 'kind' },
    ExpressionAttributeValues: marshall({
      ':running': 'running',
      ':received': 'received',
      ':waiting': 'waiting',
      ':account': 'account',
      ':open': openMark,
      ':owner': owner,
      ':until': at + leaseMilliseconds,
      ':at': at,
      ':zero': 0,
      ':nothing': {},
    }),
    ReturnValues: 'ALL_NEW',
  });
}

async function whyNot({ client, tableName }: DynamoLedgerParams, key: QuestionKey): Promise<LeaseAnswer> {
  const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: itemKeyOf(key), ConsistentRead: true }));
  if (!Item) return { kind: 'unknown' };
  return { kind: Item.open ? 'taken' : 'closed' };
}
