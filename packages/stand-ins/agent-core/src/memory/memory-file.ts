import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EventShelf, KeptEvents } from './event-shelf.ts';
import type { MemoryRecord, RecordShelf } from './record-shelf.ts';

interface Shelves {
  readonly events: EventShelf;
  readonly records: RecordShelf;
}

interface Kept extends KeptEvents {
  readonly records: readonly MemoryRecord[];
}

/** Takes up what an earlier process kept there; of a file that is missing, or holds something else, nothing. */
export function readMemoryFile(path: string, { events, records }: Shelves): void {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept;
    events.restore(kept);
    for (const record of kept.records) records.restore(record);
  } catch {
    // What people taught in an earlier demo is no reason not to start.
  }
}

/** Written beside and renamed, so that a crash leaves the old state or the new. */
export function writeMemoryFile(path: string, { events, records }: Shelves): void {
  mkdirSync(dirname(path), { recursive: true });
  const kept: Kept = { ...events.kept, records: records.all };
  writeFileSync(`${path}.new`, JSON.stringify(kept));
  renameSync(`${path}.new`, path);
}
