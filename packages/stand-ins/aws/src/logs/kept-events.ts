import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface LogEvent {
  readonly group: string;
  readonly stream: string;
  /** Epoch milliseconds, of the line. */
  readonly at: number;
  /** Epoch milliseconds: from then on a search finds it. */
  readonly foundFrom: number;
  readonly message: string;
}

export interface KeptEvents {
  add(event: LogEvent): void;
  /** Oldest first. */
  readonly all: readonly LogEvent[];
}

const mostEvents = 50_000;
/** Of one of two files, in bytes: the older one is dropped when the newer one is full. */
const fullFile = 10_000_000;

/** In memory, and in a folder when there is one, so that the next start finds what was before. Bounded in both. */
export function createKeptEvents(folder?: string): KeptEvents {
  const files = folder === undefined ? undefined : { newer: join(folder, 'lines.jsonl'), older: join(folder, 'earlier-lines.jsonl') };
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const all = files ? [...eventsIn(files.older), ...eventsIn(files.newer)].slice(-mostEvents) : [];
  let size = files && existsSync(files.newer) ? statSync(files.newer).size : 0;
  return {
    all,
    add(event) {
      all.push(event);
      if (all.length > mostEvents) all.splice(0, all.length - mostEvents);
      if (!files) return;
      const line = `${JSON.stringify(event)}\n`;
      if (size + line.length > fullFile && size > 0) {
        renameSync(files.newer, files.older);
        size = 0;
      }
      appendFileSync(files.newer, line, { mode: 0o600 });
      size += line.length;
    },
  };
}

function eventsIn(file: string): LogEvent[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as LogEvent];
      } catch {
        // Half a line, of a process that was killed.
        return [];
      }
    });
}
