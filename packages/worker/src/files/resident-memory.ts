import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const kilobyte = 1_024;

/** Bytes of memory that a process holds; 0 for one that is gone. */
export async function residentMemory(pid: number): Promise<number> {
  try {
    // In kilobytes, whatever the size of a page.
    if (process.platform === 'linux')
      return Number(/^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * kilobyte;
    return Number((await run('ps', ['-o', 'rss=', '-p', String(pid)])).stdout) * kilobyte;
  } catch {
    return 0;
  }
}
