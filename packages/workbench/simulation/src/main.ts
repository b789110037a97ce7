import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { planOf } from './plan/plan.ts';
import { noBug, type PlantedBug } from './planted-bug.ts';
import { plantedBugs } from './planted-bugs.ts';
import { kindOf, shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

const usage = `Usage: pnpm simulate [--seeds 10000] [--from 1] [--jobs 1] [--hashes]   that many schedules, from that seed on
       pnpm simulate --seed N [--bug NAME]                              one of them, made simple, with all that happens
       pnpm simulate --bugs [--bug NAME] [--first] [--seeds …]          in how many each planted bug shows`;
const given = whatWasTyped();
const say = (line: string) => void process.stdout.write(`${line}\n`);
const [from, seeds, jobs] = [Number(given.from), Number(given.seeds), Number(given.jobs)];
/** Undefined where none has that name. */
const bug = given.bug === undefined ? noBug : plantedBugs.find(({ name }) => name.startsWith(given.bug ?? ''));

// Whoever reads the first lines alone, as `| head` does, has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
await run();

async function run(): Promise<void> {
  if (given.help) return say(usage);
  if (!bug || isWrong()) {
    const names = plantedBugs.map(({ name }) => `  ${name}`).join('\n');
    process.stderr.write(`Numbers are whole and at least 1; --bug goes with --seed or --bugs and begins one of:\n${names}\n\n${usage}\n`);
    process.exitCode = 2;
    return;
  }
  if (given.seed !== undefined) return replay(Number(given.seed), bug);
  if (given.bugs) return rateBugs(bug === noBug ? plantedBugs : [bug]);
  await (jobs > 1 ? inJobs() : runAll());
}

function whatWasTyped() {
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    help: { ...flag, short: 'h' },
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '10000' },
    jobs: { type: 'string', default: '1' },
    bugs: flag,
    bug: { type: 'string' },
    hashes: flag,
    first: flag,
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}\n`);
    return process.exit(1);
  }
}

function isWrong(): boolean {
  const { seed = '1' } = given;
  if ([from, seeds, jobs, Number(seed)].some((number) => !Number.isSafeInteger(number) || number < 1)) return true;
  return given.bug !== undefined && given.seed === undefined && !given.bugs;
}

/** One schedule, made as simple as it can be while it fails, with all that happens in it. */
async function replay(seed: number, bug: PlantedBug): Promise<void> {
  const whole = await simulate(planOf(seed), bug);
  const run = whole.violations.length > 0 ? await shrink(whole, bug) : whole;
  for (const line of run.trace) say(line);
  say(`\n${JSON.stringify(run.plan)}\nhash ${run.hash}${run === whole ? '' : `, of the whole plan ${whole.hash}`}`);
  say(run.violations.map((violation) => `VIOLATION ${violation}`).join('\n') || 'no violation');
  process.exitCode = run.violations.length > 0 ? 1 : 0;
}

async function runAll(): Promise<void> {
  const started = performance.now();
  const failed = new Map<string, number[]>();
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { violations, hash } = await simulate(planOf(seed), noBug);
    if (given.hashes) say(`${seed} ${hash}`);
    for (const kind of new Set(violations.map(kindOf))) failed.set(kind, [...(failed.get(kind) ?? []), seed]);
  }
  const each = (performance.now() - started) / seeds;
  say(`${seeds} schedules from ${from}, ${each.toFixed(1)} ms each, ${failed.size === 0 ? 'no violation' : 'VIOLATIONS'}`);
  for (const [kind, found] of failed)
    say(`${found.length} × ${kind}: pnpm simulate --seed ${found[0]}${found.length > 1 ? `, or ${found.slice(1, 5).join(', ')}` : ''}`);
  if (failed.size > 0) process.exitCode = 1;
}

/** The same spread over processes: a run has its process for itself. */
async function inJobs(): Promise<void> {
  const share = Math.ceil(seeds / jobs);
  const codes = Array.from({ length: jobs }, (_, job) => {
    const mine = [
      '--from',
      `${from + job * share}`,
      '--seeds',
      `${Math.min(share, seeds - job * share)}`,
      ...(given.hashes ? ['--hashes'] : []),
    ];
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...mine], { stdio: 'inherit' });
    return new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  });
  process.exitCode = Math.max(...(await Promise.all(codes)));
}

/** In how many schedules each planted bug shows. */
async function rateBugs(bugs: readonly PlantedBug[]): Promise<void> {
  say(`| planted bug | ${given.first ? 'found' : `found in ${seeds} schedules`} | first by seed |\n|---|---|---|`);
  for (const bug of bugs) {
    const found: number[] = [];
    const begin = (given.first && bug.lookFrom) || from;
    for (let seed = begin; seed < begin + seeds; seed += 1) {
      if (await shows(bug, seed)) found.push(seed);
      if (given.first && found.length > 0) break;
    }
    say(`| ${bug.name} | ${found.length} | ${found[0] ?? 'NOT FOUND'} |`);
    if (found.length === 0) process.exitCode = 1;
  }
}

/** It fails with the bug, and without it does not. */
async function shows(bug: PlantedBug, seed: number): Promise<boolean> {
  const isFailing = async (planted: PlantedBug) => (await simulate(planOf(seed), planted)).violations.length > 0;
  return (await isFailing(bug)) && !(await isFailing(noBug));
}
