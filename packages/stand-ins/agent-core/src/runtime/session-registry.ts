import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { Clock } from '@vera/stand-in-kit/clock';
import type { Ping } from './ping.ts';
import type { RuntimeDefinition, SessionTimings } from './runtime-definition.ts';
import { RuntimeVersion } from './runtime-version.ts';
import { operationInProgress, Session } from './session.ts';

export interface SessionRegistryParams {
  readonly runtimes: readonly RuntimeDefinition[];
  readonly region: string;
  readonly clock: Clock;
  readonly timings: SessionTimings;
  /** The session's id is empty while a version is made. */
  readonly onLog: (entry: { readonly component: string; readonly line: string; readonly sessionId: string }) => void;
  /** Quotas of an account. */
  readonly newSessionsPerSecond: number;
  readonly activeSessions: number;
}

/** So that a local system that runs for days does not fill the memory: an hour of one session. */
const pingsKept = 1_800;

/** The sessions of all runtimes; one id of one runtime has at most one at a time. */
export class SessionRegistry {
  readonly pings: Ping[] = [];
  activeSessions: number;
  readonly #params: SessionRegistryParams;
  readonly #versions: ReadonlyMap<RuntimeDefinition, RuntimeVersion>;
  readonly #sessions = new Map<string, Session>();
  readonly #listeners = new Set<(session: Session) => void>();
  #starts: number[] = [];

  constructor(params: SessionRegistryParams) {
    this.#params = params;
    this.activeSessions = params.activeSessions;
    this.#versions = new Map(params.runtimes.map((definition) => [definition, new RuntimeVersion({ ...params, definition })]));
  }

  /** Makes a version of each runtime; rejects when one cannot be made. */
  async make(): Promise<void> {
    const { onLog } = this.#params;
    await Promise.all(
      [...this.#versions.values()].map((version) =>
        version.make((line) => onLog({ component: version.definition.name, line, sessionId: '' })),
      ),
    );
  }

  get sessions(): Session[] {
    return [...this.#sessions.values()];
  }

  /** Called on every change of a session's state. Returns the function that ends it. */
  onChange(listener: (session: Session) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  find(definition: RuntimeDefinition, id: string): Session | undefined {
    return this.#sessions.get(keyOf(definition, id));
  }

  /** The running session of that id, or a new one. While it starts or stops, that is a conflict. */
  async open(definition: RuntimeDefinition, id: string): Promise<Session> {
    const found = this.find(definition, id);
    if (found?.state === 'running') return found;
    if (found) throw operationInProgress();
    this.#refuseTooMany();
    const session = this.#create(definition, id);
    await session.start();
    return session;
  }

  /** Ends all sessions, in order first; resolves when no process is left. */
  async stopAll(): Promise<void> {
    const grace = this.#params.timings.killGraceSeconds * 1000;
    const ending = this.sessions.map(async (session) => {
      session.stop('stopped');
      // Real time: whoever stops everything will not move a test clock any more.
      const timer = setTimeout(() => session.kill('SIGKILL'), grace);
      await session.ended;
      clearTimeout(timer);
    });
    await Promise.all([...ending, ...[...this.#versions.values()].map((version) => version[Symbol.asyncDispose]())]);
  }

  #create(definition: RuntimeDefinition, id: string): Session {
    const { clock, timings, onLog } = this.#params;
    const version = this.#versions.get(definition);
    if (!version) throw new Error(`${definition.name} is no runtime of this emulator`);
    const session = new Session({
      id,
      version,
      clock,
      timings,
      onLine: (line) => onLog({ component: definition.name, line, sessionId: id }),
      onPing: (ping) => {
        this.pings.push(ping);
        if (this.pings.length > pingsKept) this.pings.shift();
      },
      onChange: (changed) => {
        if (changed.state === 'ended') this.#sessions.delete(keyOf(definition, id));
        for (const listener of this.#listeners) listener(changed);
      },
    });
    this.#sessions.set(keyOf(definition, id), session);
    return session;
  }

  #refuseTooMany(): void {
    const { clock, newSessionsPerSecond } = this.#params;
    if (this.#sessions.size >= this.activeSessions) throw new AwsError(402, 'ServiceQuotaExceededException', 'maxVms limit exceeded');
    this.#starts = this.#starts.filter((at) => at > clock.now() - 1_000);
    if (this.#starts.length >= newSessionsPerSecond) throw new AwsError(429, 'ThrottlingException', 'Rate exceeded');
    this.#starts.push(clock.now());
  }
}

function keyOf({ arn }: RuntimeDefinition, id: string): string {
  return `${arn} ${id}`;
}
