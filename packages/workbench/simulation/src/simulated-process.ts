import type { Clock } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';
import type { Fault } from './plan/fault.ts';
import type { Schedule } from './schedule.ts';

/** What a call over the network came to that has no answer: nothing was done, or nobody knows. */
export class NoAnswer extends Error {
  readonly kind: 'throttled' | 'lost';

  constructor(kind: 'throttled' | 'lost') {
    super(kind);
    this.kind = kind;
  }
}

export interface ProcessParams {
  readonly name: string;
  readonly schedule: Schedule;
  /** The fault that befalls the next call of anybody, if any. */
  readonly nextFault: () => Fault | undefined;
  readonly trace: (line: string) => void;
  /** So many milliseconds each of its calls may take at most, beside what all calls take. */
  readonly lag: number;
  /** It was told to end soon. */
  readonly onTerminate?: () => void;
}

/** The first moment of every run, in epoch milliseconds. */
export const beginning = Date.UTC(2026, 10, 30, 10);

/** A program under way on a machine of its own: with a clock that may be wrong, and dead or frozen when the plan says so. */
export class SimulatedProcess {
  readonly name: string;
  readonly clock: Clock;
  readonly log: Log;
  isAlive = true;
  /** Something befell it, beside that it was told to end. */
  isHit = false;
  private frozenUntil = 0;
  private readonly params: ProcessParams;

  constructor(params: ProcessParams) {
    const { schedule } = params;
    this.params = params;
    this.name = params.name;
    const skew = schedule.random.between(-5_000, 5_000);
    const bootedAt = schedule.now - schedule.random.between(0, 100_000);
    this.clock = {
      now: () => beginning + Math.floor(schedule.now) + skew,
      monotonic: () => schedule.now - bootedAt,
      pause: (milliseconds, signal) => this.pause(milliseconds, signal),
    };
    this.log = logOf((line) => this.trace(line));
  }

  get isFrozen(): boolean {
    return this.frozenUntil > this.params.schedule.now;
  }

  trace(line: string): void {
    this.params.trace(`${this.name} ${line}`);
  }

  /** Its promises never go on. */
  die(): void {
    if (this.isAlive) this.trace('died');
    this.isAlive = false;
  }

  /** Lets it go on with something, as soon as it can. */
  wake(goOn: () => void): void {
    if (!this.isAlive) return;
    if (this.isFrozen) this.params.schedule.in(this.frozenUntil - this.params.schedule.now, () => this.wake(goOn));
    else goOn();
  }

  /**
   * One call over the network: `act` is what the other side does, which throws what it refuses. Rejects with `NoAnswer`, or never goes on, where
   * the plan has a fault.
   */
  call<Result>(what: string, act: () => Result): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    if (!this.isAlive) return promise;
    const { lag, schedule } = this.params;
    const fault = this.params.nextFault();
    this.trace(fault ? `${what} (${fault.kind})` : what);
    if (fault) this.befall(fault);
    if (fault?.kind === 'crash-before') return promise;
    const wayThere = schedule.random.chance(0.1) ? schedule.random.between(60, 1_500) : schedule.random.between(1, 60);
    const answerWith = (kind: NoAnswer['kind'], milliseconds: number) =>
      schedule.in(milliseconds, () => this.wake(() => reject(new NoAnswer(kind))));
    const late = lag > 0 ? schedule.random.between(0, lag) : 0;
    schedule.in(wayThere + late + (fault?.kind === 'slow' ? fault.milliseconds : 0), () => {
      if (fault?.kind === 'throttled') return answerWith('throttled', 0);
      if (fault?.kind === 'lost-request') return answerWith('lost', 4_900);
      let answer: () => void;
      try {
        const result = act();
        answer = () => resolve(result);
      } catch (error) {
        answer = () => reject(error);
      }
      if (fault?.kind === 'lost-answer') return answerWith('lost', 4_900);
      this.wake(answer);
    });
    return promise;
  }

  private befall(fault: Fault): void {
    if (fault.kind !== 'terminate') this.isHit = true;
    if (fault.kind === 'crash-before' || fault.kind === 'crash-after') this.die();
    if (fault.kind === 'freeze') this.frozenUntil = this.params.schedule.now + fault.milliseconds;
    if (fault.kind === 'terminate') this.params.onTerminate?.();
  }

  private pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (!this.isAlive) return promise;
    if (signal?.aborted) return Promise.resolve();
    const end = () => this.isAlive && resolve();
    signal?.addEventListener('abort', end, { once: true });
    this.params.schedule.in(milliseconds, () => this.wake(end));
    return promise;
  }
}

/** What is logged is part of the trace, fields left out: they may hold anything. */
function logOf(write: (line: string) => void): Log {
  const log: Log = { debug: () => undefined, info: write, warn: write, error: write, with: () => log };
  return log;
}
