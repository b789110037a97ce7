import { setTimeout as sleep } from 'node:timers/promises';

/** AgentCore refused before the worker saw anything: the session is just starting or ending, or too much comes at once. */
const notYet = new Set(['RetryableConflictException', 'ThrottlingException']);
/** A session boots in half a minute at the most. */
const patience = 120_000;

/** Repeats `call` while AgentCore says "not yet"; every other failure passes at once. */
export async function callPatiently<Result>(call: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  for (let pause = 200; ; pause = Math.min(pause * 1.5, 5_000)) {
    try {
      return await call();
    } catch (error) {
      const isOver = performance.now() - started + pause > patience;
      if (!(error instanceof Error) || !notYet.has(error.name) || isOver) throw error;
      await sleep(pause);
    }
  }
}
