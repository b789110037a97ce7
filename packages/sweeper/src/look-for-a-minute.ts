import type { Clock } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';

export interface LookParams extends Pick<Clock, 'monotonic' | 'pause'> {
  /** One look; tells whether all went well. */
  readonly look: () => Promise<boolean>;
  /** Between the beginnings of two looks, in milliseconds. */
  readonly every: number;
  readonly log: Log;
}

/** EventBridge knows no shorter time between two runs. */
const minute = 60_000;

/**
 * Looks again and again until the next run's minute begins, one look after the other. After a look that failed twice as long passes before the next
 * one, and so on: what is down, or refuses us for too many requests, is not asked more often for it. Rejects with the last failure.
 */
export async function lookForAMinute({ look, every, log, monotonic, pause }: LookParams): Promise<void> {
  const began = monotonic();
  let failure: unknown;
  for (let at = 0, wait = every; at < minute; ) {
    await pause(Math.max(0, began + at - monotonic()));
    const isWell = await look().catch((error: unknown) => {
      failure = error;
      log.error('sweep.failed', { error });
      return false;
    });
    wait = isWell ? every : wait * 2;
    // One that took long is not made up for.
    at = Math.max(at + wait, Math.ceil((monotonic() - began) / every) * every);
  }
  if (failure !== undefined) throw failure;
}
