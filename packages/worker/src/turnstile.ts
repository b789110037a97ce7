import { type Clock, systemClock } from '@vera/service-kit/clock';

export interface TurnstileParams extends Partial<Pick<Clock, 'pause'>> {
  readonly most: number;
  /** After so many milliseconds a place is given free: who waits for others that long keeps nothing busy. */
  readonly longest: number;
}

/** Lets at most so many in at once, the others one after the other as they came. */
export class Turnstile {
  private free: number;
  private readonly longest: number;
  private readonly pause: Clock['pause'];
  private readonly waiting = new Set<(isIn: boolean) => void>();

  constructor({ most, longest, pause = systemClock.pause }: TurnstileParams) {
    this.free = most;
    this.longest = longest;
    this.pause = pause;
  }

  get isFull(): boolean {
    return this.free === 0;
  }

  /** Resolves once there is a place, with what gives it free; without one as soon as `signal` aborts. */
  async enter(signal?: AbortSignal): Promise<() => void> {
    if (this.isFull) {
      if (!(await this.wait(signal))) return () => {};
    } else this.free -= 1;
    const through = new AbortController();
    void this.pause(this.longest, through.signal)
      // Not at once: what else this process has to answer, a ping for one, comes in between.
      .then(() => this.pause(0))
      .then(() => this.leave());
    return () => through.abort();
  }

  private wait(signal: AbortSignal | undefined): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    if (signal?.aborted) return Promise.resolve(false);
    this.waiting.add(resolve);
    const giveUp = () => {
      if (this.waiting.delete(resolve)) resolve(false);
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    return promise.finally(() => signal?.removeEventListener('abort', giveUp));
  }

  /** The place goes to whoever has waited longest. */
  private leave(): void {
    const [next] = this.waiting;
    if (!next) {
      this.free += 1;
      return;
    }
    this.waiting.delete(next);
    next(true);
  }
}
