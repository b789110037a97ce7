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

Prints each fault that no test noticed, then how many they did notice. Changes nothing here. First it runs the tests once without a fault,
then says how long the rest may take: a quarter of an hour to an hour for all packages, as the machine is.`;

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

const options = optionsOf(process.argv.slice(2));
if (options === 'help') console.log(help.replace('PACKAGES', Object.keys(targets).join(', ')));
else if (typeof options === 'string') {
  console.error(`mutation: ${options} --help says how.`);
  process.exitCode = 1;
} else process.exitCode = await mutateAll(options);

interface Options {
  readonly names: readonly string[];
  readonly sample: number;
  readonly seed: number;
}

/** A text says what is wrong with the command line. */
function optionsOf(args: string[]): Options | string {
  const { values, problem } = parsed(args);
  if (values === undefined) return problem;
  if (values.help) return 'help';
  const unknown = values.package.filter((name) => !Object.hasOwn(targets, name));
  if (unknown.length > 0) return `There is no ${unknown.join(', ')}.`;
  for (const name of ['sample', 'seed'] as const) if (!/^[1-9]\d*$/.test(values[name])) return `--${name} takes a number from 1.`;
  return { names: [...new Set(values.package)], sample: Number(values.sample), seed: Number(values.seed) };
}

function parsed(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        package: { type: 'string', multiple: true, default: Object.keys(targets) },
        sample: { type: 'string', default: '20' },
        seed: { type: 'string', default: '1' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return { values };
  } catch (error) {
    const [problem = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return { problem: problem.endsWith('.') ? problem : `${problem}.` };
  }
}

async function mutateAll({ names, sample, seed }: Options): Promise<number> {
  const plans = names.map((name) => ({ name, faults: chosen(faultsIn(name), sample, seed) }));
  const copy = copyOfRepository();
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const all = plans.reduce((sum, { faults }) => sum + faults.length, 0);
  console.log(`${all} faults to plant. First the tests as they are:`);
  await bundle(copy);
  const measured: Measured[] = [];
  for (const plan of plans) {
    const seconds = await secondsAsTheyAre(copy, plan.name);
    if (seconds !== undefined) measured.push({ ...plan, seconds });
  }
  const minutes = Math.ceil(measured.reduce((sum, { faults, seconds }) => sum + faults.length * seconds, 0) / 60);
  console.log(`The faults take at most some ${minutes} minutes: with each run the tests that reach it, until one fails.`);
  for (const one of measured) await mutate(copy, one);
  return measured.length === plans.length ? 0 : 1;
}

interface Measured {
  readonly name: string;
  readonly faults: readonly Planted[];
  /** What the package's tests take without a fault. */
  readonly seconds: number;
}

/** Everything that Git would keep. Installed packages are linked: they lead back to the untouched sources of the other packages. */
function copyOfRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'vera-mutation-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  for (const path of listed.split('\0').filter((name) => name !== '' && existsSync(join(root, name))))
    cpSync(join(root, path), join(copy, path));
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

/** What tests start as AWS would: all deployables, or one. */
function bundle(copy: string, ...names: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['scripts/bundle.ts', ...names], { cwd: copy }, (error) => (error ? reject(error) : resolve()));
  });
}

/** How long a package's tests take without a fault; undefined where they fail, so that there is nothing to measure. */
async function secondsAsTheyAre(copy: string, name: string): Promise<number | undefined> {
  const began = performance.now();
  const { isPassed, printed } = await runTests(copy, name, ['run'], 30 * 60_000);
  const seconds = (performance.now() - began) / 1000;
  if (isPassed) console.log(`  ${name}: ${Math.round(seconds)} s`);
  else console.error(`  ${name}: its tests fail as they are.\n${printed.slice(-2000)}`);
  return isPassed ? seconds : undefined;
}

async function mutate(copy: string, { name, faults, seconds }: Measured): Promise<void> {
  const patience = Math.round(3_000 * seconds) + 20_000;
  let noticed = 0;
  for (const fault of faults) {
    if (await isNoticed(copy, name, fault, patience)) noticed++;
    else console.log(`  ${fault.file}:${fault.line}  ${fault.what}`);
  }
  console.log(`${name}: ${noticed} of ${faults.length} noticed (${Math.round((100 * noticed) / Math.max(1, faults.length))} %)`);
}

async function isNoticed(copy: string, name: string, { file, start, end, becomes }: Planted, patience: number): Promise<boolean> {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  writeFileSync(path, source.slice(0, start) + becomes + source.slice(end));
  try {
    // First the tests that import the file. Others may start it as a process, from its source or from its bundle.
    return !(await passes(copy, name, ['related', file, '--run'], patience)) || !(await passesBundled(copy, name, patience));
  } finally {
    writeFileSync(path, source);
  }
}

/** A fault that makes the tests hang is noticed, too. */
async function passes(copy: string, name: string, command: readonly string[], patience: number): Promise<boolean> {
  return (await runTests(copy, name, [...command, '--bail=1'], patience)).isPassed;
}

async function passesBundled(copy: string, name: string, patience: number): Promise<boolean> {
  if (existsSync(join(copy, 'packages', name, 'src/handler.ts'))) await bundle(copy, name);
  return passes(copy, name, ['run'], patience);
}

/** The repository's own configuration would bundle first and take every package. */
function runTests(
  copy: string,
  name: string,
  command: readonly string[],
  timeout: number,
): Promise<{ isPassed: boolean; printed: string }> {
  const patient = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } };
  const test = { include: [`${targets[name]?.tests}/**/*.test.ts`], pool: 'forks', maxWorkers: 2, ...patient };
  writeFileSync(join(copy, 'mutation.config.mjs'), `export default ${JSON.stringify({ test })};\n`);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const words = [vitest, ...command, '--config', 'mutation.config.mjs', '--reporter=dot', '--passWithNoTests'];
  const options = { cwd: copy, timeout, killSignal: 'SIGKILL', maxBuffer: 1 << 30 } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, words, options, (error, printed) => resolve({ isPassed: error === null, printed }));
  });
}
