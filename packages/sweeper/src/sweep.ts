import type { NoteAct } from '@vera/audit/act';
import { questionAct } from '@vera/audit/question-act';
import { type Overdue, type QuestionRecord, sweeperName } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import { type SessionScope, sessionIdOf } from '@vera/protocol/session-id';
import { onward, partsOf, spanOf } from '@vera/protocol/trace';
import { workFields } from '@vera/protocol/work-fields';
import { kernelId } from '@vera/service-kit/kernel-random';
import { type Log, withLogFields } from '@vera/service-kit/log';
import type { Told } from './tell-lost.ts';
import { cutOffAttempt, type TellTrace } from './tell-trace.ts';

export interface SweepParams {
  readonly overdue: Overdue;
  /** Hands a question to the invoker once more. */
  readonly resend: (question: Question) => Promise<void>;
  /** Tells the person that their question was lost, unless the thread shows an outcome already. */
  readonly tellLost: (record: QuestionRecord) => Promise<Told>;
  readonly mostAttempts: number;
  /** How long a question that was sent again may take to reach a worker, in milliseconds. */
  readonly deliveryGrace: number;
  /** How long no worker may have it in hand before it is given up, in milliseconds. */
  readonly longestUnheld: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Which session the log says a question belongs to. */
  readonly scope: SessionScope;
  /** Writes down that a question was lost, and what it came to. */
  readonly note: NoteAct;
  readonly tellTrace: TellTrace;
  readonly log: Log;
}

/** Questions looked at in one sweep. */
const atMost = 100;

/** Brings back every question nobody holds any more: sent again while attempts are left, else its loss is told. Tells whether all went well. */
export async function sweep(params: SweepParams): Promise<boolean> {
  const records = await params.overdue.overdue(params.now(), atMost);
  const results = await Promise.all(
    records.map((record) => withLogFields(fieldsOf(params, record), () => bringBackOrTell(params, record))),
  );
  const failures = results.filter((isWell) => !isWell);
  if (records.length > 0) {
    const oldestSeconds = Math.round(oldestOf(records, params.now()) / 1000);
    params.log.info('sweep.done', { questions: records.length, failures: failures.length, oldestSeconds });
  }
  return failures.length === 0;
}

/** For how long nobody has had the oldest of them in hand, in milliseconds. What waits for a person is not late. */
function oldestOf(records: readonly QuestionRecord[], now: number): number {
  const late = records.filter(({ state }) => state !== 'waiting');
  const since = late.map(({ state, dueAt, unheldSince }) => (state === 'received' ? unheldSince : dueAt) ?? now);
  return Math.max(0, ...since.map((at) => now - at));
}

function fieldsOf({ scope }: SweepParams, { question, attempts }: QuestionRecord) {
  return { ...workFields(question), session: sessionIdOf(question, scope), attempt: attempts };
}

/** False: it failed. */
async function bringBackOrTell(params: SweepParams, record: QuestionRecord): Promise<boolean> {
  try {
    await bringBack(params, record);
    return true;
  } catch (error) {
    params.log.error('sweep.failed', { error });
    return false;
  }
}

async function bringBack(params: SweepParams, record: QuestionRecord): Promise<void> {
  const { overdue, now, deliveryGrace, log } = params;
  const purpose = purposeOf(record, params);
  // Claiming ends the lease of a worker that is alive after all, so that it does not answer as well.
  const claimed = await overdue.claim(record, now() + deliveryGrace, purpose);
  if (!claimed) return;
  if (purpose === 'tell') return giveUp(params, record, claimed);
  await params.resend(traced(record, now()));
  if (purpose === 'wake') log.info('question.woken', { waitsFor: record.waitsFor?.kind });
  else log.info('question.resent', { why: whyAgain(record) });
}

/** Why nobody has it in hand. What ended an attempt that was given back, its worker noted. */
function whyAgain({ state, attempts, brokeOff, queuedAt, foldedInto }: QuestionRecord): string {
  if (state === 'running') return 'lease-ran-out';
  if (attempts > 0) return brokeOff ?? 'given-back';
  // A worker had it, and an earlier question of its thread came first.
  return queuedAt !== undefined || foldedInto !== undefined ? 'waited-its-turn' : 'reached-no-worker';
}

/** Of whoever died with it the next worker tells. */
function traced(record: QuestionRecord, at: number): Question {
  const { question } = record;
  const { trace } = question;
  if (!trace) return question;
  const { spanId: parent } = partsOf(trace);
  const cutOff = cutOffAttempt(record, trace);
  return { ...question, trace: onward(cutOff ? onward(trace, cutOff) : trace, { name: 'resend', parent, id: spanOf(kernelId()), at }) };
}

/** `wake`: nobody came in time. The question goes on without, and whoever takes it says so. */
function purposeOf(record: QuestionRecord, { mostAttempts, longestUnheld, now }: SweepParams): 'send' | 'wake' | 'tell' {
  if (record.state === 'waiting') return 'wake';
  // Telling it did not come to its end.
  if (record.leaseOwner === sweeperName) return 'tell';
  // Whether a message went with another question, and has no end of its own, a worker finds out.
  const isStopped = (record.stopRequestedAt ?? 0) > 0 && record.foldedInto === undefined;
  if (isStopped || record.attempts - (record.hindrances ?? 0) >= mostAttempts) return 'tell';
  // Sending uses up no attempt, so that its age ends what reaches nobody.
  const unheld = record.state === 'received' ? now() - (record.unheldSince ?? now()) : 0;
  return unheld > longestUnheld ? 'tell' : 'send';
}

/** Closing comes last: a sweep that dies before it is repeated by the next one, and finds what it posted. */
async function giveUp(
  { overdue, tellLost, note, tellTrace, log, now }: SweepParams,
  found: QuestionRecord,
  record: QuestionRecord,
): Promise<void> {
  const { attempts, calls = 0, tokens, isAtMost } = record;
  const at = now();
  const { outcome, isFound } = await tellLost(record);
  if (!(await overdue.closeLost(record, outcome, isFound ? 'found-complete' : 'lost'))) return;
  log.warn('question.lost', { outcome, attempts, ...(calls > 0 ? { tokens, isAtMost } : {}) });
  const end = isFound ? outcome : 'lost';
  await Promise.all([note(questionAct(end, record)), tellTrace(found, { at, outcome: end })]);
}
