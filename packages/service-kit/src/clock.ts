import { setTimeout as sleep } from 'node:timers/promises';

/** Time, given from outside to whatever waits or reads it, so that a test or a simulation can be its master. */
export interface Clock {
  /** Epoch milliseconds: for what is written down. Somebody may set it, and it stands still while a process is frozen. */
  readonly now: () => number;
  /** Milliseconds since some moment, by a clock that nobody sets: for how long something takes. */
  readonly monotonic: () => number;
  /** Resolves after so many milliseconds, or as soon as `signal` aborts; never rejects. */
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** The clock of this machine. Nothing is read before it is asked: a process may be a copy of one that began long ago. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  pause: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
};

/** Aborts `signal` after so many milliseconds, unless it is ended before. */
export interface Deadline {
  readonly signal: AbortSignal;
  end(): void;
}

export function createDeadline({ pause }: Pick<Clock, 'pause'>, milliseconds: number): Deadline {
  const over = new AbortController();
  const ended = new AbortController();
  void pause(milliseconds, ended.signal).then(() => {
    if (!ended.signal.aborted) over.abort(new DOMException('The operation took too long', 'TimeoutError'));
  });
  return { signal: over.signal, end: () => ended.abort() };
}

/** What `work` gives, or nothing after so many milliseconds or once `signal` aborts: it is not waited for any longer. */
export async function atMost<Result>(
  { pause }: Pick<Clock, 'pause'>,
  milliseconds: number,
  work: Promise<Result>,
  signal?: AbortSignal,
): Promise<Result | undefined> {
  const over = new AbortController();
  const tooLong = pause(milliseconds, signal ? AbortSignal.any([signal, over.signal]) : over.signal);
  try {
    return await Promise.race([work, tooLong.then(() => undefined)]);
  } finally {
    over.abort();
  }
}
