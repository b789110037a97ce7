import type { SlackChange } from '../contract.ts';

/** Tells everyone who listens. */
export class Changes {
  private readonly listeners = new Set<(change: SlackChange) => void>();

  tell(change: SlackChange): void {
    for (const listener of this.listeners) listener(change);
  }

  /** Returns the function that ends it. */
  onChange(listener: (change: SlackChange) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
