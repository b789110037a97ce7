import { marshall } from '@aws-sdk/util-dynamodb';
import type { Question } from '@vera/protocol/question';
import { refusedOr } from '@vera/service-kit/dynamo-db';
import { kernelId } from '@vera/service-kit/kernel-random';
import { conversationIn } from './conversation.ts';
import { edit, withdraw } from './dynamo-changes-of-mind.ts';
import { recordFeedback, recordReason } from './dynamo-feedback.ts';
import { type DynamoInboxParams, recordsOf } from './dynamo-items.ts';
import { retry } from './dynamo-retry.ts';
import { requestStop } from './dynamo-stop.ts';
import { type Inbox, unaddressed } from './ledger.ts';
import { itemKeyOf, openMark } from './record.ts';

/** How long a record is kept. */
export const keptDays = 30;

/** When DynamoDB takes away what is kept as long as a record, in epoch seconds. */
export function expiryOf(keptSince: number): number {
  return Math.floor(keptSince / 1000) + keptDays * 24 * 3600;
}

export function createDynamoInbox(params: DynamoInboxParams): Inbox {
  const { now, deliveryGrace } = params;
  return {
    record: (question) => record(params, question, { state: 'received', open: openMark, dueAt: now() + deliveryGrace }),
    recordStop: (said) => record(params, said, { state: 'stopped', closedAt: now(), reason: unaddressed.stop }),
    recordFeedback: (...feedback) => recordFeedback(params, feedback),
    recordReason: (...reason) => recordReason(params, reason),
    edit: (question) => edit(params, question),
    withdraw: (message) => withdraw(params, message),
    retry: (action) => retry(params, action),
    conversation: async (thread) => conversationIn(await recordsOf(params, thread)),

    requestStop: (stop) => requestStop(params, stop),
  };
}

/** False when it is recorded already. */
async function record(
  { dynamoDb, tableName, now }: DynamoInboxParams,
  { actionToken: _, ...question }: Question,
  how: Fields,
): Promise<boolean> {
  const receivedAt = now();
  const expiresAt = expiryOf(receivedAt);
  const fresh = {
    question,
    attempts: 0,
    receivedAt,
    unheldSince: receivedAt,
    leg: 0,
    changes: {},
    replies: [],
    feedback: {},
    feedbackReasons: {},
  };
  const receipt = kernelId();
  const put = dynamoDb('PutItem', {
    TableName: tableName,
    Item: { ...itemKeyOf(question), ...marshall({ ...fresh, ...how, expiresAt, receipt }, { removeUndefinedValues: true }) },
    ConditionExpression: 'attribute_not_exists(message)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  const { answer, stood } = await refusedOr(put);
  // By its receipt a write that the client repeats, because the answer got lost, is not taken for another copy.
  return answer !== undefined || stood?.receipt?.S === receipt;
}

type Fields = Readonly<Record<string, unknown>>;
