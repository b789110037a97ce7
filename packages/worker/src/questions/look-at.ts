import type { Renewal } from '@vera/ledger/ledger';
import type { HeldQuestion } from './story.ts';

export const notHeld: Renewal = { held: false, stopRequested: false, stopRefused: false, withdrawn: false, editedAt: 0 };

/**
 * Whether a question is still ours, and what its person did meanwhile. Where the ledger cannot be reached, it is as long as our own clock says that
 * nobody can have taken over; it is not waited for any longer.
 */
export async function lookAt({ lease, log, lost, isLost, signal, interrupt }: HeldQuestion): Promise<Renewal> {
  const { promise: tooLate, resolve } = Promise.withResolvers<Renewal>();
  const giveUp = () => resolve(notHeld);
  if (isLost()) return notHeld;
  lost.addEventListener('abort', giveUp);
  try {
    const answer = await Promise.race([lease.renew(), tooLate]);
    if (!answer.held) interrupt('lease-lost');
    return isLost() ? notHeld : answer;
  } catch (error) {
    log.warn('lease.renew-failed', { error });
    return { ...notHeld, held: !isLost(), withdrawn: signal.reason === 'withdrawn' };
  } finally {
    lost.removeEventListener('abort', giveUp);
  }
}
