import { type LedgerTableParams, recordOf, recordsOf } from './dynamo-items.ts';
import type { QuestionKey, QuestionRecord, ThreadKey } from './ledger.ts';

/** A worker has it, or is to have it; or another one of its thread, which is read only where this one is done. */
export async function isAtWork(params: LedgerTableParams, key: QuestionKey): Promise<boolean> {
  const record = await recordOf(params, key);
  return (record !== undefined && isBeingDone(record)) || isThreadAtWork(params, key);
}

export async function isThreadAtWork(params: LedgerTableParams, thread: ThreadKey): Promise<boolean> {
  return (await recordsOf(params, thread)).some(isBeingDone);
}

function isBeingDone({ state }: QuestionRecord): boolean {
  return state === 'received' || state === 'running';
}
