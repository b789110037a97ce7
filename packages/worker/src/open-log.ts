import { createLog, type Log } from '@vera/service-kit/log';
import type * as z from 'zod';
import type { workerEnv } from './env.ts';
import { takeLibraryLines } from './take-library-lines.ts';

/** The log of a worker's process, wherever that runs, with what its libraries write. */
export function openLog({ DEBUG_ENABLED }: Pick<z.infer<typeof workerEnv>, 'DEBUG_ENABLED'>): Log {
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  const log = createLog({ service: 'worker', write, debugEnabled: DEBUG_ENABLED === 'true' });
  takeLibraryLines(process, console, log);
  return log;
}
