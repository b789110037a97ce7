import { createLog, type Log } from '@vera/service-kit/log';
import { createMeasure } from '@vera/service-kit/measure';
import type * as z from 'zod';
import { toolServersOf, type workerEnv } from './env.ts';
import { takeLibraryLines } from './take-library-lines.ts';

type LogEnv = Pick<z.infer<typeof workerEnv>, 'DEBUG_ENABLED' | 'DEPLOYMENT' | 'MCP_SERVERS' | 'GATEWAY_URL'>;

/** The log of a worker's process, wherever that runs, with what its libraries write. */
export function openLog({ DEBUG_ENABLED, DEPLOYMENT: deployment, MCP_SERVERS, GATEWAY_URL }: LogEnv): Log {
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  const measure = createMeasure({ deployment, servers: toolServersOf(MCP_SERVERS, GATEWAY_URL !== undefined) });
  const log = createLog({ service: 'worker', write, debugEnabled: DEBUG_ENABLED === 'true', measure });
  takeLibraryLines(process, console, log);
  return log;
}
