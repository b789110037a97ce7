import type { Plan } from './plan/plan.ts';
import type { PlantedBug } from './planted-bug.ts';
import { type Run, simulate } from './simulate.ts';

/** The simplest plan that still fails in one of the ways the given run failed: fewer faults, fewer questions, nothing special. */
export async function shrink(failed: Run, bug: PlantedBug): Promise<Run> {
  const kinds = new Set(failed.violations.map(kindOf));
  let simplest = failed;
  for (let candidates = simplerThan(failed.plan); candidates.length > 0; ) {
    const [plan, ...others] = candidates;
    if (!plan) break;
    const run = await simulate(plan, bug);
    const isSame = run.violations.some((violation) => kinds.has(kindOf(violation)));
    if (isSame) simplest = run;
    candidates = isSame ? simplerThan(plan) : others;
  }
  return simplest;
}

/** A violation without names and numbers. */
export function kindOf(violation: string): string {
  return violation.replace(/\b(?:read|long|write) q\d[a-z]?|q\d[a-z]?|\d+\.\d+|(?:worker|sweeper|receiver)-\d+/g, '…');
}

function simplerThan(plan: Plan): readonly Plan[] {
  const { faults, minds, questions, stopAt } = plan;
  const calmer = minds.map((_, index) => ({ ...plan, minds: minds.filter((_mind, other) => other !== index) }));
  const prompt = minds.some(({ copies, lateness }) => copies > 1 || lateness > 0)
    ? [{ ...plan, minds: minds.map((mind) => ({ ...mind, copies: 1, lateness: 0 })) }]
    : [];
  const simpler: Plan[] = faults.map((_, index) => ({ ...plan, faults: faults.filter((_fault, other) => other !== index) }));
  const last = questions.length > 1 ? [{ ...plan, questions: questions.slice(0, -1) }] : [];
  const single = questions.some(({ copies, lateness }) => copies > 1 || lateness > 0)
    ? [{ ...plan, questions: questions.map((one) => ({ ...one, copies: 1, lateness: 0 })) }]
    : [];
  const calm = (['areOwnersEqual', 'hasTwins', 'isDoubled', 'hasDeployment', 'isClickedTwice'] as const)
    .filter((name) => plan[name])
    .map((name) => ({ ...plan, [name]: false }));
  const queued = plan.overlap === 'fold' ? [{ ...plan, overlap: 'queue' as const }] : [];
  const unstopped = stopAt === undefined ? [] : [{ ...plan, stopAt: undefined }];
  const unlimited = plan.tokensPerDay === undefined ? [] : [{ ...plan, tokensPerDay: undefined }];
  return [
    ...last,
    ...simpler,
    ...calmer,
    ...prompt,
    ...single,
    ...calm,
    ...queued,
    ...unstopped,
    ...unlimited,
    ...(plan.status === 'session' ? [] : [{ ...plan, status: 'session' as const }]),
    ...(plan.sweeperLag > 0 ? [{ ...plan, sweeperLag: 0 }] : []),
    ...(plan.retries > 0 ? [{ ...plan, retries: 0 }] : []),
  ];
}
