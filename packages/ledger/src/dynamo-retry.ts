import type { RetryAction } from '@vera/protocol/action';
import type { Change } from '@vera/protocol/change';
import { type DynamoInboxParams, recordOf, sendingBack, tryUpdate, updateIf } from './dynamo-items.ts';
import { heedStop } from './dynamo-stop.ts';
import { endOfChange } from './end-of-change.ts';
import type { QuestionRecord, RetryAnswer } from './ledger.ts';
import { isEarly, toRecord } from './record.ts';
import { millisecondsOf } from './slack-time.ts';
import { goingOf, tookIn } from './took-in.ts';

/** One new turn for each that failed, for as long as the record is kept: the turn is counted in the same write that opens the question. */
export async function retry(params: DynamoInboxParams, action: Omit<RetryAction, 'kind'>): Promise<RetryAnswer> {
  const record = await recordOf(params, action);
  if (!record) return { kind: 'refused', why: 'unknown' };
  // It is done with the rights of who asked, so nobody else brings it about.
  if (record.question.userId !== action.userId) return { kind: 'refused', why: 'not-yours' };
  const folded = record.leg === action.leg && record.closedAt !== undefined ? await takeAlong(params, record, action) : [];
  const { set, names, values } = sendingBack(params);
  const retried = await updateIf(params, action, {
    kind: 'retry',
    condition: '#state IN (:failed, :stopped) AND leg = :leg AND attribute_not_exists(withdrawnAt)',
    update:
      `SET ${set}, leg = :next, attempts = :zero, hindrances = :zero, retriedAt = :retried, changes = :changes, folded = :folded, ` +
      'said = list_append(if_not_exists(said, :none), replies), replies = :none ' +
      'REMOVE closedAt, reason, brokeOff, startedAt, stopRequestedAt, stopRefusedAt, queuedAt, waitsFor, leaseOwner, foldedInto',
    values: {
      ...{ ...values, ':failed': 'failed', ':stopped': 'stopped', ':leg': action.leg, ':next': action.leg + 1 },
      ...{ ':zero': 0, ':none': [], ':changes': settled(record), ':folded': folded, ':retried': pressedAt(params, action) },
    },
    names,
  });
  if (retried) {
    const { question } = toRecord(retried);
    // One that came between the click and this found nothing open.
    const all = [question, ...folded.map((messageTs) => ({ ...question, messageTs }))];
    for (const one of action.ts === undefined ? [] : all) await heedStop(params, one, action.ts);
    return { kind: 'retried', question };
  }
  const why = (await recordOf(params, action))?.withdrawnAt === undefined ? 'over' : 'withdrawn';
  return { kind: 'refused', why };
}

function pressedAt({ now }: DynamoInboxParams, { ts }: Pick<RetryAction, 'ts'>): number {
  return ts === undefined ? now() : millisecondsOf(ts);
}

/**
 * What ended with it comes with it again, but for what is gone by now. A stop that was for both was for what is over; so is one that was given
 * before, and comes late.
 */
async function takeAlong(params: DynamoInboxParams, reader: QuestionRecord, action: Pick<RetryAction, 'ts'>): Promise<readonly string[]> {
  const along: string[] = [];
  for (const messageTs of reader.folded ?? []) {
    const key = { ...reader.question, messageTs };
    const values = { ':received': 'received', ':into': reader.question.messageTs, ':retried': pressedAt(params, action) };
    const condition = '#state = :received AND foldedInto = :into';
    const update = 'SET retriedAt = :retried REMOVE stopRequestedAt';
    const { written, stood } = await tryUpdate(params, key, { kind: 'along', condition, update, values });
    const item = written ?? stood;
    const message = item && !isEarly(item) ? toRecord(item) : undefined;
    if (message && message.withdrawnAt === undefined && tookIn(goingOf(reader), goingOf(message))) along.push(messageTs);
  }
  return along;
}

/** What was left open when it failed is not taken up again: its card said so, and a yes was for then. What came to nothing may be proposed anew. */
function settled({ changes }: QuestionRecord): Record<string, Change> {
  const settledOf = (change: Change): Change => {
    const state = endOfChange(change.state);
    return { ...change, state, ...(state === 'expired' || state === 'failed' ? { isOfEarlierTry: true } : {}) };
  };
  return Object.fromEntries(Object.entries(changes).map(([id, change]) => [id, settledOf(change)]));
}
