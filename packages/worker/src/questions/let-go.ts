import type { WaitsFor } from '@vera/ledger/ledger';
import type { Story, StoryEnd } from './answer-question.ts';

/** Lets go of the question until a person has done something. */
export async function letGo({ lease, log }: Story, what: WaitsFor): Promise<StoryEnd> {
  const answer = await lease.wait(what);
  log.info('question.let-go', { waitsFor: what.kind, answer });
  switch (answer) {
    case 'waiting':
      return 'waiting';
    case 'over':
      return 'again';
    case 'lost':
      return 'left';
  }
}
