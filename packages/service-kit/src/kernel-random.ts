import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Random bytes for what must differ between processes: owners of leases, locks, ids. From the kernel and read at each use, as AgentCore
 * starts many sessions from one snapshot of a process, and everything Node's own generator holds by then is the same in all of them.
 * Where there is no such device, as on Windows, nothing is snapshotted either, and Node's generator does.
 */
export function kernelRandom(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let device: number;
  try {
    device = openSync('/dev/urandom', 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return randomBytes(length);
    throw error;
  }
  try {
    for (let filled = 0; filled < length; ) filled += readSync(device, bytes, filled, length - filled, null);
    return bytes;
  } finally {
    closeSync(device);
  }
}

/** An id that no other process makes, in 32 hexadecimal digits. */
export function kernelId(): string {
  return kernelRandom(16).toString('hex');
}
