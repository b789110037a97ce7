import type { EndedThreads } from '@vera/ledger/dynamo-ended-threads';
import { type SessionScope, sessionIdOf } from '@vera/protocol/session-id';

/** A session in which something is done, or was. */
export interface KnownSession {
  readonly session: string;
  /** Questions in it that are open, or wait for a person. */
  readonly open: number;
  /** When the last of its questions ended, in epoch milliseconds. */
  readonly endedAt?: number;
  /** The threads it is about. */
  readonly threads: readonly { readonly channel: string; readonly thread: string }[];
}

/**
 * What the ledger tells of sessions: AgentCore lists none. Each of them may have ended by itself since; those of errands, which belong to no thread,
 * are not among them.
 */
export async function knownSessions(threads: Pick<EndedThreads, 'look'>, scope: SessionScope): Promise<readonly KnownSession[]> {
  const { open, ended } = await threads.look();
  const parts = [...open.map((part) => ({ part, at: undefined })), ...ended.map(({ at, ...part }) => ({ part, at }))];
  const sessions = Map.groupBy(parts, ({ part }) => sessionIdOf(part, scope));
  return [...sessions].map(([session, known]) => {
    const ends = known.flatMap(({ at }) => (at === undefined ? [] : [at]));
    const places = known.map(({ part }) => ({ channel: part.channelId, thread: part.threadTs }));
    return {
      session,
      open: known.filter(({ at }) => at === undefined).length,
      ...(ends.length === 0 ? {} : { endedAt: Math.max(...ends) }),
      threads: [...new Map(places.map((place) => [`${place.channel}|${place.thread}`, place])).values()],
    };
  });
}
