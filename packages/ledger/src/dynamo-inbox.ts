import { marshall } from '@aws-sdk/util-dynamodb';
import { refusedOr } from '@vera/service-kit/dynamo-db';
import { kernelId } from '@vera/service-kit/kernel-random';
import { conversationIn } from './conversation.ts';
import { edit, withdraw } from './dynamo-changes-of-mind.ts';
import { recordFeedback, recordReason } from './dynamo-feedback.ts';
import { type DynamoInboxParams, openKeysOf, recordsOf, updateIf } from './dynamo-items.ts';
import { retry } from './dynamo-retry.ts';
import type { Inbox, QuestionKey } from './ledger.ts';
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
        attempts: 0,
        receivedAt,
        leg: 0,
        changes: {},
        replies: [],
        feedback: {},
        feedbackReasons: {},
      };
      const due = { open: openMark, dueAt: receivedAt + deliveryGrace, unheldSince: receivedAt, expiresAt };
      const receipt = kernelId();
      const put = dynamoDb('PutItem', {
        TableName: tableName,
        Item: { ...itemKeyOf(question), ...marshall({ ...fresh, ...due, receipt }, { removeUndefinedValues: true }) },
        ConditionExpression: 'attribute_not_exists(message)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      const { answer, stood } = await refusedOr(put);
      // By its receipt a write that the client repeats, because the answer got lost, is not taken for another copy.
      return answer !== undefined || stood?.receipt?.S === receipt;
    },

    recordFeedback: (...feedback) => recordFeedback(params, feedback),
    recordReason: (...reason) => recordReason(params, reason),
    edit: (question) => edit(params, question),
    withdraw: (message) => withdraw(params, message),
    retry: (action) => retry(params, action),
    conversation: async (thread) => conversationIn(await recordsOf(params, thread)),

    async requestStop(thread) {
      const keys: QuestionKey[] = [];
      for await (const { message } of openKeysOf(params, thread)) keys.push({ ...thread, messageTs: message?.S ?? '' });
      const values = { ':at': now(), ':open': openMark };
      const update = { kind: 'stop', condition: '#open = :open', update: 'SET stopRequestedAt = :at', names: { '#open': 'open' }, values };
      // Undefined where it was closed meanwhile.
      const asked = await Promise.all(keys.map((key) => updateIf(params, key, update)));
      return asked.filter((answer) => answer !== undefined).length;
    },
  };
}
