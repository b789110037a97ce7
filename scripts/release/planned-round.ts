import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployOrderOf, type SynthesisManifest } from '@vera/plan-review/deploy-order';
import { tellLeftStacks } from './left-stacks.ts';
import { movingOutputsOf, type PlanJson, readsOf, upstreamOf } from './moving-outputs.ts';
import { planStack } from './plan-stack.ts';
import { type FilesPlan, missingFilesOf } from './planned-files.ts';
import { ReleaseError } from './release.ts';
import { stateOf } from './terraform-facts.ts';

/** A stack whose plan can be reviewed, and applied as it is. */
export interface PlannedStack {
  readonly name: string;
  readonly state: string;
  readonly changes: boolean;
  /** Whose outputs it was planned with. */
  readonly upstreams: readonly string[];
  /** What applying it would not find. */
  readonly missing: readonly string[];
}

export interface Round {
  readonly planned: readonly PlannedStack[];
  /** Those that can be planned only once others were applied, with the one that each waits for. */
  readonly waiting: readonly { readonly name: string; readonly upstream: string }[];
  /** Those that Terraform refuses to plan; the review says why. */
  readonly failed: readonly string[];
  /** Those that are deployed and that the settings name no longer. */
  readonly left: readonly string[];
}

/**
 * Plans every stack that can be planned now. One that reads an output which an earlier one is about to change waits: its plan would be
 * another one afterwards. Writes for the review what `pnpm plan` writes, into `plans`.
 */
export function planRound(out: string, plans: string): Round {
  const manifest = join(out, 'manifest.json');
  if (!existsSync(manifest)) throw new ReleaseError(`${manifest} is not there: run \`pnpm synth\` first.`);
  const { stacks } = JSON.parse(readFileSync(manifest, 'utf8')) as SynthesisManifest;
  mkdirSync(plans, { recursive: true });
  const round = { planned: [] as PlannedStack[], waiting: [] as { name: string; upstream: string }[], failed: [] as string[] };
  const left = tellLeftStacks(out, Object.keys(stacks), plans);
  const moving = new Map<string, ReadonlySet<string> | 'unplanned'>();
  for (const name of deployOrderOf(stacks)) {
    const folder = join(out, 'stacks', name);
    const reads = readsOf(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'));
    const upstream = upstreamOf(reads, moving);
    const planned = upstream === undefined ? planStack(folder) : ({ kind: 'waits', upstream } as const);
    if (planned.kind !== 'planned') moving.set(name, 'unplanned');
    if (planned.kind === 'waits') round.waiting.push({ name, upstream: planned.upstream });
    if (planned.kind === 'failed') {
      writeFileSync(join(plans, `${name}.error.txt`), planned.output);
      round.failed.push(name);
    }
    if (planned.kind !== 'planned') continue;
    writeFileSync(join(plans, `${name}.json`), planned.json);
    const plan = JSON.parse(planned.json) as PlanJson & FilesPlan;
    moving.set(name, movingOutputsOf(plan));
    round.planned.push({
      name,
      state: stateOf(folder),
      changes: plan.applyable !== false,
      upstreams: [...reads.keys()],
      missing: missingFilesOf(plan, folder).map((fault) => `${name}: ${fault}`),
    });
  }
  return { ...round, left };
}
