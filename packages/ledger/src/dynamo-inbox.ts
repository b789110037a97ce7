import { marshall } from '@aws-sdk/util-dynamodb';
import type { Question } from '@vera/protocol/question';
import { refusedOr } from '@vera/service-kit/dynamo-db';
import { kernelId } from '@vera/service-kit/kernel-random';
import { conversationIn } from './conversation.ts';
import { edit, withdraw } from './dynamo-changes-of-mind.ts';
import { type Early, earlyOf } from './dynamo-early.ts';
import { recordFeedback, recordReason } from './dynamo-feedback.ts';
import { type DynamoInboxParams, recordsOf } from './dynamo-items.ts';
import { retry } from './dynamo-retry.ts';
import { heedStop, requestStop } from './dynamo-stop.ts';
import { isAtWork } from './is-at-work.ts';
import { type Inbox, unaddressed } from './ledger.ts';
import { isEarly, itemKeyOf, openMark } from './record.ts';

/** How long a record is kept. */
export const keptDays = 30;

/** When DynamoDB takes away what is kept as long as a record, in epoch seconds. */
export function expiryOf(keptSince: number): number {
  return Math.floor(keptSince / 1000) + keptDays * 24 * 3600;
}

export function createDynamoInbox(params: DynamoInboxParams): Inbox {
  const { now, deliveryGrace } = params;
  return {
    async record(question, onUnread = thrown) {
      const isNew = await record(params, question, { state: 'received', open: openMark, dueAt: now() + deliveryGrace });
      await heedStop(params, question).catch(onUnread);
      return isNew;
    },
    recordStop: (said) => record(params, said, { state: 'stopped', closedAt: now(), reason: unaddressed.stop }),
    recordFeedback: (...feedback) => recordFeedback(params, feedback),
    recordReason: (...reason) => recordReason(params, reason),
    edit: (question, meantAs) => edit(params, question, meantAs),
    withdraw: (message, meantAs) => withdraw(params, message, meantAs),
    isAtWork: (message) => isAtWork(params, message),
    retry: (action) => retry(params, action),
    conversation: async (thread) => conversationIn(await recordsOf(params, thread)),

    requestStop: (stop) => requestStop(params, stop),
  };
}

function thrown(error: unknown): never {
  throw error;
}

/** False when it is recorded already, or its message is gone. What came of it before it did counts. */
async function record(params: DynamoInboxParams, { actionToken: _, ...question }: Question, how: Fields): Promise<boolean> {
  const receipt = kernelId();
  for (let early: Early | undefined; ; ) {
    const { answer, stood } = await put(params, { question, how, receipt, early });
    // By its receipt a write that the client repeats, because the answer got lost, is not taken for another copy.
    if (answer || stood?.receipt?.S === receipt) return true;
    if (stood && !isEarly(stood)) return false;
    early = stood && earlyOf(stood, question);
    if (early?.isGone) return false;
  }
}

interface Fresh {
  readonly question: Question;
  readonly how: Fields;
  readonly receipt: string;
  /** In whose place it is put. */
  readonly early: Early | undefined;
}

function put({ dynamoDb, tableName, now }: DynamoInboxParams, { question: { typed, quotes, ...said }, how, receipt, early }: Fresh) {
  const receivedAt = now();
  const fresh = {
    question: { ...said, ...(early?.words ?? { typed, quotes }) },
    attempts: 0,
    receivedAt,
    unheldSince: receivedAt,
    ...(early?.isStopped ? { stopRequestedAt: receivedAt } : {}),
    leg: 0,
    changes: {},
    replies: [],
    feedback: {},
    feedbackReasons: {},
  };
  const item = { ...fresh, ...how, expiresAt: expiryOf(receivedAt), receipt };
  const putting = dynamoDb('PutItem', {
    TableName: tableName,
    Item: { ...itemKeyOf(said), ...marshall(item, { removeUndefinedValues: true }) },
    ...(early
      ? { ConditionExpression: 'earlyWrite = :seen', ExpressionAttributeValues: marshall({ ':seen': early.write }) }
      : { ConditionExpression: 'attribute_not_exists(message)' }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  return refusedOr(putting);
}

type Fields = Readonly<Record<string, unknown>>;
