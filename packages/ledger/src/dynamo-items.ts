import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type DynamoDb, itemsOf, refusedOr } from '@vera/service-kit/dynamo-db';
import { kernelId } from '@vera/service-kit/kernel-random';
import type { QuestionKey, QuestionRecord, ThreadKey } from './ledger.ts';
import { isEarly, itemKeyOf, openMark, threadKeyOf, toRecord } from './record.ts';

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
  /** The kind of write. Of each kind a record keeps who wrote it last, so that none hides the trace of another. */
  readonly kind: string;
  readonly condition: string;
  /** Begins with `SET`. */
  readonly update: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Beside `#state`. */
  readonly names?: Readonly<Record<string, string>>;
  /** Its own id; made anew unless told. */
  readonly write?: string;
  /** By what an item shows that it is done, whoever wrote since. */
  readonly isDone?: (item: Item) => boolean;
}

export type Item = Record<string, AttributeValue>;

/** Where a record keeps the id of the last write of a kind. */
export const writeOf = (kind: string) => `${kind}Write`;

/** Nobody has stopped it, or deleted its message. */
export const isWanted = 'attribute_not_exists(stopRequestedAt) AND attribute_not_exists(withdrawnAt)';

/** Changes a record of the ledger while `condition` holds; the whole item then, or undefined when it did not hold. */
export async function updateIf(table: Table, key: QuestionKey, update: ConditionalUpdate): Promise<Item | undefined> {
  return (await tryUpdate(table, key, update)).written;
}

type Table = Pick<LedgerTableParams, 'dynamoDb' | 'tableName'>;

/**
 * A write that was taken, whose answer got lost and which the client repeats, is not done twice, as somebody may have moved the record since:
 * it is refused by its own id, and known by it. `stood`: on what it failed; nothing where there is no such record.
 */
export async function tryUpdate(
  { dynamoDb, tableName }: Table,
  key: QuestionKey,
  { kind, condition, update, values, names, write = kernelId(), isDone }: ConditionalUpdate,
): Promise<{ readonly written?: Item; readonly stood?: Item }> {
  const updating = dynamoDb('UpdateItem', {
    TableName: tableName,
    Key: itemKeyOf(key),
    UpdateExpression: update.replace('SET ', 'SET #write = :write, '),
    ConditionExpression: `(${condition}) AND (attribute_not_exists(#write) OR #write <> :write)`,
    ExpressionAttributeNames: { ...(/#state\b/.test(condition + update) ? { '#state': 'state' } : {}), '#write': writeOf(kind), ...names },
    ExpressionAttributeValues: marshall({ ':write': write, ...values }, { removeUndefinedValues: true }),
    // `UPDATED_NEW` says nothing of what stayed as it was, such as whether a stop was asked for.
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  const { answer, stood } = await refusedOr(updating);
  if (answer) return { written: answer.Attributes ?? {} };
  const isOurs = stood && (stood[writeOf(kind)]?.S === write || isDone?.(stood));
  return isOurs ? { written: stood } : { ...(stood ? { stood } : {}) };
}

interface Parts {
  /** Begins with `SET`. */
  readonly set: string;
  readonly removed: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** An update of these parts; one that `forgets` leaves nothing of what the question said, as its message was deleted. */
export function whole({ set, removed, names, values }: Parts, forgets: boolean): Pick<ConditionalUpdate, 'update' | 'names' | 'values'> {
  if (!forgets) return { update: `${set} REMOVE ${removed}`, names, values };
  return {
    update: `${set}, question.#text = :empty, question.files = :emptied REMOVE ${removed}${removed ? ', ' : ''}question.quotes, question.typed`,
    names: { ...names, '#text': 'text' },
    values: { ...values, ':empty': '', ':emptied': [] },
  };
}

/** The parts of an update by which a question goes back on its way to a worker. */
export function sendingBack({ now, deliveryGrace }: Pick<DynamoInboxParams, 'now' | 'deliveryGrace'>) {
  const at = now();
  return {
    set: '#state = :received, #open = :open, dueAt = :due, unheldSince = :at',
    names: { '#open': 'open' },
    values: { ':received': 'received', ':open': openMark, ':at': at, ':due': at + deliveryGrace },
  };
}

/** All records of a thread, oldest first; those asked before `from` are left out. */
export async function recordsOf({ dynamoDb, tableName }: Table, thread: ThreadKey, from?: string): Promise<readonly QuestionRecord[]> {
  const query = {
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: `thread = :thread${from === undefined ? '' : ' AND message >= :from'}`,
    ExpressionAttributeValues: marshall({ ':thread': threadKeyOf(thread), ':from': from }, { removeUndefinedValues: true }),
  };
  const records: QuestionRecord[] = [];
  for await (const item of itemsOf(dynamoDb, query)) if (!isEarly(item)) records.push(toRecord(item));
  return records;
}

export async function recordOf({ dynamoDb, tableName }: Table, key: QuestionKey): Promise<QuestionRecord | undefined> {
  const { Item } = await dynamoDb('GetItem', { TableName: tableName, Key: itemKeyOf(key), ConsistentRead: true });
  return Item && !isEarly(Item) ? toRecord(Item) : undefined;
}
