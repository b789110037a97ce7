// `pnpm plan [FOLDER]`: plans every synthesised stack with the real Terraform, in the order they are deployed, and keeps each plan as JSON.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { deployOrderOf, type SynthesisManifest } from '@vera/plan-review/deploy-order';
import { errorLines } from '@vera/plan-review/error-lines';
import { readCommandLine } from '@vera/stacks/command-line';
import { tellLeftStacks } from './release/left-stacks.ts';
import { planStack } from './release/plan-stack.ts';
import { ReleaseError } from './release/release.ts';

const help = `Usage: pnpm plan [FOLDER] [--stack NAME]…

Synthesise first (pnpm synth). Needs Terraform 1.11 or newer and AWS credentials that may read; changes nothing.
FOLDER (plans) gets <stack>.json, what \`terraform show -json\` says, for \`node packages/plan-review/src/main.ts FOLDER\`; of a stack that
Terraform cannot plan <stack>.error.txt, what it printed. The others are planned all the same, and the command fails at the end. With the state in
a bucket, <stack>.left.txt for each stack that is deployed and that the settings name no longer, which takes the AWS CLI.

  --stack NAME   only this one; may be given again
  --out FOLDER   the synthesised stacks (cdktf.out)`;

const options = {
  stack: { type: 'string', multiple: true },
  out: { type: 'string', default: 'cdktf.out' },
} as const;
const { values, positionals } = readCommandLine({ help, options, words: 1 });
const [folder = 'plans'] = positionals;

const unreachable = /Failed to query available provider packages|could not connect to registry/;
const registryRemedy =
  'The registry is out of reach: a mirror of yours, by TF_CLI_CONFIG_FILE, as the table of failures in docs/deploy.md says.';

process.exitCode = planAll(values.out, folder, values.stack);

function planAll(out: string, plans: string, only: readonly string[] | undefined): number {
  const manifest = join(out, 'manifest.json');
  if (!existsSync(manifest)) return refuse(`${manifest} is not there: run \`pnpm synth\` first.`);
  if (spawnSync('terraform', ['version']).error)
    return refuse('terraform is not installed: https://developer.hashicorp.com/terraform/install');
  const { stacks } = JSON.parse(readFileSync(manifest, 'utf8')) as SynthesisManifest;
  const order = deployOrderOf(stacks);
  const unknown = only?.filter((name) => !order.includes(name)) ?? [];
  if (unknown.length > 0) return refuse(`no stack ${unknown.join(', ')}; there are ${order.join(', ')}.`);
  mkdirSync(plans, { recursive: true });
  const told = new Map<string, string>();
  const results = order
    .filter((name) => only?.includes(name) ?? true)
    .map((name) => planOne(join(out, 'stacks', name), join(plans, `${name}.json`), told));
  const isWhole = only !== undefined || findLeft(out, order, plans);
  return isWhole && results.every(Boolean) ? 0 : 1;
}

/**
 * False when the plan failed for another reason than that an earlier stack is not deployed yet. `told`: of which stack the same was said before, for
 * a registry that is out of reach, or somebody who is not signed in, ails all of them.
 */
function planOne(stack: string, file: string, told: Map<string, string>): boolean {
  const errorFile = file.replace(/json$/, 'error.txt');
  for (const old of [file, errorFile]) rmSync(old, { force: true });
  const name = basename(stack);
  const planned = planStack(stack);
  switch (planned.kind) {
    case 'planned':
      writeFileSync(file, planned.json);
      console.log(`${name}: ${planned.said}`);
      return true;
    case 'waits':
      console.log(`${name}: not planned yet, for ${planned.upstream} is not deployed with what it needs; deploy that first.`);
      return true;
    case 'failed':
      writeFileSync(errorFile, planned.output);
      // A log is read by more people than a plan.
      tellFailed(name, errorLines(planned.output), told);
      return false;
  }
}

function tellFailed(name: string, lines: readonly string[], told: Map<string, string>): void {
  const words = lines.join('\n');
  const before = told.get(words);
  if (before !== undefined) {
    console.error(`${name}: not planned, for the same reason as ${before}.`);
    return;
  }
  told.set(words, name);
  const remedy = unreachable.test(words) ? [registryRemedy] : [];
  console.error([`${name}: not planned.`, ...[...lines, ...remedy].map((line) => `    ${line}`)].join('\n'));
}

/** False when nobody could look. */
function findLeft(out: string, named: readonly string[], plans: string): boolean {
  for (const file of readdirSync(plans)) if (file.endsWith('.left.txt')) rmSync(join(plans, file));
  try {
    for (const name of tellLeftStacks(out, named, plans)) console.log(`${name}: deployed, and the settings name it no longer.`);
    return true;
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    console.error(`Nobody could look for stacks that the settings name no longer: ${error.message}`);
    return false;
  }
}

function refuse(why: string): number {
  console.error(`plan: ${why}`);
  return 1;
}
