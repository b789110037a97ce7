import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { kernelId } from '@vera/service-kit/kernel-random';
import { toStoredAccount } from './account-item.ts';
import type { StoredAccount, TokenRotation } from './account-store.ts';
import { unlessRefused } from './conditional.ts';
import { type AccountsTableParams, itemKeyOf } from './item-key.ts';
import type { Person } from './portal-ticket.ts';

interface Change {
  readonly update: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly names?: Readonly<Record<string, string>>;
  /** Default: the tokens are those that were seen. */
  readonly condition?: string;
}

const asSeenOrWritten = 'revision = :seen OR revision = :next';

export function createDynamoTokenRotation(params: AccountsTableParams): TokenRotation {
  const { client, tableName: TableName, now } = params;
  const change = (person: Person, seen: StoredAccount, what: Change) => changed(params, person, seen, what);
  return {
    async read(person, provider) {
      const Key = marshall(itemKeyOf(person, 'account', provider));
      const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
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

async function changed({ client, tableName }: AccountsTableParams, person: Person, seen: StoredAccount, what: Change): Promise<boolean> {
  const command = new UpdateItemCommand({
    TableName: tableName,
    Key: marshall(itemKeyOf(person, 'account', seen.account.provider)),
    UpdateExpression: what.update,
    ConditionExpression: what.condition ?? 'revision = :seen',
    ExpressionAttributeValues: marshall({ ':seen': seen.revision, ...what.values }),
    ...(what.names ? { ExpressionAttributeNames: what.names } : {}),
  });
  return (await unlessRefused(client.send(command))) !== undefined;
}
