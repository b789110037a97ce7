import { createHash } from 'node:crypto';
import { Random } from '@vera/stand-in-kit/random';
import { Deployment } from './deployment.ts';
import { findViolations } from './find-violations.ts';
import { letPeopleAct } from './people.ts';
import type { Plan } from './plan/plan.ts';
import type { PlantedBug } from './planted-bug.ts';
import { inSealedWorld } from './sealed-world.ts';
import { World } from './world.ts';

export interface Run {
  readonly plan: Plan;
  readonly violations: readonly string[];
  readonly trace: readonly string[];
  /** Of the whole trace: the same for the same plan, wherever and whenever. */
  readonly hash: string;
}

/** All faults and all people are done long before, in true milliseconds. */
const longest = 4 * 3_600_000;
const mostEvents = 20_000;

/** Plays one plan from its first question until nothing is left to happen, and looks at what it left. */
export async function simulate(plan: Plan, bug: PlantedBug): Promise<Run> {
  const breaches: string[] = [];
  const random = new Random(plan.seed ^ 0x4e7a);
  const world = await inSealedWorld(
    random,
    (what) => breaches.push(what),
    async () => {
      const made = new World(plan, bug);
      const asked = letPeopleAct(made, new Deployment(made));
      if (!(await made.schedule.run(longest, mostEvents))) made.violate('it never comes to rest');
      for (const violation of await findViolations(made, asked)) made.violate(violation);
      return made;
    },
  );
  for (const breach of new Set(breaches)) world.violate(`${breach} was reached for`);
  const hash = createHash('sha256').update(world.lines.join('\n')).digest('hex').slice(0, 16);
  return { plan, violations: world.violations, trace: world.lines, hash };
}
