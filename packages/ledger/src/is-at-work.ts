import { type LedgerTableParams, recordOf, recordsOf } from './dynamo-items.ts';
import type { QuestionKey, QuestionRecord, ThreadKey } from './ledger.ts';
import { goingOf, tookIn } from './took-in.ts';

/** A worker has it, or is to have it; or another one of its thread, which is read only where this one is done. */
export async function isAtWork(params: LedgerTableParams, key: QuestionKey): Promise<boolean> {
  const record = await recordOf(params, key);
  const isAlone = record !== undefined && record.foldedInto === undefined;
  return (isAlone && isBeingDone(record, [])) || isThreadAtWork(params, key);
}

export async function isThreadAtWork(params: LedgerTableParams, thread: ThreadKey): Promise<boolean> {
  const records = await recordsOf(params, thread);
  return records.some((record) => isBeingDone(record, records));
}

/** What waits for a person together with what it was taken into is done by nobody. */
function isBeingDone(record: QuestionRecord, records: readonly QuestionRecord[]): boolean {
  if (record.state === 'running') return true;
  const isWith = (one: QuestionRecord) => one.state === 'waiting' && tookIn(goingOf(one), goingOf(record));
  return record.state === 'received' && !records.some(isWith);
}
