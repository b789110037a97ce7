import { answerAws } from '@vera/aws-stand-in/answer-aws';
import type { CallRecord } from '@vera/aws-stand-in/call-record';
import { checkEnvironment, runtimeLimits } from '@vera/aws-stand-in/check-environment';
import { type AwsFault, createFaults } from '@vera/aws-stand-in/faults';
import { defaultPlace } from '@vera/aws-stand-in/place';
import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import type { Ping } from './runtime/ping.ts';
import { defaultTimings, type RuntimeDefinition, type SessionTimings } from './runtime/runtime-definition.ts';
import { runtimeOperationOf } from './runtime/runtime-operation.ts';
import type { SessionEnd, SessionState } from './runtime/session.ts';
import { SessionRegistry, type SessionRegistryParams } from './runtime/session-registry.ts';
import type { Carried } from './runtime/worker-process.ts';

export interface AgentCoreRuntimeParams extends Partial<SessionTimings> {
  readonly port?: number;
  readonly record: CallRecord;
  readonly clock?: Clock;
  readonly region?: string;
  readonly runtimes: readonly RuntimeDefinition[];
  readonly onLog: SessionRegistryParams['onLog'];
  /** Of the account. Default 25. */
  readonly newSessionsPerSecond?: number;
  /** Of the account. Default 2,500. */
  readonly activeSessions?: number;
}

export interface SessionView {
  readonly id: string;
  readonly runtimeArn: string;
  /** Undefined in the moment before the process is there. */
  readonly pid: number | undefined;
  readonly state: SessionState;
  readonly startedAt: number;
  readonly lastPing: Ping | undefined;
  /** Why it is ending or has ended. */
  readonly end: SessionEnd | undefined;
  /** How its process ended, such as `exit status 1`. */
  readonly exit: string | undefined;
  /** What its snapshot held that is no good any more; undefined until it runs. */
  readonly carried: Carried | undefined;
}

export interface AgentCoreRuntimeEmulator extends Listening {
  /** Those that have not ended. */
  readonly sessions: readonly SessionView[];
  /** What the workers answered lately, oldest first. */
  readonly pings: readonly Ping[];
  /** Called on every change of a session's state. Returns the function that ends it. */
  onSession(listener: (session: SessionView) => void): () => void;
  /** Sends a signal to a session's worker, as if its microVM failed. False when there is no such session. */
  kill(sessionId: string, signal?: NodeJS.Signals): boolean;
  /** A session has reached its longest life. False when there is no such session. */
  outlive(sessionId: string): boolean;
  /** The account's quota of sessions from now on; those that run stay. Undefined: as it was made. */
  limitSessions(activeSessions: number | undefined): void;
  /** Ends all sessions, in order first; resolves when no worker is left. */
  stopAll(): Promise<void>;
  inject(fault: AwsFault): void;
}

/** AgentCore Runtime, the microVM of each session a process of its own. Rejects when a version of V2 cannot be made. */
export async function createAgentCoreRuntime(params: AgentCoreRuntimeParams): Promise<AgentCoreRuntimeEmulator> {
  const { record, runtimes, onLog, clock = realClock, region = defaultPlace.region } = params;
  const { newSessionsPerSecond = 25, activeSessions = 2_500 } = params;
  for (const { name, environment } of runtimes) checkEnvironment(name, environment, runtimeLimits);
  const timings = { ...defaultTimings, ...params };
  const registry = new SessionRegistry({ runtimes, region, clock, timings, onLog, newSessionsPerSecond, activeSessions });
  await registry.make().catch(async (error: unknown) => {
    await registry.stopAll();
    throw error;
  });
  const faults = createFaults();
  const operationOf = (request: Request) => runtimeOperationOf(request, runtimes, registry);
  const server = await listen(answerAws({ service: 'bedrock-agentcore', record, clock, faults, operationOf }), params.port);
  return {
    ...server,
    pings: registry.pings,
    get sessions() {
      return registry.sessions.map(viewOf);
    },
    onSession: (listener) => registry.onChange((session) => listener(viewOf(session))),
    kill(sessionId, signal = 'SIGKILL') {
      const session = registry.sessions.find(({ id }) => id === sessionId);
      session?.kill(signal);
      return session !== undefined;
    },
    outlive(sessionId) {
      const session = registry.sessions.find(({ id }) => id === sessionId);
      session?.stop('max-lifetime');
      return session !== undefined;
    },
    limitSessions: (limit = activeSessions) => {
      registry.activeSessions = limit;
    },
    stopAll: () => registry.stopAll(),
    inject: faults.inject,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await registry.stopAll();
    },
  };
}

function viewOf({ id, runtimeArn, pid, state, startedAt, lastPing, end, exit, carried }: SessionView): SessionView {
  return { id, runtimeArn, pid, state, startedAt, lastPing, end, exit, carried };
}
