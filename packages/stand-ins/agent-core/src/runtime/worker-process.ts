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
  kill(signal: NodeJS.Signals): void;
  /** SIGTERM, and SIGKILL once the grace is over. */
  terminate(graceSeconds: number): void;
}

export interface WorkerProcessParams {
  readonly definition: RuntimeDefinition;
  readonly region: string;
  readonly clock: Clock;
  readonly onLine: (line: string) => void;
}

const preload = fileURLToPath(new URL('./worker-preload.mjs', import.meta.url));

export function startWorkerProcess(params: WorkerProcessParams): WorkerProcess {
  const { definition, clock, onLine } = params;
  const child = spawn(process.execPath, ['--enable-source-maps', `--import=${preload}`, definition.entry], {
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
  child.on('message', (message: { readonly port?: number }) => {
    url = `http://127.0.0.1:${message.port}`;
  });
  return {
    pid: child.pid ?? 0,
    get url() {
      return url;
    },
    ended,
    kill: (signal) => void child.kill(signal),
    terminate(graceSeconds) {
      child.kill('SIGTERM');
      const cancel = clock.after(graceSeconds * 1000, () => void child.kill('SIGKILL'));
      void ended.then(cancel);
    },
  };
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
