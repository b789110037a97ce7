import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eachLine } from '@vera/stand-in-kit/each-line';
import { listen } from '@vera/stand-in-kit/listen';
import { arnOf } from '../place.ts';
import { functionEnvironment, type Instance, type InstanceParams, withinTime } from './instance.ts';
import { createRuntimeApi } from './runtime-api.ts';

/** An instance of a container image: its program, and all that it starts, stands still while it waits for an event. */
export function startImageInstance(params: InstanceParams): Instance {
  const { definition, place, clock } = params;
  const api = createRuntimeApi();
  let alive = true;
  let child: ChildProcess | undefined;
  const send = (signal: NodeJS.Signals) => signalGroup(child?.pid, signal);
  const kill = () => {
    alive = false;
    send('SIGKILL');
  };
  const runToItsEnd = async () => {
    await using server = await listen(api.answer);
    if (!alive) return 'signal: SIGKILL';
    child = startProgram(params, server.port);
    const end = await endOf(child);
    // Whatever it started goes with its machine.
    send('SIGKILL');
    return end;
  };
  const ended = runToItsEnd().finally(() => {
    alive = false;
  });
  const booted = Promise.race([api.booted, ended]);
  const rest = () => {
    if (alive) send('SIGSTOP');
  };
  void booted.then(rest);
  return {
    get pid() {
      return child?.pid ?? 0;
    },
    startedAt: clock.now(),
    get alive() {
      return alive;
    },
    booted,
    ended,
    kill,
    async run(event, requestId) {
      // A start that takes longer than ten seconds is begun anew by AWS, with the time of the function.
      const init = await withinTime(booted, definition.timeoutSeconds, { clock, requestId, kill });
      if (init.kind !== 'ready') {
        kill();
        return { payload: init.payload, functionError: 'Unhandled' };
      }
      const deadline = Date.now() + definition.timeoutSeconds * 1000;
      const functionArn = arnOf('lambda', place, `function:${definition.name}`);
      send('SIGCONT');
      const over = Promise.race([api.hand({ event, requestId, deadline, functionArn }), ended]);
      const { kind, payload } = await withinTime(over, definition.timeoutSeconds, { clock, requestId, kill });
      rest();
      return kind === 'answered' ? { payload } : { payload, functionError: 'Unhandled' };
    },
  };
}

function startProgram({ definition, place, onLog }: InstanceParams, port: number): ChildProcess {
  const { AWS_EXECUTION_ENV: _, _HANDLER: __, ...environment } = functionEnvironment(definition, place);
  const child = spawn(process.execPath, ['--enable-source-maps', definition.entry], {
    env: {
      ...environment,
      // Of the image, which has its own programs; each start compiles the same files.
      PATH: definition.environment.PATH ?? `${dirname(process.execPath)}:${environment.PATH}`,
      NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
    },
    cwd: dirname(definition.entry),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C in the terminal is for the emulator, which then ends its functions.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) eachLine(stream, (line) => onLog({ component: definition.name, line }));
  endWithUs(child);
  return child;
}

/** However the emulator ends: a process that stands still cannot see to it itself. The shell's input ends with us. */
function endWithUs(child: ChildProcess): void {
  const watch = spawn('sh', ['-c', 'read -r _; kill -s KILL -- "-$0"', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watch.unref();
  child.once('exit', () => void watch.kill('SIGKILL'));
}

async function endOf(child: ChildProcess): Promise<string> {
  const [code, signal] = await once(child, 'exit').catch((error: Error) => [error.message, null]);
  return signal ? `signal: ${signal}` : `exit status ${code}`;
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (leader) process.kill(-leader, signal);
  } catch {
    // Nobody is left in it.
  }
}
