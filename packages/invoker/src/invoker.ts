import { type Question, questionSchema } from '@vera/protocol/question';
import { type SessionScope, sessionIdOf } from '@vera/protocol/session-id';
import type { Log } from '@vera/service-kit/log';

export interface InvokerParams {
  readonly scope: SessionScope;
  /** Calls the worker in a session; rejects unless it accepted. Resolves to what it answered. */
  readonly callWorker: (sessionId: string, question: Question) => Promise<string>;
  readonly log: Log;
  /** Milliseconds, for measuring. */
  readonly now: () => number;
}

/** Passes a question on to its session. A failure is thrown, so that Lambda tries again. */
export function createInvoker({ scope, callWorker, log, now }: InvokerParams): (event: unknown) => Promise<void> {
  return async (event) => {
    const parsed = questionSchema.safeParse(event);
    if (!parsed.success) {
      log.error('question.unreadable', { fields: parsed.error.issues.map(({ path }) => path.join('.')) });
      throw parsed.error;
    }
    const question = parsed.data;
    const session = sessionIdOf(question, scope);
    const line = log.with({ question: question.id, session });
    const started = now();
    try {
      const answer = await callWorker(session, question);
      line.info('question.invoked', { answer, milliseconds: Math.round(now() - started) });
    } catch (error) {
      line.error('question.invoke-failed', { milliseconds: Math.round(now() - started), error });
      throw error;
    }
  };
}
