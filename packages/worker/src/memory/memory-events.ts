import type { MemoryOwner } from './memory-owner.ts';

/** What somebody said once, of which memory is made. */
export interface SaidEvent {
  readonly session: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly saidAt: number;
  /** The same one twice is said once. */
  readonly token: string;
}

export interface StoredEvent {
  readonly id: string;
  readonly session: string;
  /** All words in it, whoever wrote them and in whatever form. */
  readonly text: string;
}

/** Events of memory. Each rejects with `MemoryError`, or when `signal` aborts. */
export interface MemoryEvents {
  add(owner: MemoryOwner, event: SaidEvent, signal: AbortSignal): Promise<StoredEvent>;
  /** All of them, in whatever session. */
  list(owner: MemoryOwner): AsyncGenerator<StoredEvent>;
  /** False when it could not be removed. */
  remove(owner: MemoryOwner, event: StoredEvent): Promise<boolean>;
}
