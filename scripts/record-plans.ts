// `pnpm record-plans [SCENARIO…]`: applies the synthesised stacks with real Terraform on an emulator, plans changed ones over them, and keeps
// those plans as the material of the plan review's tests.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempDisposableSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployOrderOf, type SynthesisManifest } from '@vera/plan-review/deploy-order';
import { readCommandLine } from '@vera/stacks/command-line';
import { asOnAws, type ResourceChange } from './emulator/forgotten-change.ts';
import { type Scenario, scenarios } from './record-plans/scenarios.ts';

/** Of stacks/variants/variants.ts: the trial with a front, so that each scenario has its stack. */
const variant = 'front';
const help = `Usage: pnpm record-plans [SCENARIO…]

Of the stacks of the variant ${variant}. Needs what scripts/terraform-check.ts needs, and takes minutes.
Scenarios: ${Object.keys(scenarios).join(', ')}

  --out FOLDER   stacks that are synthesised already, such as cdktf.out, instead
  --to FOLDER    where the plans are kept (packages/plan-review/test/plans)`;

const options = {
  out: { type: 'string' },
  to: { type: 'string', default: 'packages/plan-review/test/plans' },
} as const;
const { values, positionals } = readCommandLine({ help, options, words: Number.POSITIVE_INFINITY });
const unknown = positionals.filter((name) => !Object.hasOwn(scenarios, name));

if (unknown.length > 0) process.exitCode = refuse(`no scenario ${unknown.join(', ')}; there are ${Object.keys(scenarios).join(', ')}.`);
else process.exitCode = synthesiseAndRecord(positionals.length > 0 ? positionals : Object.keys(scenarios));

function synthesiseAndRecord(names: readonly string[]): number {
  if (values.out !== undefined) return recordAll(values.out, names);
  using folder = mkdtempDisposableSync(join(tmpdir(), 'record-plans-'));
  const { status } = spawnSync(process.execPath, ['stacks/variants/main.ts', variant, folder.path], { stdio: 'inherit' });
  return status === 0 ? recordAll(folder.path, names) : refuse(`the variant ${variant} was not synthesised.`);
}

function recordAll(out: string, names: readonly string[]): number {
  if (!existsSync(join(out, 'manifest.json'))) return refuse(`${out}/manifest.json is not there: run \`pnpm synth\` first.`);
  const failed = roundsOf(names).filter((round) => !record(out, round));
  if (failed.length > 0) return refuse(`not recorded: ${failed.flat().join(', ')}.`);
  spawnSync('node_modules/.bin/biome', ['format', '--write', values.to], { stdio: 'inherit' });
  console.log('Now look at the comments: npx --yes pnpm@12.21.0 test packages/plan-review -u');
  return 0;
}

/** Plans change nothing, so scenarios of different stacks share what was applied. */
function roundsOf(names: readonly string[]): string[][] {
  const rounds: string[][] = [];
  for (const name of names) {
    const round = rounds.find((others) => others.every((other) => scenarios[other]?.stack !== scenarios[name]?.stack));
    if (round) round.push(name);
    else rounds.push([name]);
  }
  return rounds;
}

function record(out: string, names: readonly string[]): boolean {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'record-plans-'));
  const [then, plans] = [join(folder.path, 'then'), join(folder.path, 'plans')];
  cpSync(out, then, { recursive: true });
  const chosen = names.map((name) => [name, scenarios[name] as Scenario] as const);
  for (const [, { stack, changed }] of chosen) {
    const file = join(then, 'stacks', stack, 'cdk.tf.json');
    const text = readFileSync(file, 'utf8');
    const other = changed(text);
    if (JSON.stringify(JSON.parse(other)) === JSON.stringify(JSON.parse(text))) throw new Error(`A scenario changes nothing in ${stack}.`);
    writeFileSync(file, other);
  }
  const { stacks } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as SynthesisManifest;
  const needed = deployOrderOf(
    Object.fromEntries(
      upstreamOf(
        stacks,
        chosen.map(([, { stack }]) => stack),
      ),
    ),
  );
  const only = needed.flatMap((stack) => ['--stack', stack]);
  const command = ['scripts/terraform-check.ts', '--out', out, ...only, '--plans', plans, '--then', then];
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  // Where something failed, what lies there is the plan of the first time.
  if (status === 0) for (const [name, { stack }] of chosen) keep(join(plans, `${stack}.json`), join(values.to, name), stack);
  return status === 0;
}

/** These stacks and all that they read from. */
function upstreamOf(
  stacks: SynthesisManifest['stacks'],
  wanted: readonly string[],
): [string, { readonly dependencies: readonly string[] }][] {
  const all = new Set(wanted);
  for (const name of all) for (const dependency of stacks[name]?.dependencies ?? []) all.add(dependency);
  return Object.entries(stacks).filter(([name]) => all.has(name));
}

function keep(plan: string, folder: string, stack: string): void {
  if (!existsSync(plan)) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const whole = JSON.parse(readFileSync(plan, 'utf8')) as { readonly resource_changes: readonly ResourceChange[] };
  writeFileSync(plan, JSON.stringify({ ...whole, resource_changes: whole.resource_changes.map(asOnAws) }));
  spawnSync(process.execPath, ['packages/plan-review/test/trimmed-plan.ts', plan, join(folder, `${stack}.json`)], { stdio: 'inherit' });
}

function refuse(why: string): number {
  console.error(`record-plans: ${why}`);
  return 1;
}
