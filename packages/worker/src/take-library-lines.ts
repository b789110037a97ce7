import { format } from 'node:util';
import type { Log } from '@vera/service-kit/log';

const levels = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error', trace: 'error' } as const;

/**
 * What libraries and Node write becomes lines of the log: as they write it, it is no JSON and goes past the redaction. The agent library and
 * the AWS clients write to `console`, and Node prints warnings of the process itself unless somebody listens.
 */
export function takeLibraryLines(from: Pick<NodeJS.Process, 'on' | 'removeAllListeners'>, console: Console, log: Log): void {
  for (const [method, level] of Object.entries(levels)) {
    console[method as keyof typeof levels] = (...args: unknown[]) => log[level]('library.line', { message: format(...args) });
  }
  from.removeAllListeners('warning');
  from.on('warning', (warning) => log.warn('library.warning', { name: warning.name, message: warning.message }));
}
