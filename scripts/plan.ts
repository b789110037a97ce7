// `pnpm plan [FOLDER]`: plans every synthesised stack with the real Terraform, in the order they are deployed, and keeps each plan as JSON.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deployOrderOf, type SynthesisManifest } from '@vera/plan-review/deploy-order';
import { errorLines } from '@vera/plan-review/error-lines';

const help = `Usage: pnpm plan [FOLDER] [--stack NAME]…

Synthesise first (pnpm synth). Needs Terraform 1.11 or newer and AWS credentials that may read; changes nothing.
FOLDER (plans) gets <stack>.json, what \`terraform show -json\` says, for \`node packages/plan-review/src/main.ts FOLDER\`; of a stack that
Terraform cannot plan <stack>.error.txt, what it printed. The others are planned all the same, and the command fails at the end.

  --stack NAME   only this one; may be given again
  --out FOLDER   the synthesised stacks (cdktf.out)`;

const options = {
  stack: { type: 'string', multiple: true },
  out: { type: 'string', default: 'cdktf.out' },
  help: { type: 'boolean' },
} as const;
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const [folder = 'plans'] = positionals;

if (values.help) console.log(help);
else process.exitCode = planAll(values.out, folder, values.stack);

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
  const results = order
    .filter((name) => only?.includes(name) ?? true)
    .map((name) => planOne(join(out, 'stacks', name), join(plans, `${name}.json`)));
  return results.every(Boolean) ? 0 : 1;
}

/** False when the plan failed for another reason than that an earlier stack is not deployed yet. */
function planOne(stack: string, file: string): boolean {
  const errorFile = file.replace(/json$/, 'error.txt');
  for (const old of [file, errorFile]) rmSync(old, { force: true });
  const name = stack.split(/[\\/]/).at(-1) ?? stack;
  const steps = [
    ['init', '-input=false', '-no-color'],
    // Nothing is changed, so nobody else's deployment has to wait.
    ['plan', '-input=false', '-no-color', '-lock=false', '-out=plan.bin'],
    ['show', '-json', 'plan.bin'],
  ];
  let printed = '';
  for (const step of steps) {
    const { status, stdout, stderr } = spawnSync('terraform', step, { cwd: stack, encoding: 'utf8', maxBuffer: 1 << 30 });
    if (status !== 0) return tell(name, stdout + stderr, errorFile);
    if (step[0] === 'plan') printed = /^(?:Plan: .*|No changes\..*)$/m.exec(stdout)?.[0] ?? 'Outputs change only.';
    if (step[0] === 'show') writeFileSync(file, stdout);
  }
  console.log(`${name}: ${printed}`);
  return true;
}

function tell(name: string, output: string, errorFile: string): boolean {
  const upstream = missingUpstreamOf(output);
  if (upstream === undefined) {
    writeFileSync(errorFile, output);
    // A log is read by more people than a plan.
    console.error(`${name}: not planned.\n${errorLines(output).join('\n').replaceAll(/^/gm, '    ')}`);
    return false;
  }
  console.log(`${name}: not planned yet, for ${upstream} is not deployed with what it needs; deploy that first.`);
  return true;
}

/** The stack whose outputs Terraform did not find, when that is why a plan failed. */
function missingUpstreamOf(output: string): string | undefined {
  if (!/Unable to find remote state|No stored state was found|This object does not have an attribute named/.test(output)) return undefined;
  return /cross-stack-reference-input-([\w-]+)/.exec(output)?.[1];
}

function refuse(why: string): number {
  console.error(`plan: ${why}`);
  return 1;
}
