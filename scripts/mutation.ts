// `pnpm mutation`: plants small faults, one at a time, into a copy of the repository, and looks whether a test of that package notices.
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutant, mutantsOf } from './mutation/mutants-of.ts';

const help = `Usage: pnpm mutation [--package NAME]… [--sample N] [--seed N]

  --package NAME   only this one; may be given again: PACKAGES
  --sample N       so many faults a package (20), chosen by the seed
  --seed N         another choice (1)

Prints each fault that no test noticed, then how many they did notice. Changes nothing here. A fault costs the tests of one file, so a
sample of 20 takes some minutes a package.`;

/** What is mutated, and whose tests are run. Entry files are left out: the whole-system tests hold those. */
const targets: Readonly<Record<string, { readonly sources: string; readonly tests: string }>> = {
  protocol: { sources: 'packages/protocol/src', tests: 'packages/protocol/test' },
  ledger: { sources: 'packages/ledger/src', tests: 'packages/ledger/test' },
  changes: { sources: 'packages/worker/src/changes', tests: 'packages/worker/test/changes' },
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
else process.exitCode = await mutateAll(values.package, Number(values.sample), Number(values.seed));

async function mutateAll(names: readonly string[], sample: number, seed: number): Promise<number> {
  const unknown = names.filter((name) => !Object.hasOwn(targets, name));
  if (unknown.length > 0 || !(sample > 0)) {
    console.error(`mutation: ${unknown.length > 0 ? `there is no ${unknown.join(', ')}` : '--sample takes a number'}; --help says how.`);
    return 1;
  }
  const copy = copyOfRepository();
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  let isMeasured = true;
  for (const name of names) if (!(await mutate(copy, name, chosen(faultsIn(name), sample, seed)))) isMeasured = false;
  return isMeasured ? 0 : 1;
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
async function mutate(copy: string, name: string, faults: readonly Planted[]): Promise<boolean> {
  const tests = targets[name]?.tests ?? '';
  const began = performance.now();
  const { isPassed, printed } = await runTests(copy, tests, ['run'], 30 * 60_000);
  if (!isPassed) {
    console.error(`${name}: its tests fail as they are.\n${printed.slice(-2000)}`);
    return false;
  }
  const patience = Math.round(3 * (performance.now() - began)) + 20_000;
  let noticed = 0;
  for (const fault of faults) {
    if (await isNoticed(copy, tests, fault, patience)) noticed++;
    else console.log(`  ${fault.file}:${fault.line}  ${fault.what}`);
  }
  console.log(`${name}: ${noticed} of ${faults.length} noticed (${Math.round((100 * noticed) / Math.max(1, faults.length))} %)`);
  return true;
}

async function isNoticed(copy: string, tests: string, { file, start, end, becomes }: Planted, patience: number): Promise<boolean> {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  writeFileSync(path, source.slice(0, start) + becomes + source.slice(end));
  // A fault that makes the tests hang is noticed, too.
  const { isPassed } = await runTests(copy, tests, ['related', file, '--run', '--bail=1'], patience);
  writeFileSync(path, source);
  return !isPassed;
}

/** The repository's own configuration would bundle first and take every package. */
function runTests(
  copy: string,
  tests: string,
  command: readonly string[],
  timeout: number,
): Promise<{ isPassed: boolean; printed: string }> {
  const patient = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } };
  const test = { include: [`${tests}/**/*.test.ts`], pool: 'forks', maxWorkers: 2, ...patient };
  writeFileSync(join(copy, 'mutation.config.mjs'), `export default ${JSON.stringify({ test })};\n`);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const words = [vitest, ...command, '--config', 'mutation.config.mjs', '--reporter=dot', '--passWithNoTests'];
  const options = { cwd: copy, timeout, killSignal: 'SIGKILL', maxBuffer: 1 << 30 } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, words, options, (error, printed) => resolve({ isPassed: error === null, printed }));
  });
}
