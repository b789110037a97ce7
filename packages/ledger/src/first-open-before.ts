import { marshall } from '@aws-sdk/util-dynamodb';
import { itemsOf } from '@vera/service-kit/dynamo-db';
import type { Item, LedgerTableParams } from './dynamo-items.ts';
import type { Behind, QuestionKey } from './ledger.ts';
import { openMark, threadKeyOf, waitingMark } from './record.ts';
import { type Going, tookIn } from './took-in.ts';

/**
 * The question whose end this one waits for. What is over waits for none, and what is only to be ended, as it was stopped or deleted, for none but
 * what took it in.
 */
export async function firstOpenBefore({ dynamoDb, tableName }: LedgerTableParams, key: QuestionKey): Promise<Behind | undefined> {
  // Nothing is older than what opens its thread.
  if (key.messageTs === key.threadTs) return undefined;
  const query = {
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: 'thread = :thread AND message <= :before',
    FilterExpression: '#open = :open OR #open = :waiting',
    ProjectionExpression: 'message, #open, dueAt, stopRequestedAt, withdrawnAt, foldedInto, folded',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: marshall({
      ...{ ':thread': threadKeyOf(key), ':before': key.messageTs },
      ...{ ':open': openMark, ':waiting': waitingMark },
    }),
  };
  const open: Open[] = [];
  for await (const item of itemsOf(dynamoDb, query)) open.push(openOf(item));
  const own = open.find(({ messageTs }) => messageTs === key.messageTs);
  const first = own && open.find((one) => one !== own && mustEndBefore(one, own, open));
  return first && { kind: 'behind', messageTs: first.messageTs, ...(first.isWaiting ? { until: first.dueAt } : {}) };
}

interface Open extends Going {
  /** For a person. */
  readonly isWaiting: boolean;
  readonly isUnwanted: boolean;
  readonly dueAt: number;
}

function openOf({ message, open, dueAt, stopRequestedAt, withdrawnAt, foldedInto, folded }: Item): Open {
  return {
    messageTs: message?.S ?? '',
    isWaiting: open?.S === waitingMark,
    isUnwanted: (stopRequestedAt ?? withdrawnAt) !== undefined,
    dueAt: Number(dueAt?.N),
    foldedInto: foldedInto?.S,
    folded: folded?.L?.map(({ S = '' }) => S),
  };
}

/** What waits for a person keeps only that waiting whose words it took in; and this, which waits with it, keeps nothing. */
function mustEndBefore(one: Open, own: Open, open: readonly Open[]): boolean {
  if (own.isUnwanted && one.messageTs !== own.foldedInto) return false;
  if (one.isWaiting) return tookIn(one, own);
  return !open.some((reader) => reader.isWaiting && tookIn(reader, one));
}
