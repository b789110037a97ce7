import type { Lease } from '@vera/ledger/ledger';
import { atMost, type Clock } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';

export interface HoldParams extends Pick<Clock, 'monotonic' | 'pause'> {
  /** Between two renewals, in milliseconds; a stop is noticed as often. */
  readonly heartbeat: number;
  /** How long a lease holds in the ledger without being renewed, in milliseconds. */
  readonly leaseMilliseconds: number;
}

interface Leased {
  readonly lease: Lease;
  /** By the monotonic clock, from before the lease was asked for. */
  readonly askedAt: number;
  readonly interrupt: (reason: 'stop' | 'withdrawn' | 'lease-lost') => void;
  readonly log: Log;
}

export interface Hold {
  /** Aborted once the question is not ours any more. */
  readonly lost: AbortSignal;
  /** Looks at the clock itself: after a freeze what was waited for goes on before any timer does. */
  isLost(): boolean;
  /** The ledger said so. */
  lose(): void;
  /** Renews it at once: somebody brought what stands in the record. */
  look(): void;
  /** Nothing is renewed any more. */
  end(): Promise<void>;
}

/**
 * So much of its time a lease is relied on. The rest is for what is on its way to Slack by then, and for the clocks of two machines, which by ten
 * seconds at most go apart: who takes a question over goes by its own.
 */
const relied = 1 / 2;
/** After a renewal that failed the next one comes so much sooner. */
const sooner = 1 / 5;

/**
 * Prolongs a lease until it is ended; interrupts the work when a stop was asked for, or when the lease is lost: because the ledger says so, or by
 * the clock of this process, before it runs out. Whoever cannot reach the ledger is not told of a successor, and no renewal is waited for any longer.
 */
export function holdLease(
  { lease, askedAt, interrupt, log }: Leased,
  { heartbeat, leaseMilliseconds, monotonic, pause }: HoldParams,
): Hold {
  const [ended, lost] = [new AbortController(), new AbortController()];
  let until = askedAt + leaseMilliseconds * relied;
  const left = () => Math.max(0, until - monotonic());
  const lose = () => {
    until = 0;
    lost.abort();
    interrupt('lease-lost');
  };
  const isLost = () => {
    if (left() === 0 && !lost.signal.aborted) {
      log.warn('lease.ran-out');
      lose();
    }
    return lost.signal.aborted;
  };
  let woken = new AbortController();
  const beating = beat();
  return {
    lost: lost.signal,
    isLost,
    lose,
    look: () => woken.abort(),
    async end() {
      ended.abort();
      await beating;
    },
  };

  async function beat(): Promise<void> {
    for (let wait = heartbeat; ; ) {
      await pause(Math.min(wait, left()), AbortSignal.any([ended.signal, woken.signal]));
      woken = new AbortController();
      if (ended.signal.aborted || isLost()) return;
      wait = heartbeat * ((await renew()) ? 1 : sooner);
      if (ended.signal.aborted) return;
    }
  }

  async function renew(): Promise<boolean> {
    const renewedAt = monotonic();
    const renewal = lease.renew().catch((error: unknown) => log.warn('lease.renew-failed', { error }));
    const answer = await atMost({ pause }, left(), renewal, ended.signal);
    if (!answer || ended.signal.aborted) return false;
    if (!answer.held) lose();
    else until = renewedAt + leaseMilliseconds * relied;
    if (answer.withdrawn) interrupt('withdrawn');
    else if (answer.held && answer.stopRequested) interrupt('stop');
    return true;
  }
}
