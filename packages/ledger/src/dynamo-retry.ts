import type { RetryAction } from '@vera/protocol/action';
import type { Change } from '@vera/protocol/change';
import { type DynamoInboxParams, recordOf, sendingBack, updateIf } from './dynamo-items.ts';
import { heedStop } from './dynamo-stop.ts';
import { endOfChange } from './end-of-change.ts';
import type { QuestionRecord, RetryAnswer } from './ledger.ts';
import { toRecord } from './record.ts';
import { millisecondsOf } from './slack-time.ts';

/** One new turn for each that failed, for as long as the record is kept: the turn is counted in the same write that opens the question. */
export async function retry(params: DynamoInboxParams, action: Omit<RetryAction, 'kind'>): Promise<RetryAnswer> {
  const record = await recordOf(params, action);
  if (!record) return { kind: 'refused', why: 'unknown' };
  // It is done with the rights of who asked, so nobody else brings it about.
  if (record.question.userId !== action.userId) return { kind: 'refused', why: 'not-yours' };
  const { set, names, values } = sendingBack(params);
  const retried = await updateIf(params, action, {
    kind: 'retry',
    condition: '#state IN (:failed, :stopped) AND leg = :leg AND attribute_not_exists(withdrawnAt)',
    update:
      `SET ${set}, leg = :next, attempts = :zero, hindrances = :zero, retriedAt = :retried, replies = :none, changes = :changes ` +
      'REMOVE closedAt, reason, startedAt, stopRequestedAt, stopRefusedAt, queuedAt, waitsFor, leaseOwner, foldedInto',
    values: {
      ...{ ...values, ':failed': 'failed', ':stopped': 'stopped', ':leg': action.leg, ':next': action.leg + 1 },
      ...{ ':zero': 0, ':none': [], ':changes': settled(record) },
      ':retried': action.ts === undefined ? params.now() : millisecondsOf(action.ts),
    },
    names,
  });
  if (retried) {
    const { question } = toRecord(retried);
    // One that came between the click and this found nothing open.
    if (action.ts !== undefined) await heedStop(params, question, action.ts);
    return { kind: 'retried', question };
  }
  const why = (await recordOf(params, action))?.withdrawnAt === undefined ? 'over' : 'withdrawn';
  return { kind: 'refused', why };
}

/** What was left open when it failed is not taken up again: its card said so, and a yes was for then. */
function settled({ changes }: QuestionRecord): Record<string, Change> {
  return Object.fromEntries(Object.entries(changes).map(([id, change]) => [id, { ...change, state: endOfChange(change.state) }]));
}
