import { AwsError } from '@vera/aws-stand-in/aws-error';
import { type Clock, every } from '@vera/stand-in-kit/clock';
import { forward, runtimeClientError } from './forward.ts';
import { IdleWatch } from './idle-watch.ts';
import { type Ping, ping } from './ping.ts';
import type { RuntimeDefinition, SessionTimings } from './runtime-definition.ts';
import { limitOf, type RuntimeVersion } from './runtime-version.ts';
import type { Carried, WorkerProcess } from './worker-process.ts';

export type SessionState = 'starting' | 'running' | 'stopping' | 'ended';

/** Why a session ended; `exit` when the worker ended by itself. */
export type SessionEnd = 'idle' | 'max-lifetime' | 'unhealthy' | 'stopped' | 'start-failed' | 'exit';

export interface SessionParams {
  readonly id: string;
  readonly version: RuntimeVersion;
  readonly clock: Clock;
  readonly timings: SessionTimings;
  readonly onLine: (line: string) => void;
  readonly onPing: (ping: Ping) => void;
  /** Called on every change of state. */
  readonly onChange: (session: Session) => void;
}

/** One session of a runtime and its worker, from the first invocation to the end of the process. */
export class Session {
  readonly id: string;
  readonly startedAt: number;
  /** Resolves once the worker's process is gone. */
  readonly ended: Promise<void>;
  state: SessionState = 'starting';
  end: SessionEnd | undefined;
  /** How the process ended, such as `exit status 1`. */
  exit: string | undefined;
  lastPing: Ping | undefined;
  /** What its snapshot held that is no good any more; undefined until it runs. */
  carried: Carried | undefined;
  readonly #params: SessionParams;
  readonly #watch: IdleWatch;
  readonly #markEnded: () => void;
  #process: WorkerProcess | undefined;
  #timers: (() => void)[] = [];
  #failedPings = 0;

  constructor(params: SessionParams) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#params = params;
    this.#markEnded = resolve;
    this.ended = promise;
    this.id = params.id;
    this.startedAt = params.clock.now();
    this.#watch = new IdleWatch(this.startedAt);
    params.onChange(this);
  }

  get runtimeArn(): string {
    return this.#definition.arn;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get #definition(): RuntimeDefinition {
    return this.#params.version.definition;
  }

  /** Starts the worker and waits for its first healthy ping; throws RuntimeClientError when there is none. */
  async start(): Promise<void> {
    const { version, clock, onLine, timings } = this.#params;
    const { maxLifetimeSeconds = 28_800 } = this.#definition;
    const worker = version.start(onLine);
    this.#process = worker;
    // It was stopped before there was anything to stop.
    if (this.state !== 'starting') worker.kill('SIGKILL');
    void worker.ended.then((exit) => this.#onExit(exit));
    this.#later(limitOf(this.#definition), 'start-failed');
    this.carried = await version.ready(worker);
    this.#cancelTimers();
    if (!this.carried) this.stop('start-failed');
    if (this.state !== 'starting') throw runtimeClientError(500);
    this.#watch.touch(clock.now());
    this.#later(maxLifetimeSeconds - (clock.now() - this.startedAt) / 1000, 'max-lifetime');
    this.#timers.push(every(clock, timings.pingEveryMilliseconds, () => this.#check()));
    this.#change('running');
  }

  async invoke(headers: Headers, body: Uint8Array): Promise<Response> {
    if (this.state !== 'running' || !this.#process) throw operationInProgress();
    this.#watch.requestOpened();
    const onClosed = () => this.#watch.requestClosed(this.#params.clock.now());
    return forward({
      url: this.#process.url,
      sessionId: this.id,
      headers,
      body,
      onClosed,
      allowed: this.#definition.allowedHeaders,
    });
  }

  /** SIGTERM, and SIGKILL if that is ignored. Does nothing to a session that is ending. */
  stop(end: SessionEnd): void {
    if (this.state === 'stopping' || this.state === 'ended') return;
    this.end = end;
    this.#cancelTimers();
    this.#change('stopping');
    this.#process?.terminate(this.#params.timings.killGraceSeconds);
  }

  kill(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  async #check(): Promise<void> {
    const { timings, clock } = this.#params;
    const { status } = await this.#ping();
    if (this.state !== 'running') return;
    this.#failedPings = status ? 0 : this.#failedPings + 1;
    if (this.#failedPings >= timings.unhealthyAfterPings) this.stop('unhealthy');
    else if (this.#watch.idleFor(clock.now()) >= (this.#definition.idleSeconds ?? 900) * 1000) this.stop('idle');
  }

  async #ping(): Promise<Ping> {
    const { clock, timings, onPing } = this.#params;
    const answer = await ping(this.#process?.url ?? '', timings.pingTimeoutMilliseconds);
    const seen = { ...answer, sessionId: this.id, at: clock.now() };
    this.lastPing = seen;
    this.#watch.pinged(seen);
    onPing(seen);
    return seen;
  }

  #onExit(exit: string): void {
    this.#cancelTimers();
    this.end ??= this.state === 'starting' ? 'start-failed' : 'exit';
    this.exit = exit;
    this.#change('ended');
    this.#markEnded();
  }

  #later(seconds: number, end: SessionEnd): void {
    this.#timers.push(this.#params.clock.after(seconds * 1000, () => this.stop(end)));
  }

  #cancelTimers(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers = [];
  }

  #change(state: SessionState): void {
    this.state = state;
    this.#params.onChange(this);
  }
}

/** Starting, stopping and invoking exclude each other; several invocations do not. */
export function operationInProgress(): AwsError {
  return new AwsError(409, 'RetryableConflictException', 'Session operation in progress, please retry');
}
