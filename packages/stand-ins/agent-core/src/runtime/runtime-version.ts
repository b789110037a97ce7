import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@vera/stand-in-kit/clock';
import { ping } from './ping.ts';
import type { RuntimeDefinition, SessionTimings } from './runtime-definition.ts';
import { type Carried, type Snapshot, startWorkerProcess, type WorkerProcess } from './worker-process.ts';

export interface RuntimeVersionParams {
  readonly definition: RuntimeDefinition;
  readonly region: string;
  readonly clock: Clock;
  readonly timings: Pick<SessionTimings, 'pingTimeoutMilliseconds'>;
}

type OnLine = (line: string) => void;

/**
 * A version of a runtime. On V2 its snapshot is taken at the first healthy ping, after the build hook, or it cannot be made; the process that
 * was brought there is the first session's, and what each later one gets has gone the same way with the same random numbers and time.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-lifecycle-hooks.html
 */
export class RuntimeVersion {
  readonly #params: RuntimeVersionParams;
  readonly #snapshot: Snapshot | undefined;
  readonly #warmed = new WeakSet<WorkerProcess>();
  #first: { readonly worker: WorkerProcess; onLine: OnLine } | undefined;

  constructor(params: RuntimeVersionParams) {
    this.#params = params;
    if (params.definition.platform === 'v2') this.#snapshot = { seed: randomUUID(), at: params.clock.now() };
  }

  get definition(): RuntimeDefinition {
    return this.#params.definition;
  }

  /** Rejects when there was no healthy ping in time: then AgentCore's create or update fails. */
  async make(onLine: OnLine): Promise<void> {
    if (!this.#snapshot) return;
    const { definition, clock } = this.#params;
    const first = { worker: this.#start((line) => first.onLine(line)), onLine };
    const limit = limitOf(definition);
    let isLate = false;
    const cancel = clock.after(limit * 1000, () => {
      isLate = true;
      first.worker.kill('SIGKILL');
    });
    const isHealthy = await this.#untilHealthy(first.worker);
    cancel();
    if (!isHealthy) {
      first.worker.kill('SIGKILL');
      const exit = await first.worker.ended;
      throw new Error(`CREATE_FAILED: ${definition.name} ${isLate ? `was not healthy within ${limit} s` : `failed to warm up (${exit})`}`);
    }
    this.#first = first;
    void first.worker.ended.then(() => {
      if (this.#first === first) this.#first = undefined;
    });
  }

  /** A process for one session, not yet `ready`. */
  start(onLine: OnLine): WorkerProcess {
    const first = this.#first;
    this.#first = undefined;
    if (!first) return this.#start(onLine);
    first.onLine = onLine;
    return first.worker;
  }

  /** Once it can be invoked; undefined: it has ended, or cannot be warmed up. */
  async ready(worker: WorkerProcess): Promise<Carried | undefined> {
    if (!(await this.#untilHealthy(worker))) return undefined;
    return this.#snapshot ? worker.restore(this.#params.clock.now()) : { sockets: 0, timers: 0 };
  }

  /** Ends the process that no session has taken. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#first?.worker.kill('SIGKILL');
    await this.#first?.worker.ended;
  }

  #start(onLine: OnLine): WorkerProcess {
    const { definition, region, clock } = this.#params;
    return startWorkerProcess({ definition, region, clock, onLine, snapshot: this.#snapshot });
  }

  async #untilHealthy(worker: WorkerProcess): Promise<boolean> {
    const { definition, timings } = this.#params;
    let isOver = false;
    void worker.ended.then(() => {
      isOver = true;
    });
    while (!isOver && worker.url === '') await pause(worker);
    if (!isOver && this.#snapshot && !this.#warmed.has(worker)) {
      this.#warmed.add(worker);
      if (definition.warmup && !(await warm(worker, definition.warmup))) return false;
    }
    while (!isOver && !(await ping(worker.url, timings.pingTimeoutMilliseconds)).status) await pause(worker);
    return !isOver;
  }
}

export function limitOf({ bootSeconds = 120 }: RuntimeDefinition): number {
  return bootSeconds;
}

const pollMilliseconds = 10;

function pause(worker: WorkerProcess): Promise<unknown> {
  return Promise.race([wait(pollMilliseconds), worker.ended]);
}

/** One POST; nobody sends it again. */
async function warm({ url }: WorkerProcess, path: string): Promise<boolean> {
  const headers = { connection: 'close' };
  return fetch(`${url}${path}`, { method: 'POST', headers }).then(
    ({ ok }) => ok,
    () => false,
  );
}
