import { setTimeout as sleep } from 'node:timers/promises';
import { createFaultList, type FaultTiming } from '@vera/stand-in-kit/fault-list';

export interface Delay extends FaultTiming {
  readonly kind: 'delay';
  readonly milliseconds: number;
}

export interface FaultQueue<Fault extends FaultTiming & { readonly kind: string }> {
  /** Returns the function that takes back what is left of it. `onStrike` is called each time it strikes. */
  inject(fault: Fault | Delay, onStrike?: () => void): () => void;
  /** Waits out the delay due for this request, then gives the other fault due. */
  next(signal: AbortSignal): Promise<Fault | undefined>;
  reset(): void;
}

/** A request can be struck by a delay and by another fault at once; among themselves delays wait their turn, and so do the others. */
export function createFaultQueue<Fault extends FaultTiming & { readonly kind: string }>(): FaultQueue<Fault> {
  const delays = createFaultList<Delay, undefined>(() => true);
  const others = createFaultList<Fault, undefined>(() => true);
  return {
    inject: (fault, onStrike) => (isDelay(fault) ? delays.inject(fault, onStrike) : others.inject(fault, onStrike)),
    async next(signal) {
      const delay = delays.take(undefined);
      const other = others.take(undefined);
      if (delay) await sleep(delay.milliseconds, undefined, { signal });
      return other;
    },
    reset() {
      delays.reset();
      others.reset();
    },
  };
}

function isDelay(fault: { readonly kind: string }): fault is Delay {
  return fault.kind === 'delay';
}
