import type { Random } from '@vera/stand-in-kit/random';

/** Somebody changes their mind about a message: other words, none at all, or that nobody shall answer it. */
export interface PlannedMind {
  readonly kind: 'edit' | 'edit-back' | 'delete' | 'stop-reaction' | 'stop-words' | 'edit-to-stop';
  /** About which question, of those asked by then. */
  readonly question: number;
  /** Who stops it. Only who wrote a message can change it. */
  readonly by: 'asker' | 'other' | 'admin';
  /** Since when it waits its milliseconds: since the question was asked, a card stands in the thread, or somebody said yes to one. */
  readonly since: 'asked' | 'card' | 'yes';
  readonly milliseconds: number;
  /** How often Slack delivers it, and how late it begins with that: what came later may be there before. */
  readonly copies: number;
  readonly lateness: number;
}

/** In the order in which they were made up, for so many questions. */
export function mindsOf(random: Random, questions: number): readonly PlannedMind[] {
  if (!random.chance(0.4)) return [];
  return Array.from({ length: random.pick([1, 1, 2, 3]) }, () => ({
    kind: random.pick<PlannedMind['kind']>([
      'edit',
      'edit',
      'edit',
      'edit-back',
      'delete',
      'delete',
      'stop-reaction',
      'stop-words',
      'edit-to-stop',
    ]),
    question: random.between(0, questions - 1),
    by: random.pick<PlannedMind['by']>(['asker', 'asker', 'admin', 'other']),
    since: random.pick<PlannedMind['since']>(['asked', 'asked', 'card']),
    milliseconds: random.between(0, random.pick([300, 4_000, 20_000])),
    copies: random.chance(0.3) ? 2 : 1,
    lateness: random.pick([0, 0, 500, 8_000]),
  }));
}
