import type { Change } from '@vera/protocol/change';
import { type PerformParams, performChange, stoppedBefore } from './perform-change.ts';
import { type CardPlace, showCard } from './show-card.ts';

export interface SettleParams extends PerformParams, CardPlace {}

/**
 * Brings every change of the question on as far as it goes: does what was approved, gives up what was not in time, and shows each card as
 * it stands. Gives the change that is still waiting for a person, if there is one.
 */
export async function settleChanges(params: SettleParams): Promise<Change | undefined> {
  let open: Change | undefined;
  for (const change of params.book.all) {
    const settled = await showCard(params, await settle(params, change));
    if (settled.state === 'proposed') open = settled;
  }
  return open;
}

async function settle(params: SettleParams, change: Change): Promise<Change> {
  const { accounts, book, now, signal } = params;
  switch (change.state) {
    case 'proposed':
      return accounts && now() < change.expiresAt ? change : book.write({ ...change, state: 'expired' });
    case 'approved':
      if (signal.reason === 'stop') return book.write({ ...change, state: 'failed', result: { text: stoppedBefore } });
      signal.throwIfAborted();
      // First the card: whoever pressed the button sees that it counted.
      return performChange(params, await showCard(params, change));
    case 'started':
      // Somebody died over it.
      params.log.error('change.unknown', { change: change.id });
      return book.write({ ...change, state: 'unknown' });
    case 'denied':
    case 'expired':
    case 'done':
    case 'failed':
    case 'unknown':
      return change;
  }
}
