import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Pings {
  /** Ends them; how long each took, in milliseconds. */
  end(): Promise<readonly number[]>;
}

/** Pings a worker every 20 ms from a process of its own, so that the stand-ins' work does not count; resolves once it does. */
export async function startPings(port: number): Promise<Pings> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), String(port)], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await Promise.race([once(child.stdout, 'data'), once(child, 'close').then(() => Promise.reject(new Error('Nothing answers pings')))]);
  return {
    async end() {
      child.stdin.end();
      await once(child, 'close');
      return JSON.parse(output) as number[];
    },
  };
}

if (import.meta.main) await ping(`http://127.0.0.1:${process.argv[2]}/ping`);

/**
 * Prints a space with the first answer, which only warms up, and the times of the others as JSON when its input ends. No ping waits for the
 * one before: that would hide most of a stall.
 */
async function ping(url: string): Promise<void> {
  await timeOf(url);
  const waits: Promise<number>[] = [];
  process.stdout.write(' ');
  const timer = setInterval(() => void waits.push(timeOf(url)), 20);
  await once(process.stdin.resume(), 'end');
  clearInterval(timer);
  process.stdout.write(JSON.stringify(await Promise.all(waits)));
}

async function timeOf(url: string): Promise<number> {
  const started = performance.now();
  await (await fetch(url)).text();
  return performance.now() - started;
}
