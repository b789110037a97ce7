import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '@vera/stand-in-kit/clock';
import { eachLine } from '@vera/stand-in-kit/each-line';
import { arnOf, type Place } from '../place.ts';
import { type FunctionDefinition, failure, type OnLog, type Outcome } from './function-definition.ts';

/** One process of a function; it runs one event at a time. */
export interface Instance {
  readonly pid: number;
  readonly startedAt: number;
  /** Whether it can take another event. */
  readonly alive: boolean;
  /** Resolves once it is ready, or has failed to be. */
  readonly booted: Promise<unknown>;
  /** Resolves once the process has ended. */
  readonly ended: Promise<unknown>;
  /** Never rejects: a crash or a timeout is an outcome, and the end of the instance. */
  run(event: string, requestId: string): Promise<Outcome>;
  kill(): void;
}

export interface InstanceParams {
  readonly definition: FunctionDefinition;
  readonly place: Place;
  readonly clock: Clock;
  readonly onLog: OnLog;
}

/** What came of a start, or of an event. */
export interface Message {
  readonly kind: 'ready' | 'init-failed' | 'answered' | 'failed';
  readonly payload: string;
}

const bootstrap = fileURLToPath(new URL('./instance-bootstrap.mjs', import.meta.url));
const initSeconds = 10;

export function startInstance(params: InstanceParams): Instance {
  const { definition, place, clock } = params;
  const child = forkFunction(params);
  let alive = true;
  const ended = endOf(child).finally(() => {
    alive = false;
  });
  const kill = () => {
    alive = false;
    child.kill('SIGKILL');
  };
  const booted = nextMessage(child, ended);
  return {
    pid: child.pid ?? 0,
    startedAt: clock.now(),
    get alive() {
      return alive;
    },
    booted,
    ended,
    kill,
    async run(event, requestId) {
      const init = await withinTime(booted, initSeconds, { clock, requestId, kill });
      alive &&= init.kind === 'ready';
      if (init.kind !== 'ready') return { payload: init.payload, functionError: 'Unhandled' };
      const answer = nextMessage(child, ended);
      const deadline = Date.now() + definition.timeoutSeconds * 1000;
      // If the channel is broken, the process has died, and its end says so.
      child.send({ event, context: functionContext(definition, place, requestId), deadline }, () => undefined);
      const { kind, payload } = await withinTime(answer, definition.timeoutSeconds, { clock, requestId, kill });
      return kind === 'answered' ? { payload } : { payload, functionError: 'Unhandled' };
    },
  };
}

function forkFunction({ definition, place, onLog }: InstanceParams): ChildProcess {
  const child = fork(bootstrap, [definition.entry], {
    env: functionEnvironment(definition, place),
    cwd: dirname(definition.entry),
    execArgv: [`--max-old-space-size=${definition.memoryMegabytes ?? 128}`, '--enable-source-maps'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A process group of its own: Ctrl-C in the terminal is for the emulator, which then ends its functions.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) eachLine(stream, (line) => onLog({ component: definition.name, line }));
  return child;
}

/** How the process ended, once it has and everything it sent was read. */
async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [[code, signal]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
    return signal ? `signal: ${String(signal)}` : `exit status ${String(code)}`;
  } catch (error) {
    return String(error);
  }
}

function nextMessage(child: ChildProcess, ended: Promise<string>): Promise<Message | string> {
  const { promise, resolve } = Promise.withResolvers<Message | string>();
  child.once('message', (message) => resolve(message as Message));
  return Promise.race([promise, ended]);
}

interface Limits {
  readonly clock: Clock;
  readonly requestId: string;
  readonly kill: () => void;
}

/** The message, or what Lambda reports when there is none: the process ended, or had to be killed. */
export async function withinTime(
  message: Promise<Message | string>,
  seconds: number,
  { clock, requestId, kill }: Limits,
): Promise<Message> {
  const late = Promise.withResolvers<Message>();
  const failed = (type: string, text: string): Message => ({ kind: 'failed', ...failure(type, `RequestId: ${requestId} Error: ${text}`) });
  const cancel = clock.after(seconds * 1000, () => {
    kill();
    late.resolve(failed('Sandbox.Timedout', `Task timed out after ${seconds.toFixed(2)} seconds`));
  });
  const first = await Promise.race([message, late.promise]);
  cancel();
  return typeof first === 'string' ? failed('Runtime.ExitError', `Runtime exited with error: ${first}`) : first;
}

/** Everything a function's process finds in its environment. Nothing of the emulator's own gets through. */
export function functionEnvironment({ name, entry, environment, memoryMegabytes }: FunctionDefinition, { region }: Place) {
  return {
    ...environment,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // The access key is the component's name, so that the record of calls says who called.
    AWS_ACCESS_KEY_ID: name,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes ?? 128),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    LAMBDA_TASK_ROOT: dirname(entry),
    _HANDLER: 'handler.handler',
  };
}

/** The second argument of a handler, except for its clock. */
function functionContext({ name, memoryMegabytes = 128 }: FunctionDefinition, place: Place, awsRequestId: string) {
  return {
    awsRequestId,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arnOf('lambda', place, `function:${name}`),
    memoryLimitInMB: String(memoryMegabytes),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: `[$LATEST]${awsRequestId}`,
    callbackWaitsForEmptyEventLoop: true,
  };
}
