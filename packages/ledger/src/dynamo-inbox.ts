import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { unlessRefused } from '@vera/service-kit/dynamo-db';
import { kernelId } from '@vera/service-kit/kernel-random';
import { conversationIn } from './conversation.ts';
import { edit, withdraw } from './dynamo-changes-of-mind.ts';
import { recordFeedback, recordReason } from './dynamo-feedback.ts';
import { type DynamoInboxParams, type LedgerTableParams, openKeysOf, recordsOf } from './dynamo-items.ts';
import { retry } from './dynamo-retry.ts';
import type { Inbox } from './ledger.ts';
import { itemKeyOf, openMark } from './record.ts';

/** How long a record is kept. */
export const keptDays = 30;

export function createDynamoInbox(params: DynamoInboxParams): Inbox {
  const { dynamoDb, tableName, now, deliveryGrace } = params;
  return {
    async record({ actionToken: _, ...question }) {
      const receivedAt = now();
      const expiresAt = Math.floor(receivedAt / 1000) + keptDays * 24 * 3600;
      const fresh = {
        question,
        state: 'received',
        attempts: 1,
        receivedAt,
        leg: 0,
        changes: {},
        replies: [],
        feedback: {},
        feedbackReasons: {},
      };
      const due = { open: openMark, dueAt: receivedAt + deliveryGrace, expiresAt };
      const receipt = kernelId();
      const put = dynamoDb('PutItem', {
        TableName: tableName,
        Item: { ...itemKeyOf(question), ...marshall({ ...fresh, ...due, receipt }, { removeUndefinedValues: true }) },
        // By its receipt a write that the client repeats, because the answer got lost, is not taken for another copy.
        ConditionExpression: 'attribute_not_exists(message) OR receipt = :receipt',
        ExpressionAttributeValues: marshall({ ':receipt': receipt }),
      });
      return (await unlessRefused(put)) !== undefined;
    },

    recordFeedback: (...feedback) => recordFeedback(params, feedback),
    recordReason: (...reason) => recordReason(params, reason),
    edit: (question) => edit(params, question),
    withdraw: (message) => withdraw(params, message),
    retry: (action) => retry(params, action),
    conversation: async (thread) => conversationIn(await recordsOf(params, thread)),

    async requestStop(thread) {
      const keys: Record<string, AttributeValue>[] = [];
      for await (const key of openKeysOf(params, thread)) keys.push(key);
      const asked = await Promise.all(keys.map((Key) => askToStop(params, Key)));
      return asked.filter((answer) => answer !== undefined).length;
    },
  };
}

/** Undefined when it was closed meanwhile. */
function askToStop({ dynamoDb, tableName, now }: LedgerTableParams, Key: Record<string, AttributeValue>) {
  const update = dynamoDb('UpdateItem', {
    TableName: tableName,
    Key,
    UpdateExpression: 'SET stopRequestedAt = :at',
    ConditionExpression: '#open = :open',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: marshall({ ':at': now(), ':open': openMark }),
  });
  return unlessRefused(update);
}
