import type { Random } from '@vera/stand-in-kit/random';
import type { PlannedMind } from './planned-mind.ts';
import type { PlannedQuestion } from './planned-question.ts';

type Kind = PlannedMind['kind'];

/**
 * What somebody asks for and what they add to it are one change, whose card waits; meanwhile they change their mind about either. Left to chance, all
 * of that hardly ever comes together.
 */
export function foldedUnderCard(random: Random) {
  const wanted: PlannedQuestion = { errand: 'write', at: 0, isReply: false, isOthers: false, copies: 1, lateness: 0 };
  const added = Array.from({ length: random.pick([1, 1, 1, 2]) }, () => ({
    ...wanted,
    errand: random.pick(['read', 'read', 'write'] as const),
    at: random.between(100, 1_500),
    isReply: true,
    copies: random.chance(0.2) ? 2 : 1,
  }));
  return {
    questions: [wanted, ...added],
    overlap: 'fold' as const,
    decision: random.pick(['approve', 'approve', 'approve', 'late', 'never'] as const),
    minds: Array.from({ length: random.pick([1, 2, 2, 3]) }, () => changed(random, random.pick([1, 1, added.length, 0]))),
  };
}

/** What comes late is overtaken by what was changed since, be it in the other message. */
function changed(random: Random, question: number): PlannedMind {
  return {
    kind: random.pick<Kind>(['edit', 'edit', 'edit', 'edit-back', 'delete', 'delete', 'stop-reaction', 'stop-words', 'edit-to-stop']),
    question,
    by: random.pick(['asker', 'asker', 'admin', 'other']),
    since: random.pick(['card', 'card', 'yes']),
    milliseconds: random.between(0, random.pick([300, 4_000, 20_000])),
    copies: random.chance(0.3) ? 2 : 1,
    lateness: random.pick([0, 0, 500, 8_000]),
  };
}
