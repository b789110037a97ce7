import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease } from '@vera/ledger/ledger';
import type { Log } from '@vera/service-kit/log';
import type { Interruption } from './answer-question.ts';

/** Prolongs a lease every `heartbeat` milliseconds until ended; interrupts the work when it is lost or a stop was asked for. */
export function holdLease(lease: Lease, heartbeat: number, interrupt: (reason: Interruption) => void, log: Log): { end(): Promise<void> } {
  const ended = new AbortController();
  const beating = beat();
  return {
    async end() {
      ended.abort();
      await beating;
    },
  };

  async function beat(): Promise<void> {
    while (!ended.signal.aborted) {
      await sleep(heartbeat, undefined, { signal: ended.signal }).catch(() => undefined);
      if (ended.signal.aborted) return;
      try {
        const { held, stopRequested } = await lease.renew();
        if (!held && !ended.signal.aborted) interrupt('lease-lost');
        else if (stopRequested) interrupt('stop');
      } catch (error) {
        // The lease outlives several missed beats.
        log.warn('lease.renew-failed', { error });
      }
    }
  }
}
