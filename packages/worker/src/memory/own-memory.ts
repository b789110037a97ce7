import type { Person } from '@vera/accounts/portal-ticket';
import type { MemoryChoices } from '@vera/ledger/dynamo-memory-choices';
import { deleteRemembered, type Forgotten, recordsOf } from './delete-remembered.ts';
import type { StoredEvent } from './memory-events.ts';
import { type MemoryOwner, ownerOf, type Place, readSession, standingOf } from './memory-owner.ts';
import type { MemoryParts } from './memory-parts.ts';
import type { MemoryRecord } from './memory-records.ts';
import { saysTheSame } from './says-the-same.ts';
import { readStandingRequest, type StandingRequest, standingWords, toStandingRequest } from './standing-request.ts';

/** One thing that is remembered of somebody. */
export interface Memento {
  /** Good for this person alone. */
  readonly id: string;
  /** As the model reads it. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Where it was said. */
  readonly place: Place;
  /** Its owner said yes to it. */
  readonly standing?: StandingRequest;
}

/** What people do with what is remembered of them; all of it works while memory is paused. Rejects with `MemoryError` where it cannot be reached. */
export interface OwnMemory {
  /** All of it, page by page, standing requests first. Nothing for whoever has no memory. */
  list(person: Person): AsyncGenerator<Memento>;
  /** What they said, as far as it is kept, by sessions: of this their facts are made. */
  said(person: Person): AsyncGenerator<StoredEvent>;
  /** Keeps a standing request, after a yes to exactly this; one of the same name or words makes room. `token`: the same one twice keeps it once. */
  keep(person: Person, standing: StandingRequest, token: string): Promise<Memento>;
  /** Those that may say this text, whatever else they say. */
  saying(mementos: readonly Memento[], text: string): readonly Memento[];
  /** Forgets one of theirs, and all that surely says the same. Nothing is forgotten for an id that is not in their list. */
  forget(person: Person, id: string): Promise<Forgotten>;
  /** Forgets what surely says the same as this text, whatever it is called. */
  forgetSaid(person: Person, text: string): Promise<Forgotten>;
  /** All of it, and for good: also what is said in a question that is not answered yet, and what AWS makes later of what was said till now. */
  forgetAll(person: Person): Promise<Forgotten>;
  /** What they said up to now is not noted any more, a question that is being answered included. */
  leaveUnnoted(person: Person): Promise<void>;
  /** Nothing is noted or used until they resume; what was said meanwhile is never noted. */
  pause(person: Person): Promise<void>;
  resume(person: Person): Promise<void>;
}

/** Ids are no Slack ids: there is nothing that could be kept for them. */
class NoMemoryError extends Error {
  readonly code = 'no-memory';
}

const nothing: Forgotten = { mementos: 0, events: 0, left: 0 };

export function createOwnMemory(parts: MemoryParts): OwnMemory {
  const { records, choices, now } = parts;
  return {
    async *list(person) {
      const owner = ownerOf(person);
      if (owner) for await (const record of kept(parts, owner, await choices.read(person))) yield toMemento(record, owner);
    },
    async *said(person) {
      const owner = ownerOf(person);
      if (owner) yield* parts.events.list(owner);
    },
    async keep(person, given, token) {
      const owner = ownerOf(person);
      if (!owner) throw new NoMemoryError('Memory is for people of the workspace');
      const standing = toStandingRequest(given);
      const before = await Array.fromAsync(records.list(standingOf(owner)));
      const id = await records.create(standingOf(owner), JSON.stringify(standing), token);
      await records.remove(before.filter((record) => record.id !== id && isReplaced(record, standing)));
      return { id, text: standingWords(standing), since: now(), place: standing.place, standing };
    },
    saying(mementos, text) {
      const maySay = saying(parts, text);
      return mementos.filter((memento) => maySay(memento.standing?.text ?? memento.text));
    },
    async forget(person, id) {
      const owner = ownerOf(person);
      const record = owner && (await Array.fromAsync(kept(parts, owner, await choices.read(person)))).find((one) => one.id === id);
      if (!owner || !record) return nothing;
      return forget(parts, { person, owner }, wordsIn(record), id);
    },
    async forgetSaid(person, text) {
      const owner = ownerOf(person);
      return owner ? forget(parts, { person, owner }, text) : nothing;
    },
    async forgetAll(person) {
      const owner = ownerOf(person);
      if (!owner) return nothing;
      const emptiedAt = now();
      // First, so that from this moment on nothing of it is told. Nothing has to be barred by its words any more: no later place holds it.
      await choices.change(person, (chosen) => ({ ...chosen, forgotten: [], notBefore: emptiedAt, emptiedAt }));
      return deleteRemembered(parts, owner, { record: () => true, said: () => true });
    },
    async leaveUnnoted(person) {
      await choices.change(person, (chosen) => ({ ...chosen, notBefore: now() }));
    },
    async pause(person) {
      await choices.change(person, (chosen) => ({ ...chosen, isPaused: true }));
    },
    async resume(person) {
      await choices.change(person, (chosen) => (chosen.isPaused ? { ...chosen, isPaused: false, notBefore: now() } : chosen));
    },
  };
}

interface Whose {
  readonly person: Person;
  readonly owner: MemoryOwner;
}

/** Bars the text first, so that from this moment on nothing says it, whatever becomes of the rest. */
async function forget(parts: MemoryParts, { person, owner }: Whose, text: string, id?: string): Promise<Forgotten> {
  const { records, choices, forgotten } = parts;
  const maySay = saying(parts, text);
  const isMeant = (record: MemoryRecord) => record.id === id || saysTheSame(text, wordsIn(record));
  // What is remembered now and says more, or less, its owner sees and can forget as well. What is learned later nobody has seen: that is barred.
  const remembered = await Array.fromAsync(recordsOf(records, owner)).catch(() => []);
  const beside = remembered.filter((record) => !isMeant(record) && maySay(record.text)).map((record) => record.text);
  await choices.change(person, (now) => forgotten.with(now, text, beside));
  return deleteRemembered(parts, owner, { record: isMeant, said: maySay });
}

/** Tells which texts may say this one. */
function saying({ forgotten }: MemoryParts, text: string): (other: string) => boolean {
  const only = forgotten.with({ forgotten: [] }, text);
  return (other) => forgotten.holds(only, other);
}

/** Without what is to stay forgotten. What came, or stayed, after all was forgotten is deleted by the way. */
async function* kept({ records, forgotten }: MemoryParts, owner: MemoryOwner, choices: MemoryChoices): AsyncGenerator<MemoryRecord> {
  const left: MemoryRecord[] = [];
  for await (const record of recordsOf(records, owner)) {
    const isStanding = record.namespace === standingOf(owner);
    if (isOfBefore(record, owner, choices.emptiedAt)) left.push(record);
    else if (isStanding ? readStandingRequest(record.text) : !forgotten.holds(choices, record.text)) yield record;
  }
  // No list shows it, whether or not this succeeds; the next one tries again.
  if (left.length > 0) await records.remove(left).catch(() => undefined);
}

/** Milliseconds, ample: AWS takes 20 to 40 seconds. */
const longestExtraction = 120_000;

/** By its place; where we did not name that, by its date. */
function isOfBefore({ namespace, createdAt }: MemoryRecord, owner: MemoryOwner, emptiedAt: number): boolean {
  if (namespace === standingOf(owner)) return createdAt < emptiedAt;
  const session = readSession(sessionIn(namespace));
  if (session) return session.emptiedAt !== emptiedAt;
  return emptiedAt > 0 && createdAt < emptiedAt + longestExtraction;
}

function sessionIn(namespace: string): string {
  return namespace.split('/').at(-2) ?? '';
}

function toMemento(record: MemoryRecord, owner: MemoryOwner): Memento {
  const { id, createdAt: since } = record;
  const standing = record.namespace === standingOf(owner) ? readStandingRequest(record.text) : undefined;
  if (standing) return { id, since, text: standingWords(standing), place: standing.place, standing };
  return { id, since, text: record.text, place: readSession(sessionIn(record.namespace))?.place ?? 'closed' };
}

function wordsIn({ text }: MemoryRecord): string {
  return readStandingRequest(text)?.text ?? text;
}

function isReplaced({ text }: MemoryRecord, standing: StandingRequest): boolean {
  const other = readStandingRequest(text);
  if (other?.kind === 'procedure' && standing.kind === 'procedure') return other.name.toLowerCase() === standing.name.toLowerCase();
  return other?.kind === standing.kind && other.text.toLowerCase() === standing.text.toLowerCase();
}
