import type { Person } from '@vera/accounts/portal-ticket';
import type { MemoryChoices } from '@vera/ledger/dynamo-memory-choices';
import { deleteRemembered, type Forgotten, recordsOf } from './delete-remembered.ts';
import type { StoredEvent } from './memory-events.ts';
import { factsOf, type MemoryOwner, ownerOf, type Place, standingOf } from './memory-owner.ts';
import type { MemoryParts } from './memory-parts.ts';
import type { MemoryRecord } from './memory-records.ts';
import { readStandingRequest, type StandingRequest, standingWords, toStandingRequest } from './standing-request.ts';

/** One thing that is remembered of somebody. */
export interface Memento {
  /** Good for this person alone. */
  readonly id: string;
  /** As the model reads it. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Where it was said; undefined for a standing request, which its owner said yes to. */
  readonly place?: Place;
  readonly standing?: StandingRequest;
}

/** What people do with what is remembered of them; all of it works while memory is paused. Rejects with `MemoryError` where it cannot be reached. */
export interface OwnMemory {
  /** All of it, page by page, standing requests first. Nothing for whoever has no memory. */
  list(person: Person): AsyncGenerator<Memento>;
  /** What they said, as far as it is kept, by sessions: of this their facts are made. */
  said(person: Person): AsyncGenerator<StoredEvent>;
  /** Keeps a standing request, after a yes to exactly this; one of the same name or words, and a fact that says it, make room. `token`: the same one twice keeps it once. */
  keep(person: Person, standing: StandingRequest, token: string): Promise<Memento>;
  /** Those that say the same as this text. */
  saying(mementos: readonly Memento[], text: string): readonly Memento[];
  /** Forgets one of theirs, and all that says the same. Nothing is forgotten for an id that is not in their list. */
  forget(person: Person, id: string): Promise<Forgotten>;
  /** Forgets what says the same as this text, whatever it is called. */
  forgetSaid(person: Person, text: string): Promise<Forgotten>;
  forgetAll(person: Person): Promise<Forgotten>;
  /** What they said up to now is not noted any more, a question that is being answered included. */
  leaveUnnoted(person: Person): Promise<void>;
  /** Of what was said before a pause, or before its end, nothing is noted either. */
  pause(person: Person, isPaused: boolean): Promise<void>;
}

/** Ids are no Slack ids: there is nothing that could be kept for them. */
class NoMemoryError extends Error {
  readonly code = 'no-memory';
}

const nothing: Forgotten = { mementos: 0, events: 0, left: 0 };

export function createOwnMemory(parts: MemoryParts): OwnMemory {
  const { records, choices, forgotten } = parts;
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
      // It was said in a question, so that extraction makes a fact of it as well: once is enough.
      await choices.change(person, (now) => forgotten.with(now, [standing.text]));
      return { id, text: standingWords(standing), since: Date.now(), standing };
    },
    saying(mementos, text) {
      const said = sayingTheSame(parts, text);
      return mementos.filter((memento) => said(memento.standing?.text ?? memento.text));
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
      const [mine, said] = await Promise.all([Array.fromAsync(recordsOf(records, owner)), Array.fromAsync(parts.events.list(owner))]);
      // Also what was said a moment ago, and is being made a memory of just now: the newest last, for of many the oldest are dropped.
      const texts = [...mine.map(wordsIn), ...said.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ text }) => text)];
      await choices.change(person, (now) => forgotten.unnoted(forgotten.with(now, texts)));
      return deleteRemembered(parts, owner, { record: () => true, said: () => true });
    },
    async leaveUnnoted(person) {
      await choices.change(person, forgotten.unnoted);
    },
    async pause(person, isPaused) {
      await choices.change(person, (now) => forgotten.unnoted({ ...now, isPaused }));
    },
  };
}

interface Whose {
  readonly person: Person;
  readonly owner: MemoryOwner;
}

/** Bars the text first, so that from this moment on nothing says it, whatever becomes of the rest. */
async function forget(parts: MemoryParts, { person, owner }: Whose, text: string, id?: string): Promise<Forgotten> {
  const { choices, forgotten } = parts;
  await choices.change(person, (now) => forgotten.with(now, [text]));
  const said = sayingTheSame(parts, text);
  return deleteRemembered(parts, owner, { record: (record) => record.id === id || said(wordsIn(record)), said });
}

/** Tells which texts say the same as this one. */
function sayingTheSame({ forgotten }: MemoryParts, text: string): (other: string) => boolean {
  const only = forgotten.with({ isPaused: false, forgotten: [] }, [text]);
  return (other) => forgotten.holds(only, other);
}

/** Without what is to stay forgotten. */
async function* kept(parts: MemoryParts, owner: MemoryOwner, choices: MemoryChoices): AsyncGenerator<MemoryRecord> {
  for await (const record of recordsOf(parts.records, owner)) {
    const isStanding = record.namespace === standingOf(owner);
    if (isStanding ? readStandingRequest(record.text) : !parts.forgotten.holds(choices, record.text)) yield record;
  }
}

function toMemento(record: MemoryRecord, owner: MemoryOwner): Memento {
  const { id, createdAt: since } = record;
  const standing = record.namespace === standingOf(owner) ? readStandingRequest(record.text) : undefined;
  if (standing) return { id, since, text: standingWords(standing), standing };
  return { id, since, text: record.text, place: record.namespace === factsOf(owner, 'open') ? 'open' : 'closed' };
}

function wordsIn({ text }: MemoryRecord): string {
  return readStandingRequest(text)?.text ?? text;
}

function isReplaced({ text }: MemoryRecord, standing: StandingRequest): boolean {
  const other = readStandingRequest(text);
  if (other?.kind === 'procedure' && standing.kind === 'procedure') return other.name.toLowerCase() === standing.name.toLowerCase();
  return other?.kind === standing.kind && other.text.toLowerCase() === standing.text.toLowerCase();
}
