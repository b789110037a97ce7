import { runtimeDollars } from '@vera/worker/env';

/** How people ask. */
export interface Load {
  readonly questionsADay: number;
  /** Asked one after the other in one thread, and the pause between two of them in seconds. */
  readonly perThread: number;
  readonly pause: number;
  /** In how many hours of a day somebody asks, where that is known. */
  readonly hoursADay?: number;
}

/** What one question takes of what runs the worker. */
export interface Question {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** A session of AgentCore's, which is billed from its start to its end. */
export interface SessionShape {
  /** The most it held so far: V1 bills that until the end. */
  readonly gigabytes: number;
  /** Until a worker is there. */
  readonly startSeconds: number;
  readonly startCpuSeconds: number;
  /** From its last answer until it ends, or is stopped. */
  readonly idleSeconds: number;
}

export interface FunctionShape {
  readonly gigabytes: number;
  readonly startSeconds: number;
}

/** What runs the worker, a day. */
export interface Running {
  readonly dollars: number;
  /** Of the dollars, those for a session that waits for nobody knows what; between 0 and 1. */
  readonly idleShare: number;
  readonly starts: number;
  readonly gigabyteHours: number;
  /** Of all sessions together; a function has none. */
  readonly sessionSeconds: number;
}

export function onAgentCore(load: Load, question: Question, session: SessionShape, platform: 'v1' | 'v2'): Running {
  const { questionsADay, perThread, pause } = load;
  const { gigabytes, startSeconds, startCpuSeconds, idleSeconds } = session;
  // A session that was stopped meanwhile is another one.
  const isOne = pause < idleSeconds;
  const [startsEach, idleEach] = isOne ? [1, (perThread - 1) * pause + idleSeconds] : [perThread, perThread * idleSeconds];
  const seconds = startsEach * startSeconds + perThread * question.seconds + idleEach;
  const cpuSeconds = startsEach * startCpuSeconds + perThread * question.cpuSeconds;
  const [threads, idle] = [questionsADay / perThread, runtimeDollars({ seconds: idleEach, cpuSeconds: 0, gigabytes }, platform)];
  const thread = runtimeDollars({ seconds, cpuSeconds, gigabytes }, platform);
  return {
    dollars: threads * thread,
    idleShare: idle / thread,
    starts: threads * startsEach,
    gigabyteHours: (threads * gigabytes * seconds) / 3600,
    sessionSeconds: threads * seconds,
  };
}

/** As if each came to a new instance: too dear rather than too cheap. */
export function onLambda({ questionsADay }: Pick<Load, 'questionsADay'>, question: Question, shape: FunctionShape): Running {
  const { gigabytes, startSeconds } = shape;
  const seconds = startSeconds + question.seconds;
  return {
    dollars: questionsADay * runtimeDollars({ seconds, cpuSeconds: 0, gigabytes }, 'lambda'),
    idleShare: 0,
    starts: questionsADay,
    gigabyteHours: (questionsADay * gigabytes * seconds) / 3600,
    sessionSeconds: 0,
  };
}

/** The seconds a session idles for each question, from which on Lambda is cheaper; below nothing: it always is. */
export function breakEvenIdleSeconds(question: Question, session: SessionShape, platform: 'v1' | 'v2', shape: FunctionShape): number {
  const one = { questionsADay: 1, perThread: 1, pause: 0 };
  const busy = onAgentCore(one, question, { ...session, idleSeconds: 0 }, platform).dollars;
  const anIdleSecond = runtimeDollars({ seconds: 1, cpuSeconds: 0, gigabytes: session.gigabytes }, platform);
  return (onLambda(one, question, shape).dollars - busy) / anIdleSecond;
}
