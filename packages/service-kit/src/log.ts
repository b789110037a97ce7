import { AsyncLocalStorage } from 'node:async_hooks';
import { linesOf } from './log-lines.ts';
import { redact } from './redact.ts';

export type LogFields = Readonly<Record<string, unknown>>;

/** JSON lines: an event name and fields. Never bodies, tokens or whole events. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** A logger that adds `fields` to each line, such as the question's id. */
  with(fields: LogFields): Log;
}

export interface LogParams {
  readonly service: string;
  /** Receives one line without its newline. */
  readonly write: (line: string) => void;
  readonly debugEnabled?: boolean;
  readonly now?: () => Date;
}

const inherited = new AsyncLocalStorage<LogFields>();

/** Runs `work` so that each line logged inside, by whichever logger, carries `fields`. */
export function withLogFields<Result>(fields: LogFields, work: () => Result): Result {
  return inherited.run({ ...inherited.getStore(), ...fields }, work);
}

/** Runs `work` so that what it logs carries none of them: it belongs to no piece of work, whichever it was begun in. */
export function withoutLogFields<Result>(work: () => Result): Result {
  return inherited.exit(work);
}

export function createLog({ service, write, debugEnabled = false, now = () => new Date() }: LogParams): Log {
  const logWith = (own: LogFields): Log => {
    const line =
      (level: string) =>
      (event: string, fields: LogFields = {}) => {
        const entry = { time: now().toISOString(), level, service, event, ...inherited.getStore(), ...own, ...fields };
        for (const text of linesOf(redact(entry) as LogFields)) write(text);
      };
    return {
      debug: debugEnabled ? line('debug') : () => {},
      info: line('info'),
      warn: line('warn'),
      error: line('error'),
      with: (fields) => logWith({ ...own, ...fields }),
    };
  };
  return logWith({});
}
