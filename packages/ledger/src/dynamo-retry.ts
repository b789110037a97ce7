import type { RetryAction } from '@vera/protocol/action';
import type { Change } from '@vera/protocol/change';
import { type DynamoInboxParams, updateIf } from './dynamo-items.ts';
import { endOfChange } from './end-of-change.ts';
import type { QuestionRecord, RetryAnswer } from './ledger.ts';
import { itemKeyOf, openMark, toRecord } from './record.ts';

/** One new turn for each that failed, for as long as the record is kept: the turn is counted in the same write that opens the question. */
export async function retry(params: DynamoInboxParams, action: Omit<RetryAction, 'kind'>): Promise<RetryAnswer> {
  const { dynamoDb, tableName, now, deliveryGrace } = params;
  const { Item } = await dynamoDb('GetItem', { TableName: tableName, Key: itemKeyOf(action), ConsistentRead: true });
  const record = Item && toRecord(Item);
  if (!record) return { kind: 'refused', why: 'unknown' };
  // It is done with the rights of who asked, so nobody else brings it about.
  if (record.question.userId !== action.userId) return { kind: 'refused', why: 'not-yours' };
  const at = now();
  const retried = await updateIf(params, action, {
    kind: 'retry',
    condition: '#state IN (:failed, :stopped) AND leg = :leg AND attribute_not_exists(withdrawnAt)',
    update:
      'SET #state = :received, #open = :open, dueAt = :due, leg = :next, attempts = :zero, unheldSince = :at, retriedAt = :at, replies = :none, ' +
      'changes = :changes REMOVE closedAt, reason, startedAt, stopRequestedAt, waitsFor, leaseOwner',
    values: {
      ...{ ':failed': 'failed', ':stopped': 'stopped', ':leg': action.leg, ':received': 'received', ':open': openMark, ':zero': 0 },
      ...{ ':at': at, ':due': at + deliveryGrace, ':none': [], ':changes': settled(record) },
      ':next': action.leg + 1,
    },
    names: { '#open': 'open' },
  });
  return retried ? { kind: 'retried', question: toRecord(retried).question } : { kind: 'refused', why: 'over' };
}

/** What was left open when it failed is not taken up again: its card said so, and a yes was for then. */
function settled({ changes }: QuestionRecord): Record<string, Change> {
  return Object.fromEntries(Object.entries(changes).map(([id, change]) => [id, { ...change, state: endOfChange(change.state) }]));
}
