import type { Ping } from './ping.ts';

/**
 * Since when a session is idle. It is not while a request is open. Otherwise the worker's `time_of_last_update` says since when, however old
 * it is: one that moves with every ping never ends (https://github.com/Boise-State-Development/agentcore-public-stack/pull/827), one that was
 * made before a snapshot ends the session at once. A busy worker is not idle, if it sends that time at all: without it the session ends as if
 * it were not busy (https://github.com/aws/bedrock-agentcore-sdk-python/issues/471).
 */
export class IdleWatch {
  #idleSince: number;
  #openRequests = 0;

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
    if (timeOfLastUpdate !== undefined) this.#idleSince = status === 'HealthyBusy' ? at : timeOfLastUpdate * 1000;
  }

  /** Milliseconds. */
  idleFor(now: number): number {
    return this.#openRequests > 0 ? 0 : now - this.#idleSince;
  }
}
