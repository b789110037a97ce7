import { Random } from '@vera/stand-in-kit/random';
import type { Errand } from '../fakes/fake-agent.ts';
import type { StatusWay } from '../fakes/shown-status.ts';
import type { Fault } from './fault.ts';
import { foldedUnderCard } from './folded-under-card.ts';
import { mindsOf, type PlannedMind } from './planned-mind.ts';
import type { PlannedQuestion } from './planned-question.ts';

/** All that is special about one run; what follows from it, and how long each thing takes, is drawn from its seed. */
export interface Plan {
  readonly seed: number;
  readonly questions: readonly PlannedQuestion[];
  /** Which call of all calls of the run each befalls. They end, so that everything must come to an end. */
  readonly faults: readonly { readonly call: number; readonly fault: Fault }[];
  /** What is asked while the same person is answered goes with that. */
  readonly overlap: 'fold' | 'queue';
  /** Processes were made from one snapshot with its owner in it. */
  readonly areOwnersEqual: boolean;
  /** A session may have two microVMs at once. */
  readonly hasTwins: boolean;
  /** Work is delivered twice. */
  readonly isDoubled: boolean;
  /** While a person thinks, all workers are replaced by those of a new image. */
  readonly hasDeployment: boolean;
  readonly decision: 'approve' | 'deny' | 'late' | 'never';
  readonly isClickedTwice: boolean;
  /** When Stop is pressed, if ever. */
  readonly stopAt: number | undefined;
  readonly retries: number;
  /** What all may use in a day, in tokens; undefined: as much as they like. */
  readonly tokensPerDay: number | undefined;
  /** What people change their mind about, and when. */
  readonly minds: readonly PlannedMind[];
  /** So many milliseconds each call of a sweeper may take at most, beside what all calls take. */
  readonly sweeperLag: number;
  /** How the workspace shows that somebody is at work. */
  readonly status: StatusWay;
}

export function planOf(seed: number): Plan {
  const random = new Random(seed);
  const later = new Random(seed ^ 0x313d);
  const scene = new Random(seed ^ 0xf01d);
  const count = random.chance(0.4) ? random.pick([2, 2, 2, 3]) : 1;
  const questions = Array.from({ length: count }, (_, index) => ({
    errand: random.pick<Errand>(['read', 'read', 'long', 'write', 'write']),
    at: index * random.between(0, 8_000),
    isReply: index > 0,
    isOthers: index > 0 && random.chance(0.1),
    copies: random.chance(0.25) ? 2 : 1,
    lateness: later.chance(0.1) ? later.between(0, 20_000) : 0,
  }));
  const faults = Array.from({ length: random.between(0, 4) }, () => ({ call: random.between(0, 45 * count), fault: faultOf(random) }));
  return {
    seed,
    questions,
    faults: faults.sort((one, other) => one.call - other.call),
    overlap: random.chance(0.75) ? 'fold' : 'queue',
    areOwnersEqual: random.chance(0.1),
    hasTwins: random.chance(0.3),
    isDoubled: random.chance(0.2),
    hasDeployment: random.chance(0.15),
    decision: random.pick(['approve', 'approve', 'approve', 'deny', 'late', 'never']),
    isClickedTwice: random.chance(0.5),
    stopAt: random.chance(0.2) ? random.between(1_000, 40_000) : undefined,
    retries: random.between(0, 2),
    tokensPerDay: random.chance(0.2) ? random.between(1, 8) * 1_000 : undefined,
    minds: mindsOf(later, count),
    status: later.pick<StatusWay>(['session', 'session', 'session', 'legacy', 'none']),
    sweeperLag: later.chance(0.15) ? 6_000 : 0,
    ...(scene.chance(0.1) ? foldedUnderCard(scene) : {}),
  };
}

function faultOf(random: Random): Fault {
  const kind = random.pick<Fault['kind']>([
    'crash-before',
    'crash-after',
    'crash-after',
    'lost-answer',
    'lost-answer',
    'lost-request',
    'throttled',
    'freeze',
    'slow',
    'terminate',
  ]);
  if (kind === 'freeze') return { kind, milliseconds: random.between(1_000, 90_000) };
  return kind === 'slow' ? { kind, milliseconds: random.between(1_000, 8_000) } : { kind };
}
