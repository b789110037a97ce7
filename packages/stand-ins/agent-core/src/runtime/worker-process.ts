import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '@vera/stand-in-kit/clock';
import { eachLine } from '@vera/stand-in-kit/each-line';
import type { RuntimeDefinition } from './runtime-definition.ts';

/** The process of one session, in the place of its microVM. */
export interface WorkerProcess {
  readonly pid: number;
  /** Where it listens; empty until it does. */
  readonly url: string;
  /** Resolves once the process has ended, to how; a process of its own that it left behind is killed then. */
  readonly ended: Promise<string>;
  /** Sets its clock to this time, as after a restore; resolves with what it carried over, or when it has ended. */
  restore(at: number): Promise<Carried | undefined>;
  kill(signal: NodeJS.Signals): void;
  /** SIGTERM, and SIGKILL once the grace is over. */
  terminate(graceSeconds: number): void;
}

/** What a snapshot holds that is no good afterwards: connections, which were cut, and timers that keep the process busy. */
export interface Carried {
  readonly sockets: number;
  readonly timers: number;
}

/** What all processes of a version have alike until they are restored. */
export interface Snapshot {
  readonly seed: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface WorkerProcessParams {
  readonly definition: RuntimeDefinition;
  readonly region: string;
  readonly clock: Clock;
  readonly onLine: (line: string) => void;
  /** Undefined: it starts anew, with a clock and random numbers of its own. */
  readonly snapshot?: Snapshot | undefined;
}

interface Message {
  readonly port?: number;
  readonly carried?: Carried;
}

const preload = fileURLToPath(new URL('./worker-preload.mjs', import.meta.url));

export function startWorkerProcess(params: WorkerProcessParams): WorkerProcess {
  const { definition, clock, onLine, snapshot } = params;
  const preloads = [preload, ...(snapshot ? [snapshotPreload(snapshot)] : [])].map((path) => `--import=${path}`);
  const child = spawn(process.execPath, ['--enable-source-maps', ...preloads, definition.entry], {
    env: environmentOf(params),
    cwd: dirname(definition.entry),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A process group of its own: Ctrl-C in the terminal is for the emulator, which then ends its sessions in order.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) eachLine(stream, onLine);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      killGroup(child.pid);
      resolve(signal ? `signal ${signal}` : `exit status ${code}`);
    });
  });
  let url = '';
  const restored = Promise.withResolvers<Carried | undefined>();
  void ended.then(() => restored.resolve(undefined));
  child.on('message', ({ port, carried }: Message) => {
    if (port !== undefined) url = `http://127.0.0.1:${port}`;
    if (carried) restored.resolve(carried);
  });
  return {
    pid: child.pid ?? 0,
    get url() {
      return url;
    },
    ended,
    restore(restoredAt) {
      if (child.connected) child.send({ restoredAt }, () => undefined);
      return restored.promise;
    },
    kill: (signal) => void child.kill(signal),
    terminate(graceSeconds) {
      child.kill('SIGTERM');
      const cancel = clock.after(graceSeconds * 1000, () => void child.kill('SIGKILL'));
      void ended.then(cancel);
    },
  };
}

function snapshotPreload({ seed, at }: Snapshot): string {
  const url = new URL('./snapshot-preload.mjs', import.meta.url);
  url.search = String(new URLSearchParams({ seed, at: String(at) }));
  return url.href;
}

/** https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-http-protocol-contract.html */
const agentCorePort = '8080';

/** Variables that bring credentials of their own, for a worker that is to reach a real service. */
const ownCredentials = ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'HOME'];

function environmentOf({ definition, region }: WorkerProcessParams): Record<string, string> {
  const { name, environment } = definition;
  // The access key is the component's name, so that the record of calls says who called.
  const credentials = { AWS_ACCESS_KEY_ID: name, AWS_SECRET_ACCESS_KEY: 'local' };
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...(ownCredentials.some((variable) => variable in environment) ? {} : credentials),
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    ...environment,
    PORT: agentCorePort,
    // A session's network is its own; here it is that of the machine, on which a worker of 0.0.0.0 would answer the whole office.
    HOST: '127.0.0.1',
  };
}

function killGroup(leader: number | undefined): void {
  try {
    if (leader) process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody was left in it.
  }
}
