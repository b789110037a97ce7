// `pnpm cdktn-check`: renames a copy of the project to cdktn, installs it, and compares what both synthesise and what Terraform makes of it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempDisposableSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readCommandLine } from '@vera/stacks/command-line';
import { type ComparedStack, comparedStack, type StackText, stateCommandOf } from './cdktn/compared-stack.ts';
import { plannedChanges } from './cdktn/planned-changes.ts';
import { manifests, renamed } from './cdktn/renamed.ts';

const help = `Usage: pnpm cdktn-check [--to FOLDER] [--plan VARIANT]…

Shows that the way out of the archived cdktf is open: a renamed copy of this project installs cdktn, and its types are checked; every variant
of stacks/variants/variants.ts is synthesised in both, and may differ in the providers' versions only. Needs npm's registry; takes minutes.

  --to FOLDER      keeps the renamed copy there, its lock file made: the move itself
  --plan VARIANT   also applies that variant as it is, on an emulator, and plans the renamed one over its state: nothing may change.
                   Needs what scripts/terraform-check.ts needs`;

const pnpm = ['--yes', 'pnpm@12.21.0'];
const options = { to: { type: 'string' }, plan: { type: 'string', multiple: true } } as const;
const { values } = readCommandLine({ help, options });

if (values.to && existsSync(values.to)) process.exitCode = refuse(`${values.to} is there already.`);
else process.exitCode = checkAll(values.to && resolve(values.to), values.plan ?? []);

function checkAll(to: string | undefined, planned: readonly string[]): number {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'cdktn-'));
  const copy = to ?? join(folder.path, 'copy');
  console.log(`Renamed: ${makeCopy(copy)} files.`);
  run('npx', [...pnpm, 'install', '--no-frozen-lockfile'], copy);
  run('node_modules/.bin/tsc', ['--noEmit'], copy);
  const made = manifests.map((name) => [name, readFileSync(join(copy, name))] as const);
  // What is installed is part of what the image is made of: with these as they were, its tag is, too.
  for (const name of manifests) cpSync(name, join(copy, name));
  for (const project of ['.', copy]) run(process.execPath, ['scripts/bundle.ts', 'receiver', 'invoker', 'sweeper', 'auth-portal'], project);
  const places = { old: join(folder.path, 'old'), new: join(folder.path, 'new') };
  const faults = variants().flatMap((name) => {
    synthesise('.', name, places.old);
    synthesise(copy, name, places.new);
    return compareAll(name, join(places.old, name), join(places.new, name));
  });
  for (const [name, text] of made) writeFileSync(join(copy, name), text);
  if (faults.length === 0) faults.push(...planned.flatMap((name) => planOver(join(places.old, name), join(places.new, name))));
  return faults.length > 0 ? refuse(faults.join('\ncdktn-check: ')) : 0;
}

/** The files of this working tree, those renamed that the fork wants otherwise; tells how many those are. */
function makeCopy(copy: string): number {
  const files = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], '.', 'pipe').split('\0').filter(existsSync);
  return files.filter((path) => {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(path, join(copy, path));
    if (!/\.(?:ts|mjs|json|yaml)$/.test(path)) return false;
    const text = readFileSync(path, 'utf8');
    const other = renamed(path, text);
    if (other !== text) writeFileSync(join(copy, path), other);
    return other !== text;
  }).length;
}

function variants(): string[] {
  return Object.keys(JSON.parse(run(process.execPath, ['stacks/variants/main.ts'], '.', 'pipe')) as object);
}

function synthesise(project: string, variant: string, folder: string): void {
  run(process.execPath, ['stacks/variants/main.ts', variant, join(folder, variant)], project);
}

function compareAll(variant: string, old: string, other: string): string[] {
  const files = [old, other].map((folder) => filesIn(folder));
  const faults =
    JSON.stringify(files[0]) === JSON.stringify(files[1]) ? [] : [`${variant}: not the same files, or the same stacks in order`];
  const compared = globSync('stacks/*/cdk.tf.json', { cwd: old }).map((path) => {
    const [one, two] = [old, other].map((folder) => JSON.parse(readFileSync(join(folder, path), 'utf8')) as StackText);
    return [dirname(path).slice('stacks/'.length), comparedStack(one as StackText, two as StackText)] as const;
  });
  const sum = (of: (stack: ComparedStack) => number) => compared.reduce((all, [, stack]) => all + of(stack), 0);
  console.log(
    `${variant}: ${compared.length} stacks, ${sum((one) => one.addresses)} addresses and ${sum((one) => one.outputs)} outputs in both; ` +
      `only ${[...new Set(compared.flatMap(([, { providers }]) => providers))].join(', ')}`,
  );
  for (const [stack, { moved }] of compared) for (const one of moved) console.log(`  before the first plan: ${stateCommandOf(stack, one)}`);
  return [...faults, ...compared.flatMap(([stack, one]) => one.faults.map((fault) => `${variant}, ${stack}: ${fault}`))];
}

/** All that lies beside the stacks' own text, by its bytes, and which stack comes after which. */
function filesIn(folder: string): readonly unknown[] {
  const { stacks } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
  };
  const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  const assets = globSync('stacks/*/assets/**', { cwd: folder }).filter((path) => statSync(join(folder, path)).isFile());
  return [
    ...assets.sort().map((path) => [path, hashOf(join(folder, path))]),
    ...Object.entries(stacks).map(([name, { dependencies }]) => [name, dependencies.toSorted()]),
  ];
}

/** Applies the old stacks on an emulator, and plans the renamed ones over that. */
function planOver(old: string, other: string): string[] {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'cdktn-plans-'));
  for (const path of globSync('stacks/*/cdk.tf.json', { cwd: other })) {
    const [mine, its] = [old, other].map((place) => JSON.parse(readFileSync(join(place, path), 'utf8')) as StackText);
    // No newer provider can be fetched there; what it would change by itself is seen by `pnpm plan`.
    for (const [name, provider] of Object.entries(its?.terraform.required_providers ?? {}))
      Object.assign(provider, { version: mine?.terraform.required_providers?.[name]?.version });
    writeFileSync(join(other, path), JSON.stringify(its, null, 2));
  }
  run(process.execPath, ['scripts/terraform-check.ts', '--out', old, '--then', other, '--plans', folder.path]);
  const names = globSync('stacks/*', { cwd: other }).map((path) => path.slice('stacks/'.length));
  const plans = names.map((name) => [name, JSON.parse(readFileSync(join(folder.path, `${name}.json`), 'utf8')) as object] as const);
  const faults = plans.flatMap(([name, plan]) => plannedChanges(plan).map((change) => `planned over the old state, ${name}: ${change}`));
  if (faults.length === 0) console.log(`Planned over the old state, ${names.length} stacks: 0 to add, 0 to change, 0 to destroy.`);
  return faults;
}

function run(program: string, words: readonly string[], cwd = '.', stdout: 'inherit' | 'pipe' = 'inherit'): string {
  const { status, stdout: said } = spawnSync(program, words, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', stdout, 'inherit'],
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(`${program} ${words.join(' ')} failed in ${cwd}.`);
  return said ?? '';
}

function refuse(why: string): number {
  console.error(`cdktn-check: ${why}`);
  return 1;
}
