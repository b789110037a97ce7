import { type SessionScope, sessionOfWork } from '@vera/protocol/session-id';
import { onward, spanOf } from '@vera/protocol/trace';
import { type Work, workSchema } from '@vera/protocol/work';
import { workFields } from '@vera/protocol/work-fields';
import { kernelId } from '@vera/service-kit/kernel-random';
import type { Log } from '@vera/service-kit/log';

export interface InvokerParams {
  readonly scope: SessionScope;
  /** Calls the worker in a session; rejects unless it accepted. Resolves to what it answered. `line`: of this work. */
  readonly callWorker: (sessionId: string, work: Work, line: Log) => Promise<string>;
  readonly log: Log;
  /** Milliseconds, for measuring. */
  readonly monotonic: () => number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Passes a question on to its session, an errand to one of its person's own. A failure is thrown, so that Lambda tries again. */
export function createInvoker({ scope, callWorker, log, monotonic, now }: InvokerParams): (event: unknown) => Promise<void> {
  return async (event) => {
    const parsed = workSchema.safeParse(event);
    if (!parsed.success) {
      log.error('question.unreadable', { fields: parsed.error.issues.map(({ path }) => path.join('.')) });
      throw parsed.error;
    }
    const work = traced(parsed.data, now());
    const session = sessionOfWork(work, scope);
    const line = log.with({ ...workFields(work), session });
    const started = monotonic();
    try {
      const answer = await callWorker(session, work, line);
      line.info(`${work.kind}.invoked`, { answer, milliseconds: Math.round(monotonic() - started) });
    } catch (error) {
      line.error(`${work.kind}.invoke-failed`, { milliseconds: Math.round(monotonic() - started), error });
      throw error;
    }
  };
}

/** Until the worker has it, which tells when that was: a session that starts cold lies between. */
function traced(work: Work, at: number): Work {
  if (work.kind !== 'question' || !work.trace) return work;
  return { ...work, trace: onward(work.trace, { name: 'invoke', id: spanOf(kernelId()), at }) };
}
