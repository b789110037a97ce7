import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@vera/stand-in-kit/free-port';

const main = fileURLToPath(new URL('../../../../dist/worker/main.mjs', import.meta.url));

/** A worker by itself, without the stand-ins' own work, that has answered its first healthy ping. `startedAt`: by `performance.now`. */
export async function startWorkerProcess(environment: Readonly<Record<string, string>>) {
  const port = await freePort();
  const env = { AWS_REGION: 'us-east-1', ...environment, HOST: '127.0.0.1', PORT: String(port) };
  const startedAt = performance.now();
  const child = spawn(process.execPath, [main], { env, stdio: 'ignore' });
  const exited = once(child, 'close');
  while (!(await isHealthy(port))) {
    if (child.exitCode !== null) throw new Error(`The worker ended with ${child.exitCode}`);
    await sleep(2);
  }
  return {
    startedAt,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/ping`)).ok;
  } catch {
    return false;
  }
}
