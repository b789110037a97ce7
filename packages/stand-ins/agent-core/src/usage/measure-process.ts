import { readFileSync } from 'node:fs';

/** What a process has used of the processor so far, and holds of memory. */
export interface Measured {
  readonly cpuSeconds: number;
  readonly gigabytes: number;
}

/** Linux counts time in hundredths of a second (getconf CLK_TCK). */
const ticksASecond = 100;

/** Undefined where nobody says: of a process that is gone, and on a machine that is no Linux. */
export function measureProcess(pid: number): Measured | undefined {
  try {
    // The name stands in brackets, and may have spaces and brackets in it. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    if (kilobytes === undefined) return undefined;
    return { cpuSeconds: (Number(user) + Number(system)) / ticksASecond, gigabytes: Number(kilobytes) / 1024 ** 2 };
  } catch {
    return undefined;
  }
}
