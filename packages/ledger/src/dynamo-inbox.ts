import { type AttributeValue, type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { kernelId } from '@vera/service-kit/kernel-random';
import { unlessRefused } from './conditional.ts';
import type { Inbox } from './ledger.ts';
import { openKeysOf } from './open-keys-of.ts';
import { itemKeyOf, openMark } from './record.ts';

export interface DynamoLedgerParams {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface DynamoInboxParams extends DynamoLedgerParams {
  /** How long a question may be on its way to a worker before the sweeper sends it again, in milliseconds. */
  readonly deliveryGrace: number;
}

/** How long a record is kept, in seconds, as DynamoDB's time to live counts. */
const keptSeconds = 30 * 24 * 3600;

export function createDynamoInbox({ client, tableName, now, deliveryGrace }: DynamoInboxParams): Inbox {
  return {
    async record(question) {
      const receivedAt = now();
      const expiresAt = Math.floor(receivedAt / 1000) + keptSeconds;
      const fresh = { question, state: 'received', attempts: 1, receivedAt, leg: 0, changes: {}, replies: [], feedback: {} };
      const due = { open: openMark, dueAt: receivedAt + deliveryGrace, expiresAt };
      const receipt = kernelId();
      const put = new PutItemCommand({
        TableName: tableName,
        Item: { ...itemKeyOf(question), ...marshall({ ...fresh, ...due, receipt }, { removeUndefinedValues: true }) },
        // By its receipt a write that the client repeats, because the answer got lost, is not taken for another copy.
        ConditionExpression: 'attribute_not_exists(message) OR receipt = :receipt',
        ExpressionAttributeValues: marshall({ ':receipt': receipt }),
      });
      return (await unlessRefused(client.send(put))) !== undefined;
    },

    async recordFeedback(key, userId, rating) {
      const update = new UpdateItemCommand({
        TableName: tableName,
        Key: itemKeyOf(key),
        UpdateExpression: 'SET feedback.#user = :rating',
        ConditionExpression: 'attribute_exists(message)',
        ExpressionAttributeNames: { '#user': userId },
        ExpressionAttributeValues: marshall({ ':rating': rating }),
      });
      return (await unlessRefused(client.send(update))) !== undefined;
    },

    async requestStop(thread) {
      const keys: Record<string, AttributeValue>[] = [];
      for await (const key of openKeysOf({ client, tableName, now }, thread)) keys.push(key);
      const asked = await Promise.all(keys.map((Key) => unlessRefused(client.send(stopUpdate(tableName, Key, now())))));
      return asked.filter((answer) => answer !== undefined).length;
    },
  };
}

function stopUpdate(tableName: string, Key: Record<string, AttributeValue>, at: number): UpdateItemCommand {
  return new UpdateItemCommand({
    TableName: tableName,
    Key,
    UpdateExpression: 'SET stopRequestedAt = :at',
    ConditionExpression: '#open = :open',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: marshall({ ':at': at, ':open': openMark }),
  });
}
