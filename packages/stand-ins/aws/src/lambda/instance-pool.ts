import { availableParallelism } from 'node:os';
import { AwsError } from '../aws-error.ts';
import { failure, type Outcome } from './function-definition.ts';
import { startImageInstance } from './image-instance.ts';
import { type Instance, type InstanceParams, startInstance } from './instance.ts';

export interface InstanceView {
  readonly functionName: string;
  readonly pid: number;
  readonly state: 'idle' | 'busy';
  /** What it has in hand, as JSON. */
  readonly event?: string | undefined;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** Lambda keeps an unused instance for some minutes. */
const keptWarm = 5 * 60_000;

/** The instances of one function: a warm one is used again, a new one made when all are busy; whichever comes first. */
export class InstancePool {
  readonly #params: InstanceParams;
  readonly #bootSlots: BootSlots;
  readonly #all = new Set<Instance>();
  /** Each with what stops its retirement. */
  readonly #idle = new Map<Instance, () => void>();
  readonly #inHand = new Map<Instance, string>();
  /** Events without an instance yet, in order; told undefined when there will be none. */
  readonly #waiting = new Set<(instance: Instance | undefined) => void>();

  constructor(params: InstanceParams, bootSlots: BootSlots) {
    this.#params = params;
    this.#bootSlots = bootSlots;
  }

  get instances(): InstanceView[] {
    return this.#alive().map((instance) => ({
      functionName: this.#params.definition.name,
      pid: instance.pid,
      startedAt: instance.startedAt,
      state: this.#idle.has(instance) ? 'idle' : 'busy',
      event: this.#inHand.get(instance),
    }));
  }

  /** Throws TooManyRequestsException when as many are running or waiting as may. */
  async run(event: string, requestId: string): Promise<Outcome> {
    const instance = this.#warmest() ?? (await this.#next());
    if (!instance) return failure('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited`);
    this.#inHand.set(instance, event);
    const outcome = await instance.run(event, requestId);
    this.#inHand.delete(instance);
    if (instance.alive) this.#offer(instance);
    return outcome;
  }

  /** Kills all instances at once; resolves when they are gone. */
  async kill(): Promise<void> {
    for (const tell of [...this.#waiting]) tell(undefined);
    const doomed = [...this.#all];
    for (const instance of doomed) instance.kill();
    await Promise.all(doomed.map(({ ended }) => ended));
  }

  #warmest(): Instance | undefined {
    const instance = [...this.#idle.keys()].findLast(({ alive }) => alive);
    if (instance) this.#take(instance);
    return instance;
  }

  /** A new instance, or one that becomes free before there is a slot to start it. */
  #next(): Promise<Instance | undefined> {
    if (this.#alive().length + this.#waiting.size >= (this.#params.definition.concurrency ?? 100)) {
      throw new AwsError(429, 'TooManyRequestsException', 'Rate Exceeded.', { Reason: 'ConcurrentInvocationLimitExceeded' });
    }
    const { promise, resolve } = Promise.withResolvers<Instance | undefined>();
    const tell = (instance: Instance | undefined) => {
      this.#waiting.delete(tell);
      leave();
      resolve(instance);
    };
    this.#waiting.add(tell);
    let leave = () => {};
    leave = this.#bootSlots.take((release) => tell(this.#start(release)));
    return promise;
  }

  #offer(instance: Instance): void {
    const [next] = this.#waiting;
    if (next) next(instance);
    else this.#idle.set(instance, this.#params.clock.after(keptWarm, instance.kill));
  }

  #start(onBooted: () => void): Instance {
    const start = this.#params.definition.isImage ? startImageInstance : startInstance;
    const instance = start(this.#params);
    this.#all.add(instance);
    void instance.booted.then(onBooted);
    void instance.ended.then(() => {
      this.#all.delete(instance);
      this.#take(instance);
    });
    return instance;
  }

  #take(instance: Instance): void {
    this.#idle.get(instance)?.();
    this.#idle.delete(instance);
  }

  #alive(): Instance[] {
    return [...this.#all].filter(({ alive }) => alive);
  }
}

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
