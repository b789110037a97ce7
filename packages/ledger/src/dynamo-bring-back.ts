import { type LedgerTableParams, updateIf } from './dynamo-items.ts';
import type { QuestionRecord } from './ledger.ts';

/**
 * A question has ended: what waited with it for a person, and nobody looks at before `later`, is to come to its own end now. Where that cannot be
 * written, it is due once the wait would have been over.
 */
export async function bringBack(params: LedgerTableParams, { question, folded = [] }: QuestionRecord, later: number): Promise<void> {
  const values = { ':received': 'received', ':into': question.messageTs, ':later': later, ':at': params.now() };
  const condition = '#state = :received AND foldedInto = :into AND dueAt > :later';
  const due = { kind: 'due', condition, update: 'SET dueAt = :at, unheldSince = :at', values };
  await Promise.allSettled(folded.map((messageTs) => updateIf(params, { ...question, messageTs }, due)));
}
