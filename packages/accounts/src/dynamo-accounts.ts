import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { unlessRefused } from '@vera/service-kit/dynamo-db';
import { kernelId } from '@vera/service-kit/kernel-random';
import * as z from 'zod/mini';
import { type AccountShelf, providerIdSchema, type StoredAccount, type TokenRotation } from './account.ts';
import type { Person } from './portal-ticket.ts';
import { type AccountsTableParams, itemKeyOf, personKeyOf } from './table.ts';

export function createDynamoAccountShelf({ dynamoDb, tableName: TableName }: AccountsTableParams): AccountShelf {
  return {
    async list(person) {
      // One a provider: never more than a page.
      const { Items = [] } = await dynamoDb('Query', {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'person = :person AND begins_with(#item, :accounts)',
        ExpressionAttributeNames: { '#item': 'item' },
        ExpressionAttributeValues: marshall({ ':person': personKeyOf(person), ':accounts': 'account#' }),
      });
      return Items.map((item) => toStoredAccount(item).account);
    },
    async put(person, account, sealed) {
      const item = { ...itemKeyOf(person, 'account', account.provider), account, sealed, revision: kernelId(), leasedUntil: 0 };
      const { Attributes } = await dynamoDb('PutItem', { TableName, Item: marshall(item), ReturnValues: 'ALL_OLD' });
      return Attributes && toStoredAccount(Attributes);
    },
    async remove(person, provider) {
      const Key = marshall(itemKeyOf(person, 'account', provider));
      const { Attributes } = await dynamoDb('DeleteItem', { TableName, Key, ReturnValues: 'ALL_OLD' });
      return Attributes && toStoredAccount(Attributes);
    },
  };
}

interface Change {
  readonly update: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly names?: Readonly<Record<string, string>>;
  /** Default: the tokens are those that were seen. */
  readonly condition?: string;
}

const asSeenOrWritten = 'revision = :seen OR revision = :next';

export function createDynamoTokenRotation(params: AccountsTableParams): TokenRotation {
  const { dynamoDb, tableName: TableName, now } = params;
  const change = (person: Person, seen: StoredAccount, what: Change) => changed(params, person, seen, what);
  return {
    async read(person, provider) {
      const Key = marshall(itemKeyOf(person, 'account', provider));
      const { Item } = await dynamoDb('GetItem', { TableName, Key, ConsistentRead: true });
      return Item && toStoredAccount(Item);
    },
    lease: (person, seen, milliseconds) =>
      change(person, seen, {
        update: 'SET leasedUntil = :until, leaseId = :lease',
        // The SDK repeats a write whose answer got lost: by its id it knows its own lease again.
        condition: 'revision = :seen AND (leasedUntil < :now OR leaseId = :lease)',
        values: { ':until': now() + milliseconds, ':now': now(), ':lease': kernelId() },
      }),
    rotate: (person, seen, sealed) =>
      // Its own revision counts, too: the SDK repeats a write whose answer got lost.
      change(person, seen, {
        update: 'SET sealed = :sealed, revision = :next, leasedUntil = :free',
        condition: asSeenOrWritten,
        values: { ':sealed': sealed, ':next': kernelId(), ':free': 0 },
      }),
    expire: (person, seen) =>
      // Another revision, so that nobody who read the old one asks the provider again.
      change(person, seen, {
        update: 'SET account.#state = :expired, revision = :next, leasedUntil = :free',
        condition: asSeenOrWritten,
        values: { ':expired': 'expired', ':next': kernelId(), ':free': 0 },
        names: { '#state': 'state' },
      }),
    async release(person, seen) {
      await change(person, seen, { update: 'SET leasedUntil = :free', values: { ':free': 0 } });
    },
  };
}

async function changed({ dynamoDb, tableName }: AccountsTableParams, person: Person, seen: StoredAccount, what: Change): Promise<boolean> {
  const update = dynamoDb('UpdateItem', {
    TableName: tableName,
    Key: marshall(itemKeyOf(person, 'account', seen.account.provider)),
    UpdateExpression: what.update,
    ConditionExpression: what.condition ?? 'revision = :seen',
    ExpressionAttributeValues: marshall({ ':seen': seen.revision, ...what.values }),
    ...(what.names ? { ExpressionAttributeNames: what.names } : {}),
  });
  return (await unlessRefused(update)) !== undefined;
}

const itemSchema = z.object({
  account: z.object({
    provider: providerIdSchema,
    accountId: z.string(),
    name: z.string(),
    sites: z.array(z.object({ id: z.string(), name: z.string(), url: z.string() })),
    connectedAt: z.number(),
    state: z.enum(['connected', 'expired']),
  }),
  sealed: z.instanceof(Uint8Array),
  revision: z.string(),
  leasedUntil: z._default(z.number(), 0),
});

class AccountItemError extends Error {
  readonly code = 'account-item';
}

function toStoredAccount(item: Record<string, AttributeValue>): StoredAccount {
  const parsed = itemSchema.safeParse(unmarshall(item));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new AccountItemError(`The item ${item.item?.S} of the accounts table has another shape: ${fields}`);
}
