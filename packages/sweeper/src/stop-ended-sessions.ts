import type { EndedThreads } from '@vera/ledger/dynamo-ended-threads';
import { type SessionScope, sessionIdOf } from '@vera/protocol/session-id';
import type { Log } from '@vera/service-kit/log';

export interface StopEndedSessionsParams {
  readonly threads: EndedThreads;
  /** Ends a session of AgentCore; one that is gone already is none to tell of. */
  readonly stopSession: (sessionId: string) => Promise<void>;
  readonly scope: SessionScope;
  /** For how long all questions of a session must have been closed, in milliseconds. */
  readonly stopAfter: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

/**
 * Ends the sessions in which nothing is left to do: AgentCore bills an idle one until its idle time is over. A question that comes at this very
 * moment is not lost: the invoker waits while a session stops, and what a worker had just taken it gives back.
 */
export async function stopEndedSessions({ threads, stopSession, scope, stopAfter, now, log }: StopEndedSessionsParams): Promise<void> {
  const { ended, open } = await threads.look();
  const latest = now() - stopAfter;
  const inUse = new Set([...open, ...ended.filter(({ at }) => at > latest)].map((part) => sessionIdOf(part, scope)));
  const over = Map.groupBy(ended, (part) => sessionIdOf(part, scope));
  for (const [session, parts] of over) {
    if (inUse.has(session)) continue;
    // Moved meanwhile: something was asked and closed there, and its own time runs.
    const forgotten = await Promise.all(parts.map((part) => threads.forget(part)));
    if (forgotten.includes(false)) continue;
    try {
      await stopSession(session);
      log.info('session.stopped', { session });
    } catch (error) {
      // Its idle time ends it.
      log.warn('session.not-stopped', { session, error });
    }
  }
}
