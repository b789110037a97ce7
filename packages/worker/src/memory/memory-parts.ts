import type { MemoryChoicesShelf } from '@vera/ledger/dynamo-memory-choices';
import type { People } from '../thread/people.ts';
import type { ForgottenTexts } from './forgotten-texts.ts';
import type { MemoryEvents } from './memory-events.ts';
import type { MemoryRecords } from './memory-records.ts';
import type { PlaceOf } from './place-of.ts';

/** What memory is made of. */
export interface MemoryParts {
  readonly records: MemoryRecords;
  readonly events: MemoryEvents;
  readonly choices: MemoryChoicesShelf;
  readonly forgotten: ForgottenTexts;
  readonly placeOf: PlaceOf;
  readonly people: Pick<People, 'name'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
