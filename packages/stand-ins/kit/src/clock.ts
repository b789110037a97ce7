/** Time as an emulator sees it. Tests bring one that they move by hand. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `run` once, later. Returns the function that prevents it. */
  after(milliseconds: number, run: () => void | Promise<void>): () => void;
}

export const realClock: Clock = {
  now: Date.now,
  after(milliseconds, run) {
    const timer = setTimeout(() => void run(), milliseconds);
    return () => clearTimeout(timer);
  },
};

export interface TestClock extends Clock {
  /** Moves time ahead and runs what falls due, in order; a promise that a timer returns is awaited before time goes on. */
  advance(milliseconds: number): Promise<void>;
}

export function createTestClock(start = Date.UTC(2026, 10, 23)): TestClock {
  let time = start;
  const timers = new Set<{ readonly at: number; readonly run: () => void | Promise<void> }>();
  const nextUntil = (end: number) => [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => time,
    after(milliseconds, run) {
      const timer = { at: time + milliseconds, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(milliseconds) {
      const end = time + milliseconds;
      for (let timer = nextUntil(end); timer; timer = nextUntil(end)) {
        timers.delete(timer);
        time = Math.max(time, timer.at);
        await timer.run();
      }
      time = end;
    },
  };
}

export function waited(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => void clock.after(milliseconds, resolve));
}

/** Calls `run` again and again, each time `milliseconds` after it was through. Returns the function that ends it. */
export function every(clock: Clock, milliseconds: number, run: () => void | Promise<void>): () => void {
  let ended = false;
  let cancel = clock.after(milliseconds, tick);
  return () => {
    ended = true;
    cancel();
  };

  async function tick(): Promise<void> {
    await run();
    if (!ended) cancel = clock.after(milliseconds, tick);
  }
}

/** The same time for what waits by pauses: whatever one lets go on is done, as far as it goes at once, before time goes on. */
export function pausingBy(clock: Clock) {
  return {
    now: clock.now,
    monotonic: clock.now,
    pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const cancel = clock.after(Math.max(0, milliseconds), () => {
        resolve();
        return new Promise<void>((done) => setImmediate(done));
      });
      const wake = () => {
        cancel();
        resolve();
      };
      if (signal?.aborted) wake();
      signal?.addEventListener('abort', wake, { once: true });
      return promise;
    },
  };
}
