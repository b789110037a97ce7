// `pnpm upgrade-check [ENVIRONMENT…]`: plans the stacks of this version over those of the last one as real Terraform applied them, and fails where
// something that holds data would be destroyed, or made anew.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempDisposableSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCommandLine } from '@vera/stacks/command-line';
import { checkedOutLastVersion, environments } from './upgrade/last-version.ts';
import { type PlannedUpgrade, plannedUpgrade } from './upgrade/planned-upgrade.ts';
import { tellByBothNames } from './upgrade/told-by-both-names.ts';

const help = `Usage: pnpm upgrade-check [ENVIRONMENT…]

Needs what scripts/terraform-check.ts needs, git's history back to the last version (CHANGELOG.md names its commit), and some ten minutes.
Both versions are synthesised with the last one's settings: ${environments.join(', ')}.

  --stack NAME   only that stack, with those that it reads from; several times for several`;

const kept = 'stacks/test/upgrade/last-version.generated.json';
const options = { stack: { type: 'string', multiple: true, default: [] as string[] } } as const;
const { values, positionals } = readCommandLine({ help, options, words: Number.POSITIVE_INFINITY });
const unknown = positionals.filter((name) => !environments.some((known) => known === name));

if (unknown.length > 0) process.exitCode = refuse(`no environment ${unknown.join(', ')}; there are ${environments.join(', ')}.`);
else process.exitCode = checkAll(positionals.length > 0 ? positionals : environments);

function checkAll(names: readonly string[]): number {
  const isThere = spawnSync(process.execPath, ['scripts/terraform-check.ts', '--is-there'], { stdio: 'inherit' }).status === 0;
  if (!isThere) return refuse('the upgrade could not be checked here; that says nothing of whether it goes well.');
  using last = checkedOutLastVersion();
  const failed = names.filter((environment) => !check(environment, last));
  if (failed.length > 0) return refuse(`the upgrade from ${last.version} would not go well: ${failed.join(', ')}.`);
  console.log(`From ${last.version}: nothing that holds data is destroyed or made anew.`);
  return 0;
}

function check(environment: string, last: ReturnType<typeof checkedOutLastVersion>): boolean {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'upgrade-'));
  const [old, now, plans] = ['old', 'now', 'plans'].map((name) => join(folder.path, name)) as [string, string, string];
  last.synthesise(environment, old);
  run('scripts/bundle.ts', 'receiver', 'invoker', 'sweeper', 'auth-portal');
  run('stacks/upgrade/main.ts', kept, environment, now);
  tellByBothNames(old, now);
  const only = values.stack.flatMap((name) => ['--stack', name]);
  const { status } = spawnSync(process.execPath, ['scripts/terraform-check.ts', '--out', old, ...only, '--plans', plans, '--then', now], {
    stdio: 'inherit',
  });
  const found = (existsSync(plans) ? readdirSync(plans) : []).map(
    (file) => [file.replace('.json', ''), plannedUpgrade(JSON.parse(readFileSync(join(plans, file), 'utf8')))] as const,
  );
  for (const [stack, upgrade] of found) tell(`${environment} ${stack}`, upgrade);
  return status === 0 && found.length > 0 && found.every(([, { lost }]) => lost.length === 0);
}

function tell(what: string, { inPlace, made, gone, lost }: PlannedUpgrade): void {
  const named = (word: string, addresses: readonly string[]) => (addresses.length > 0 ? `, ${word}: ${addresses.join(', ')}` : '');
  console.log(
    `${what}: ${inPlace} changed in place${named('made', made)}${named('destroyed or made anew', gone)}${named('DATA LOST', lost)}`,
  );
}

function run(...program: string[]): void {
  const { status } = spawnSync(process.execPath, program, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${program[0]} failed.`);
}

function refuse(why: string): number {
  console.error(`upgrade-check: ${why}`);
  return 1;
}
