import { existsSync, readFileSync } from 'node:fs';

/** Whether a process runs. One that has ended, and of which only nobody took notice yet, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/stat`;
  return !existsSync(status) || !/\) Z /.test(readFileSync(status, 'utf8'));
}
