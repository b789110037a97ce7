import { createLog, type Log, type LogParams } from '../src/log.ts';

export interface LoggedLines {
  readonly log: Log;
  readonly lines: string[];
  /** The lines, parsed. */
  entries(): Record<string, unknown>[];
  /** What became of one value on its way into a line. */
  fieldAfterLogging(value: unknown): unknown;
}

/** A logger that keeps its lines. Its clock stands still. */
export function loggedLines(params: Partial<LogParams> = {}): LoggedLines {
  const lines: string[] = [];
  const now = () => new Date('2026-11-23T10:00:00.000Z');
  const log = createLog({ service: 'receiver', write: (line) => void lines.push(line), now, ...params });
  const entries = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    log,
    lines,
    entries,
    fieldAfterLogging(value) {
      log.info('probe', { value });
      return entries().at(-1)?.value;
    },
  };
}
