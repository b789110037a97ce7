import type { Renewal } from '@vera/ledger/ledger';
import type { HeldQuestion } from './story.ts';

export const lost: Renewal = { held: false, stopRequested: false, stopRefused: false, withdrawn: false, edited: false };

/** What is on record of a question by now: before the model is asked, and right before the last words, as who was frozen learns only now of a successor. */
export async function lookAt({ lease, log, signal }: HeldQuestion): Promise<Renewal> {
  try {
    return await lease.renew();
  } catch (error) {
    // Whoever cannot reach the ledger cannot take over either.
    log.warn('lease.renew-failed', { error });
    return { ...lost, held: true, withdrawn: signal.reason === 'withdrawn' };
  }
}
