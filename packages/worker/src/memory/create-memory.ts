import type { NoteAct } from '@vera/audit/act';
import type { MemoryChoicesShelf } from '@vera/ledger/dynamo-memory-choices';
import type { SlackCall } from '@vera/slack/slack-calls';
import type { People } from '../thread/people.ts';
import { createAgentCoreEvents } from './agent-core-events.ts';
import { createAgentCoreRecords } from './agent-core-records.ts';
import { createForgottenTexts } from './forgotten-texts.ts';
import type { Memory } from './memory.ts';
import type { OpenMemoryClient } from './memory-client.ts';
import { createNote, createWithhold, type Withhold } from './note.ts';
import { notedMemory } from './noted-memory.ts';
import { createOfferedRequests, type OfferedRequests } from './offered-request.ts';
import { createOwnMemory, type OwnMemory } from './own-memory.ts';
import { createPlaceOf, type PlaceOf } from './place-of.ts';
import { createRecall } from './recall.ts';

export interface MemoryParams {
  readonly memoryId: string;
  readonly open: OpenMemoryClient;
  readonly choices: MemoryChoicesShelf;
  /** Hashes what is to stay forgotten (with another one that is deleted, but not kept out any more), and signs what is offered. */
  readonly key: string;
  readonly call: SlackCall;
  readonly people: Pick<People, 'name'>;
  /** Writes down that something was forgotten. */
  readonly noteAct: NoteAct;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** For questions, and for the people who are remembered. */
export interface PeoplesMemory extends Memory {
  readonly own: OwnMemory;
  readonly choices: MemoryChoicesShelf;
  readonly offered: OfferedRequests;
  readonly placeOf: PlaceOf;
  readonly withhold: Withhold;
}

/** AgentCore's memory of people. */
export function createMemory({ memoryId, open, choices, key, call, people, noteAct, now }: MemoryParams): PeoplesMemory {
  const parts = {
    records: createAgentCoreRecords(open, memoryId),
    events: createAgentCoreEvents(open, memoryId),
    choices,
    forgotten: createForgottenTexts(key, now),
    placeOf: createPlaceOf(call, now),
    people,
    now,
  };
  const { placeOf } = parts;
  const [offered, withhold] = [createOfferedRequests(key, now), createWithhold(parts)];
  const own = notedMemory(createOwnMemory(parts), noteAct);
  return { recall: createRecall(parts), note: createNote(parts), own, choices, offered, placeOf, withhold };
}
