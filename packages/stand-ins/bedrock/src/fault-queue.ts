import { setTimeout as sleep } from 'node:timers/promises';

/** How often a fault strikes (1 unless told) and how many requests it lets pass first. */
export interface FaultTiming {
  readonly times?: number;
  readonly after?: number;
}

export interface Delay extends FaultTiming {
  readonly kind: 'delay';
  readonly milliseconds: number;
}

export interface FaultQueue<Fault extends FaultTiming & { readonly kind: string }> {
  inject(fault: Fault | Delay): void;
  /** Waits out the delays due for this request, then gives the first other fault due. */
  next(signal: AbortSignal): Promise<Fault | undefined>;
  reset(): void;
}

/** Faults in the order injected: the first is used up before the second strikes. */
export function createFaultQueue<Fault extends FaultTiming & { readonly kind: string }>(): FaultQueue<Fault> {
  let queue: { readonly fault: Fault | Delay; readonly times: number; readonly after: number }[] = [];
  return {
    inject: (fault) => void queue.push({ fault, times: fault.times ?? 1, after: fault.after ?? 0 }),
    async next(signal) {
      const due = queue.filter(({ after }) => after === 0);
      const struck = [due.find(({ fault }) => isDelay(fault)), due.find(({ fault }) => !isDelay(fault))];
      queue = queue
        .map((entry) => {
          if (entry.after > 0) return { ...entry, after: entry.after - 1 };
          return struck.includes(entry) ? { ...entry, times: entry.times - 1 } : entry;
        })
        .filter(({ times }) => times > 0);
      const [delay, other] = struck.map((entry) => entry?.fault);
      if (delay && isDelay(delay)) await sleep(delay.milliseconds, undefined, { signal });
      return other && !isDelay(other) ? other : undefined;
    },
    reset: () => {
      queue = [];
    },
  };
}

function isDelay(fault: { readonly kind: string }): fault is Delay {
  return fault.kind === 'delay';
}
