import { type SessionScope, sessionIdOf } from '@vera/protocol/session-id';
import { runtimeDollars } from '@vera/worker/env';
import { assumedFunctionStart, assumedSession } from '../cost/estimate/assumed.ts';

/** A question as a session sees it: who asked where, and from when to when it worked, in epoch milliseconds. */
export interface Asked {
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs: string;
  readonly userId: string;
  readonly at: number;
  readonly until: number;
  readonly cpuSeconds: number;
}

/** `message`: a session of its own for each, which no setting makes; it is there to compare with. */
export const scopes = ['message', 'thread', 'channel', 'user', 'workspace'] as const;
export type Scope = (typeof scopes)[number];
const isOfSettings = (scope: Scope): scope is SessionScope => scope !== 'message';

/** From a minute to AgentCore's longest. */
export const idleTimes = [60, 330, 900, 3_600, 28_800] as const;

/** A session ends after so long, whoever asks. */
const lifetime = 28_800_000;

export interface Replayed {
  readonly scope: Scope;
  readonly idleSeconds: number;
  /** Questions that wait until a session has started. */
  readonly starts: number;
  readonly gigabyteHours: Readonly<Record<'v1' | 'v2', number>>;
  readonly dollars: Readonly<Record<'v1' | 'v2', number>>;
}

interface Session {
  readonly began: number;
  ends: number;
}

/** What the same questions come to where sessions are shared so, and idle so long. */
export function replay(asked: readonly Asked[], scope: Scope, idleSeconds: number): Replayed {
  const sessions = sessionsOf(asked, scope, idleSeconds * 1_000);
  const seconds = sessions.reduce((sum, { began, ends }) => sum + (ends - began) / 1_000, 0);
  const cpuSeconds = asked.reduce((sum, each) => sum + each.cpuSeconds, 0);
  const of = (platform: 'v1' | 'v2') => {
    const { gigabytes, startSeconds, startCpuSeconds } = assumedSession[platform];
    const all = seconds + sessions.length * startSeconds;
    const use = { seconds: all, cpuSeconds: cpuSeconds + sessions.length * startCpuSeconds, gigabytes };
    return { gigabyteHours: (gigabytes * all) / 3_600, dollars: runtimeDollars(use, platform) };
  };
  const [v1, v2] = [of('v1'), of('v2')];
  return {
    ...{ scope, idleSeconds, starts: sessions.length },
    gigabyteHours: { v1: v1.gigabyteHours, v2: v2.gigabyteHours },
    dollars: { v1: v1.dollars, v2: v2.dollars },
  };
}

/** As if each came to a new instance. */
export function replayOnLambda(asked: readonly Asked[], gigabytes: number): { readonly dollars: number; readonly gigabyteHours: number } {
  const seconds = asked.map(({ at, until }) => (until - at) / 1_000 + assumedFunctionStart);
  return {
    dollars: seconds.reduce((sum, each) => sum + runtimeDollars({ seconds: each, cpuSeconds: 0, gigabytes }, 'lambda'), 0),
    gigabyteHours: seconds.reduce((sum, each) => sum + (gigabytes * each) / 3_600, 0),
  };
}

function sessionsOf(asked: readonly Asked[], scope: Scope, idle: number): readonly Session[] {
  const ended: Session[] = [];
  const latest = new Map<string, Session>();
  for (const [index, each] of asked.toSorted((one, other) => one.at - other.at).entries()) {
    const key = isOfSettings(scope) ? sessionIdOf(each, scope) : String(index);
    const there = latest.get(key);
    if (there && each.at < there.ends) {
      there.ends = Math.max(there.ends, Math.min(each.until + idle, there.began + lifetime));
      continue;
    }
    const session = { began: each.at, ends: Math.min(each.until + idle, each.at + lifetime) };
    ended.push(session);
    latest.set(key, session);
  }
  return ended;
}

export interface Advice {
  readonly best: Replayed;
  readonly words: string;
}

/** The fewest starts among those that cost at most a tenth more than the cheapest. */
export function adviceOf(all: readonly Replayed[], platform: 'v1' | 'v2', lambda: number): Advice | undefined {
  const possible = all.filter(({ scope }) => isOfSettings(scope));
  const cheapest = Math.min(...possible.map(({ dollars }) => dollars[platform]));
  const [best] = possible
    .filter(({ dollars }) => dollars[platform] <= cheapest * 1.1)
    .toSorted((one, other) => one.starts - other.starts || one.dollars[platform] - other.dollars[platform]);
  if (best === undefined) return undefined;
  const there = `session: { scope: '${best.scope}', idleSeconds: ${best.idleSeconds}, stopAfterMinutes: 'never' }`;
  const words =
    lambda < best.dollars[platform] * 0.9
      ? `Cheapest is worker: { on: 'lambda' }; on AgentCore it is ${there}.`
      : `Best is ${there}: of all within a tenth of the cheapest it starts fewest sessions.`;
  const shared = best.scope === 'thread' ? '' : ` Whoever asks in one ${best.scope} then shares a microVM.`;
  return { best, words: `${words}${shared}` };
}
