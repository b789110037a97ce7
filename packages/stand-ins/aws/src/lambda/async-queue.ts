import type { Clock } from '@vera/stand-in-kit/clock';
import { AwsError } from '../aws-error.ts';
import type { Outcome } from './function-definition.ts';

/** An event accepted for asynchronous invocation. */
export interface AsyncEvent {
  readonly functionName: string;
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  readonly acceptedAt: number;
  /** How often it ran and failed. */
  readonly failures: number;
  /** Of its last run; undefined where it never ran. */
  readonly outcome?: Outcome;
}

/** Why an event was given up, in Lambda's words. */
export type GivenUp = 'RetriesExhausted' | 'EventAgeExceeded';

/** What a test does to an accepted event: lose it, run it several times (Lambda promises at least once), or hold it back. */
export interface Disturbance {
  readonly drop?: boolean;
  readonly copies?: number;
  readonly delayMilliseconds?: number;
}

export type Disturb = (event: AsyncEvent) => Disturbance | undefined;

export interface AsyncQueueParams {
  readonly clock: Clock;
  /** Between the first failure and the second try, and so on; as many retries as there are delays. */
  readonly retryDelays: readonly number[];
  readonly run: (event: AsyncEvent) => Promise<Outcome>;
  readonly retriesOf: (functionName: string) => number;
  /** Milliseconds. */
  readonly maximumAgeOf: (functionName: string) => number;
  readonly onGivenUp: (event: AsyncEvent, condition: GivenUp) => void;
}

/** An event that finds no free instance waits and does not count as tried. */
const throttledDelay = 1_000;

/** Lambda's queue of asynchronous events: each is tried at once, and again after each of the delays while it fails. */
export class AsyncQueue {
  readonly #params: AsyncQueueParams;
  readonly #waiting = new Set<() => void>();
  #disturb: Disturb | undefined;
  #open = 0;
  #stopped = false;
  #idlers: (() => void)[] = [];

  constructor(params: AsyncQueueParams) {
    this.#params = params;
  }

  push(accepted: Omit<AsyncEvent, 'failures' | 'acceptedAt' | 'outcome'>): void {
    const event = { ...accepted, acceptedAt: this.#params.clock.now(), failures: 0 };
    const { drop = false, copies = 1, delayMilliseconds = 0 } = this.#disturb?.(event) ?? {};
    if (drop) return;
    for (let copy = 0; copy < copies; copy += 1) this.#runIn(delayMilliseconds, event);
  }

  disturb(decide: Disturb | undefined): void {
    this.#disturb = decide;
  }

  /** Resolves when no event is running or waiting, retries included. */
  idle(): Promise<void> {
    return this.#open === 0 ? Promise.resolve() : new Promise((resolve) => void this.#idlers.push(resolve));
  }

  /** Forgets what waits and begins nothing new. */
  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#waiting) cancel();
    this.#settle(this.#waiting.size);
    this.#waiting.clear();
  }

  #runIn(milliseconds: number, event: AsyncEvent): void {
    if (this.#stopped) return;
    this.#open += 1;
    if (milliseconds === 0) {
      this.#begin(event);
      return;
    }
    const cancel = this.#params.clock.after(milliseconds, () => {
      this.#waiting.delete(cancel);
      this.#begin(event);
    });
    this.#waiting.add(cancel);
  }

  #begin(event: AsyncEvent): void {
    void this.#attempt(event).finally(() => this.#settle(1));
  }

  #settle(events: number): void {
    this.#open -= events;
    if (this.#open > 0) return;
    for (const resolve of this.#idlers) resolve();
    this.#idlers = [];
  }

  async #attempt(event: AsyncEvent): Promise<void> {
    const { run, retryDelays, retriesOf, clock, maximumAgeOf, onGivenUp } = this.#params;
    if (clock.now() - event.acceptedAt > maximumAgeOf(event.functionName)) return onGivenUp(event, 'EventAgeExceeded');
    const outcome = await run(event).catch(undefinedIfThrottled);
    if (!outcome) return this.#runIn(throttledDelay, event);
    if (!outcome.functionError || this.#stopped) return;
    const failed = { ...event, failures: event.failures + 1, outcome };
    const delay = event.failures < retriesOf(event.functionName) ? retryDelays[event.failures] : undefined;
    if (delay === undefined) onGivenUp(failed, 'RetriesExhausted');
    else this.#runIn(delay, failed);
  }
}

function undefinedIfThrottled(error: unknown): undefined {
  if (!(error instanceof AwsError) || error.status !== 429) throw error;
}
