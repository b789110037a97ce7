import { availableParallelism } from 'node:os';

/**
 * How many processes start at the same time. Each function of AWS has a machine of its own; here they share one, and forty that start
 * at once all take forty times as long, past every limit of their callers.
 */
export class BootSlots {
  #free: number;
  readonly #waiting = new Set<(release: () => void) => void>();

  constructor(slots: number = Math.max(2, availableParallelism())) {
    this.#free = slots;
  }

  /** Calls `start` with what gives the slot back, as soon as there is one. Returns the function that leaves the queue. */
  take(start: (release: () => void) => void): () => void {
    this.#waiting.add(start);
    this.#serve();
    return () => void this.#waiting.delete(start);
  }

  #serve(): void {
    for (const start of this.#waiting) {
      if (this.#free === 0) return;
      this.#free -= 1;
      this.#waiting.delete(start);
      start(() => {
        this.#free += 1;
        this.#serve();
      });
    }
  }
}
