import type { AttributeValue, UpdateItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type DynamoDb, itemsOf, unlessRefused } from '@vera/service-kit/dynamo-db';
import type { QuestionKey, QuestionRecord, ThreadKey } from './ledger.ts';
import { itemKeyOf, openMark, threadKeyOf, toRecord } from './record.ts';

/** What every adapter of the ledger is made with. */
export interface LedgerTableParams {
  readonly dynamoDb: DynamoDb;
  readonly tableName: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** For what makes a question due. */
export interface DynamoInboxParams extends LedgerTableParams {
  /** How long a question may be on its way to a worker before the sweeper sends it again, in milliseconds. */
  readonly deliveryGrace: number;
}

export interface ConditionalUpdate {
  readonly condition: string;
  readonly update: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Beside `#state`, which every such update moves or asks for. */
  readonly names?: Readonly<Record<string, string>>;
}

/** Changes a record of the ledger while `condition` holds; the whole record then, or undefined when it did not hold. */
export function updateIf(
  { dynamoDb, tableName }: Pick<LedgerTableParams, 'dynamoDb' | 'tableName'>,
  key: QuestionKey,
  { condition, update, values, names }: ConditionalUpdate,
): Promise<UpdateItemCommandOutput | undefined> {
  const written = dynamoDb('UpdateItem', {
    TableName: tableName,
    Key: itemKeyOf(key),
    UpdateExpression: update,
    ConditionExpression: condition,
    ExpressionAttributeNames: { '#state': 'state', ...names },
    ExpressionAttributeValues: marshall(values, { removeUndefinedValues: true }),
    // `UPDATED_NEW` says nothing of what stayed as it was, such as whether a stop was asked for.
    ReturnValues: 'ALL_NEW',
  });
  return unlessRefused(written);
}

/** Keys of a thread's open questions, in the order asked; only those asked before the message `before`, if it is given. */
export function openKeysOf(
  { dynamoDb, tableName }: Pick<LedgerTableParams, 'dynamoDb' | 'tableName'>,
  thread: ThreadKey,
  before?: string,
): AsyncGenerator<Record<string, AttributeValue>> {
  return itemsOf(dynamoDb, {
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: before === undefined ? 'thread = :thread' : 'thread = :thread AND message < :before',
    FilterExpression: '#open = :open',
    ProjectionExpression: 'thread, message',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: marshall({
      ':thread': threadKeyOf(thread),
      ':open': openMark,
      ...(before === undefined ? {} : { ':before': before }),
    }),
  });
}

/** All records of a thread, oldest first. */
export async function recordsOf(
  { dynamoDb, tableName }: Pick<LedgerTableParams, 'dynamoDb' | 'tableName'>,
  thread: ThreadKey,
): Promise<readonly QuestionRecord[]> {
  const query = {
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: 'thread = :thread',
    ExpressionAttributeValues: marshall({ ':thread': threadKeyOf(thread) }),
  };
  const records: QuestionRecord[] = [];
  for await (const item of itemsOf(dynamoDb, query)) records.push(toRecord(item));
  return records;
}
