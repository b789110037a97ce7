import type { Ping } from './ping.ts';

/**
 * Since when a session is idle: it is not while a request is open or a ping says HealthyBusy. A `time_of_last_update` that moves
 * reads as a change of status and begins the idle time anew, so that a worker that sends "now" with every ping never ends.
 */
export class IdleWatch {
  #idleSince: number;
  #openRequests = 0;
  #lastUpdate: number | undefined;

  constructor(now: number) {
    this.#idleSince = now;
  }

  /** Begins the idle time anew. */
  touch(now: number): void {
    this.#idleSince = now;
  }

  requestOpened(): void {
    this.#openRequests += 1;
  }

  requestClosed(now: number): void {
    this.#openRequests -= 1;
    this.touch(now);
  }

  pinged({ status, timeOfLastUpdate, at }: Pick<Ping, 'status' | 'timeOfLastUpdate' | 'at'>): void {
    const changed = timeOfLastUpdate !== undefined && this.#lastUpdate !== undefined && timeOfLastUpdate > this.#lastUpdate;
    if (status === 'HealthyBusy' || changed) this.touch(at);
    this.#lastUpdate = timeOfLastUpdate ?? this.#lastUpdate;
  }

  /** Milliseconds. */
  idleFor(now: number): number {
    return this.#openRequests > 0 ? 0 : now - this.#idleSince;
  }
}
