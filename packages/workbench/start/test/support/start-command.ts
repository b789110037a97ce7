import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** What `pnpm start` runs, as a process of its own. */
export interface Command {
  readonly process: ChildProcess;
  readonly output: () => string;
  /** The page's address once it is printed; rejects with the output when the command ends instead. */
  readonly url: Promise<string>;
  readonly ended: Promise<number | null>;
}

export function startCommand(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Command {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  let output = '';
  const ended = once(child, 'close').then(([status]) => status as number | null);
  const url = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const [, address] = /Vera is ready:\s+(http:\S+)/.exec(output) ?? [];
        if (address) resolve(address);
      });
    }
    ended.then((status) => reject(new Error(`Ended with ${status}:\n${output}`)), reject);
  });
  // A command that is meant to fail has no address; nobody waits for it then.
  url.catch(() => undefined);
  return { process: child, output: () => output, url, ended };
}
