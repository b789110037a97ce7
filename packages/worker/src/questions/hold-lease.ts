import type { Lease } from '@vera/ledger/ledger';
import type { Clock } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';
import type { Interruption } from './story.ts';

export interface HoldParams extends Pick<Clock, 'monotonic' | 'pause'> {
  /** Between two renewals, in milliseconds; a stop is noticed as often. */
  readonly heartbeat: number;
  /** How long a lease holds in the ledger without being renewed, in milliseconds. */
  readonly leaseMilliseconds: number;
}

interface Held {
  readonly lease: Lease;
  /** By the monotonic clock, from before the lease was asked for. */
  readonly askedAt: number;
  readonly interrupt: (reason: Interruption) => void;
  readonly log: Log;
}

/** Of its time a lease is not relied on in the last quarter: what is on its way to Slack by then has still arrived in time. */
const relied = 3 / 4;

/**
 * Prolongs a lease until it is ended; interrupts the work when a stop was asked for, or when the lease is lost: because the ledger says so, or by
 * the clock of this process, before it runs out. Whoever cannot reach the ledger is not told of a successor, and no renewal is waited for any longer.
 */
export function holdLease({ lease, askedAt, interrupt, log }: Held, params: HoldParams): { end(): Promise<void> } {
  const { heartbeat, leaseMilliseconds, monotonic, pause } = params;
  const ended = new AbortController();
  let until = askedAt + leaseMilliseconds * relied;
  const left = () => Math.max(0, until - monotonic());
  const beating = beat();
  return {
    async end() {
      ended.abort();
      await beating;
    },
  };

  async function beat(): Promise<void> {
    while (left() > 0) {
      await pause(Math.min(heartbeat, left()), ended.signal);
      if (ended.signal.aborted) return;
      if (left() > 0) await renew();
      if (ended.signal.aborted) return;
    }
    log.warn('lease.ran-out');
    interrupt('lease-lost');
  }

  async function renew(): Promise<void> {
    const renewedAt = monotonic();
    const over = new AbortController();
    const renewal = lease.renew().catch((error: unknown) => log.warn('lease.renew-failed', { error }));
    const answer = await Promise.race([renewal, pause(left(), AbortSignal.any([ended.signal, over.signal]))]);
    over.abort();
    if (!answer || ended.signal.aborted) return;
    if (answer.held) until = renewedAt + leaseMilliseconds * relied;
    else until = 0;
    if (answer.withdrawn) interrupt('withdrawn');
    else if (answer.held && answer.stopRequested) interrupt('stop');
  }
}
