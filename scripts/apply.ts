// The second half of a deployment: applies what was reviewed, and nothing else. `--help` says more.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { errorLines } from '@vera/plan-review/error-lines';
import { planFile, terraform } from './release/plan-stack.ts';
import { type FilesPlan, missingFilesOf, namedImageFaultsOf } from './release/planned-files.ts';
import { refuse } from './release/refuse.ts';
import { type Release, ReleaseError, type StackState, unpackRelease } from './release/release.ts';
import { getRelease } from './release/release-store.ts';
import { stateOf, terraformHere } from './release/terraform-facts.ts';

const help = `Usage: node scripts/apply.ts --release URL --sha256 HASH --environment NAME --commit SHA --work FOLDER

Gets the release that \`scripts/propose.ts\` put there, and looks before the first stack whether it is what was reviewed, whether everything is
there that applying reads, and whether anybody deployed since. Then applies its plans, one stack after the other.`;

const title = 'Not deployed as a whole';

const text = { type: 'string', default: '' } as const;
const { values } = parseArgs({
  options: { release: text, sha256: text, environment: text, commit: text, work: text, help: { type: 'boolean' } },
});

if (values.help) console.log(help);
else process.exitCode = applyReviewed();

function applyReviewed(): number {
  if (!values.release || !values.sha256)
    return refuse(title, 'nothing was applied: GitHub kept back where the release lies, as it does where it sees a secret in an output.');
  try {
    const archive = join(values.work, 'release.tgz');
    const folder = join(values.work, 'release');
    getRelease(new URL(values.release), archive);
    const release = unpackRelease(archive, values.sha256, folder);
    const faults = [
      ...foreignFaults(release),
      ...release.stacks.flatMap((stack) => stackFaults(stack, join(folder, 'stacks', stack.name))),
      ...release.read.flatMap((stack) => stateFaults(stack, join(folder, 'stacks', stack.name))),
    ];
    if (faults.length > 0) return refuse(title, `nothing was applied: ${faults.join(' ')}`);
    console.log(`SHA-256 ${values.sha256}: what was reviewed. Applying ${namesOf(release.stacks)}.`);
    return applyAll(release, folder);
  } catch (error) {
    if (error instanceof ReleaseError) return refuse(title, `nothing was applied: ${error.message}`);
    throw error;
  }
}

function foreignFaults({ commit, environment, terraform: version, platform }: Release): string[] {
  const here = { commit: values.commit, environment: values.environment, ...terraformHere() };
  const planned: Readonly<Record<string, string>> = { commit, environment, terraform: version, platform };
  return Object.entries(here).flatMap(([name, value]) =>
    value === planned[name] ? [] : [`The ${name} is ${value}, and ${planned[name]} was planned.`],
  );
}

function stackFaults(stack: StackState, folder: string): string[] {
  const faults = stateFaults(stack, folder);
  if (faults.length > 0) return faults;
  const { name } = stack;
  const shown = terraform(folder, ['show', '-json', planFile]);
  if (shown.status !== 0) return [`the plan of ${name} cannot be read: ${errorLines(shown.stderr).join(' ')}`];
  const plan = JSON.parse(shown.stdout) as FilesPlan;
  return [...missingFilesOf(plan, folder), ...namedImageFaultsOf(plan, folder)].map((fault) => `${name}: ${fault.replace(/\.$/, '')}.`);
}

/** Of a stack that is applied, or that one of those was planned with: what it gave them then has to be what it gives them now. */
function stateFaults({ name, state }: StackState, folder: string): string[] {
  // By the lock file that planning left: the very same providers, or none.
  const init = terraform(folder, ['init', '-input=false', '-no-color', '-lockfile=readonly']);
  if (init.status !== 0) return [`${name} cannot be initialised: ${errorLines(init.stderr).join(' ')}`];
  const now = stateOf(folder);
  return now === state
    ? []
    : [`${name} was deployed since it was planned (its state is ${now}, and was ${state}). Start the workflow again.`];
}

function applyAll({ stacks }: Release, folder: string): number {
  for (const [index, { name }] of stacks.entries()) {
    console.log(`── ${name}`);
    const words = ['apply', '-input=false', '-no-color', planFile];
    const { status } = spawnSync('terraform', words, { cwd: join(folder, 'stacks', name), stdio: 'inherit' });
    if (status === 0) continue;
    const [before, after] = [stacks.slice(0, index), stacks.slice(index + 1)];
    return refuse(
      title,
      `${name} failed; its own words are above. Applied before it: ${namesOf(before)}. Not begun: ${namesOf(after)}. Once it is mended, start the workflow again: it plans anew.`,
    );
  }
  return 0;
}

function namesOf(stacks: Release['stacks']): string {
  return stacks.length === 0 ? 'none' : stacks.map(({ name }) => name).join(', ');
}
