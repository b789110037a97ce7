import type { SimulatedProcess } from './simulated-process.ts';

interface Holding {
  readonly process: SimulatedProcess;
  readonly signal: AbortSignal;
}

/** Who works on what, by true time. */
export class Holdings {
  private readonly holding = new Map<string, Set<Holding>>();
  private readonly violate: (what: string) => void;

  constructor(violate: (what: string) => void) {
    this.violate = violate;
  }

  /** From now on this process works on it; gives what ends that. Nobody else may be at it who can do anything. */
  begin(question: string, process: SimulatedProcess, signal: AbortSignal): () => void {
    const all = this.holding.get(question) ?? new Set();
    this.holding.set(question, all);
    for (const other of all)
      if (other.process.isAlive && !other.process.isFrozen && !other.signal.aborted)
        this.violate(`two hold ${question}: ${other.process.name} and ${process.name}`);
    const mine = { process, signal };
    all.add(mine);
    return () => all.delete(mine);
  }
}
