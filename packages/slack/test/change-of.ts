import { type Change, hashOfChange } from '@vera/protocol/change';

/** A change that Ann is asked about; `more` replaces fields before it is hashed. */
export function changeOf(more: Partial<Change>): Change {
  const change: Omit<Change, 'hash'> = {
    id: 'c1',
    tool: 'write',
    input: '{}',
    args: '{}',
    title: 'Write a note',
    system: 'Tracker',
    fields: [],
    asker: 'UANN',
    account: 'ann',
    approvers: ['UANN'],
    proposedAt: 0,
    expiresAt: 900_000,
    state: 'proposed',
    revision: 'r0',
    ...more,
  };
  return { ...change, hash: hashOfChange(change) };
}
