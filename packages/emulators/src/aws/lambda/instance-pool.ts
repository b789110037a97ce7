import { AwsError } from '../aws-error.ts';
import type { Outcome } from './function-definition.ts';
import { type Instance, type InstanceParams, startInstance } from './instance.ts';

export interface InstanceView {
  readonly functionName: string;
  readonly pid: number;
  readonly state: 'idle' | 'busy';
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** Lambda keeps an unused instance for some minutes. */
const keptWarm = 5 * 60_000;

/** The instances of one function: a warm one is used again, a new one made when all are busy. */
export class InstancePool {
  readonly #params: InstanceParams;
  readonly #all = new Set<Instance>();
  /** Each with what stops its retirement. */
  readonly #idle = new Map<Instance, () => void>();

  constructor(params: InstanceParams) {
    this.#params = params;
  }

  get instances(): InstanceView[] {
    return this.#alive().map((instance) => ({
      functionName: this.#params.definition.name,
      pid: instance.pid,
      startedAt: instance.startedAt,
      state: this.#idle.has(instance) ? 'idle' : 'busy',
    }));
  }

  /** Throws TooManyRequestsException when all are busy and no more are allowed. */
  async run(event: string, requestId: string): Promise<Outcome> {
    // The one used last is the warmest.
    const instance = [...this.#idle.keys()].findLast(({ alive }) => alive) ?? this.#start();
    this.#take(instance);
    const outcome = await instance.run(event, requestId);
    if (instance.alive) this.#idle.set(instance, this.#params.clock.after(keptWarm, instance.kill));
    return outcome;
  }

  /** Kills all instances at once; resolves when they are gone. */
  async kill(): Promise<void> {
    const doomed = [...this.#all];
    for (const instance of doomed) instance.kill();
    await Promise.all(doomed.map(({ ended }) => ended));
  }

  #start(): Instance {
    if (this.#alive().length >= (this.#params.definition.concurrency ?? 100)) {
      throw new AwsError(429, 'TooManyRequestsException', 'Rate Exceeded.', { Reason: 'ConcurrentInvocationLimitExceeded' });
    }
    const instance = startInstance(this.#params);
    this.#all.add(instance);
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
