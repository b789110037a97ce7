import type { MemoryEvents, StoredEvent } from './memory-events.ts';
import { allFactsOf, type MemoryOwner, standingOf } from './memory-owner.ts';
import type { MemoryRecord, MemoryRecords } from './memory-records.ts';

export interface Forgotten {
  /** Of what was remembered, so much is gone; and of what it was made of. */
  readonly mementos: number;
  readonly events: number;
  /** Could not be deleted. It is in no list and in no question any more, but for standing requests. */
  readonly left: number;
}

/** What is to go. */
interface Meant {
  readonly record: (record: MemoryRecord) => boolean;
  readonly said: (text: string) => boolean;
}

interface Shelves {
  readonly records: MemoryRecords;
  readonly events: MemoryEvents;
}

/** What is extracted while it is deleted is found by looking again. */
const mostRounds = 5;

/** Ends although something cannot be deleted: what failed once is not tried again. */
export async function deleteRemembered({ records, events }: Shelves, owner: MemoryOwner, meant: Meant): Promise<Forgotten> {
  const stuck = new Set<string>();
  let [mementos, gone] = [0, 0];
  for (let round = 0; round < mostRounds; round += 1) {
    const found = (await Array.fromAsync(recordsOf(records, owner))).filter((record) => meant.record(record) && !stuck.has(record.id));
    const removed = await records.remove(found);
    const said = (await Array.fromAsync(events.list(owner))).filter((event) => meant.said(event.text) && !stuck.has(event.id));
    const unsaid = await removedOf(events, owner, said);
    for (const { id } of [...found, ...said]) if (!removed.has(id) && !unsaid.has(id)) stuck.add(id);
    mementos += removed.size;
    gone += unsaid.size;
    if (found.length + said.length === 0) break;
  }
  return { mementos, events: gone, left: stuck.size };
}

async function removedOf(events: MemoryEvents, owner: MemoryOwner, said: readonly StoredEvent[]): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  for (const event of said) if (await events.remove(owner, event)) gone.add(event.id);
  return gone;
}

/** All that is remembered of somebody, page by page, standing requests first. */
export async function* recordsOf(records: MemoryRecords, owner: MemoryOwner): AsyncGenerator<MemoryRecord> {
  yield* records.list(standingOf(owner));
  yield* records.list(allFactsOf(owner));
}
