// `pnpm mutation`: plants small faults, one at a time, into a copy of the repository, and looks whether a test of that package notices.
import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutant, mutantsOf } from './mutation/mutants-of.ts';

const help = `Usage: pnpm mutation [--package NAME]… [--sample N] [--seed N]

  --package NAME   only this one; may be given again: PACKAGES
  --sample N       so many faults a package (20), chosen by the seed
  --seed N         another choice (1)

Prints how many faults the tests noticed, and each that they did not. Changes nothing here. A fault costs the tests of one file, so a
sample of 20 takes some minutes a package.`;

/** What is mutated, and whose tests are run. Entry files are left out: the whole-system tests hold those. */
const targets: Readonly<Record<string, { readonly sources: string; readonly tests: string }>> = {
  protocol: { sources: 'packages/protocol/src', tests: 'packages/protocol/test' },
  ledger: { sources: 'packages/ledger/src', tests: 'packages/ledger/test' },
  changes: { sources: 'packages/worker/src/changes', tests: 'packages/worker/test' },
  accounts: { sources: 'packages/accounts/src', tests: 'packages/accounts/test' },
  'auth-portal': { sources: 'packages/auth-portal/src', tests: 'packages/auth-portal/test' },
  receiver: { sources: 'packages/receiver/src', tests: 'packages/receiver/test' },
  'plan-review': { sources: 'packages/plan-review/src', tests: 'packages/plan-review/test' },
};
const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    package: { type: 'string', multiple: true, default: Object.keys(targets) },
    sample: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean' },
  },
});

if (values.help) console.log(help.replace('PACKAGES', Object.keys(targets).join(', ')));
else process.exitCode = mutateAll(values.package, Number(values.sample), Number(values.seed));

function mutateAll(names: readonly string[], sample: number, seed: number): number {
  const unknown = names.filter((name) => !Object.hasOwn(targets, name));
  if (unknown.length > 0 || !(sample > 0)) {
    console.error(`mutation: ${unknown.length > 0 ? `there is no ${unknown.join(', ')}` : '--sample takes a number'}; --help says how.`);
    return 1;
  }
  const copy = copyOfRepository();
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  process.once('SIGINT', () => process.exit(130));
  return names.map((name) => mutate(copy, name, chosen(faultsIn(name), sample, seed))).every(Boolean) ? 0 : 1;
}

/** Everything that Git would keep. Installed packages are linked: they lead back to the untouched sources of the other packages. */
function copyOfRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'vera-mutation-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  for (const path of listed.split('\0').filter((name) => name !== '' && existsSync(join(root, name))))
    cpSync(join(root, path), join(copy, path));
  // What tests start as AWS would.
  symlinkSync(join(root, 'dist'), join(copy, 'dist'));
  for (const path of globSync(['package.json', 'stacks/package.json', 'packages/**/package.json'], { cwd: copy })) {
    const modules = join(dirname(path), 'node_modules');
    if (existsSync(join(root, modules))) symlinkSync(join(root, modules), join(copy, modules));
  }
  return copy;
}

type Planted = Mutant & { readonly file: string; readonly line: number };

function faultsIn(name: string): Planted[] {
  const files = globSync(`${targets[name]?.sources}/**/*.ts`, { cwd: root }).filter((file) => !/(?:main|handler)\.ts$/.test(file));
  return files.sort().flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    return mutantsOf(source).map((mutant) => ({ ...mutant, file, line: source.slice(0, mutant.start).split('\n').length }));
  });
}

/** The same for the same seed, as long as the sources stay the same. */
function chosen(faults: readonly Planted[], sample: number, seed: number): Planted[] {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  const drawn = faults.map((fault) => ({ fault, at: next() })).sort((one, other) => one.at - other.at);
  return drawn.slice(0, sample).map(({ fault }) => fault);
}

/** False where there is nothing to measure: the tests fail without a fault, too. */
function mutate(copy: string, name: string, faults: readonly Planted[]): boolean {
  const tests = targets[name]?.tests ?? '';
  const began = performance.now();
  const { status, stdout } = runTests(copy, tests, ['run'], 30 * 60_000);
  if (status !== 0) {
    console.error(`${name}: its tests fail as they are.\n${stdout.slice(-2000)}`);
    return false;
  }
  const patience = Math.round(3 * (performance.now() - began)) + 20_000;
  const survivors = faults.filter((fault) => survives(copy, tests, fault, patience));
  const noticed = faults.length - survivors.length;
  console.log(`${name}: ${noticed} of ${faults.length} noticed (${Math.round((100 * noticed) / Math.max(1, faults.length))} %)`);
  for (const { file, line, what } of survivors) console.log(`  ${file}:${line}  ${what}`);
  return true;
}

function survives(copy: string, tests: string, { file, start, end, becomes }: Planted, patience: number): boolean {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  writeFileSync(path, source.slice(0, start) + becomes + source.slice(end));
  try {
    // A fault that makes the tests hang is noticed, too: the status is null then.
    return runTests(copy, tests, ['related', file, '--run', '--bail=1'], patience).status === 0;
  } finally {
    writeFileSync(path, source);
  }
}

/** The repository's own configuration would bundle first and take every package. */
function runTests(copy: string, tests: string, command: readonly string[], timeout: number): SpawnSyncReturns<string> {
  const test = {
    include: [`${tests}/**/*.test.ts`],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  };
  writeFileSync(join(copy, 'mutation.config.mjs'), `export default ${JSON.stringify({ test })};\n`);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const options = ['--config', 'mutation.config.mjs', '--reporter=dot', '--passWithNoTests'];
  return spawnSync(process.execPath, [vitest, ...command, ...options], { cwd: copy, encoding: 'utf8', timeout, killSignal: 'SIGKILL' });
}
