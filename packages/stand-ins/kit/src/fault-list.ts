/** How often a fault strikes (once unless told) and how many calls it lets pass first. */
export interface FaultTiming {
  readonly times?: number;
  readonly after?: number;
}

export interface FaultList<Fault extends FaultTiming, Call> {
  /** Returns the function that takes back what is left of it. `onStrike` is called each time it strikes. */
  inject(fault: Fault, onStrike?: () => void): () => void;
  /** The fault that strikes this call, used up by it. */
  take(call: Call): Fault | undefined;
  reset(): void;
}

/** Faults in the order injected; the first that is meant for a call is used up before the next. */
export function createFaultList<Fault extends FaultTiming, Call>(
  isMeantFor: (fault: Fault, call: Call) => boolean,
): FaultList<Fault, Call> {
  let waiting: { readonly fault: Fault; readonly onStrike: () => void; after: number; times: number }[] = [];
  return {
    inject(fault, onStrike = () => undefined) {
      const entry = { fault, onStrike, after: fault.after ?? 0, times: fault.times ?? 1 };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    take(call) {
      const entry = waiting.find(({ fault }) => isMeantFor(fault, call));
      if (!entry) return undefined;
      if (entry.after > 0) {
        entry.after -= 1;
        return undefined;
      }
      entry.times -= 1;
      if (entry.times <= 0) waiting = waiting.filter((other) => other !== entry);
      entry.onStrike();
      return entry.fault;
    },
    reset: () => {
      waiting = [];
    },
  };
}
