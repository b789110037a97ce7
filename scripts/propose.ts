// The first half of a deployment: plans, reviews, and hands what was reviewed over to whoever passed the approval. `--help` says more.
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { planRound, type Round } from './release/planned-round.ts';
import { refuse } from './release/refuse.ts';
import { packRelease, ReleaseError } from './release/release.ts';
import { placeFor, putRelease } from './release/release-store.ts';
import { terraformHere } from './release/terraform-facts.ts';

const help = `Usage: node scripts/propose.ts --environment NAME --commit SHA --run ID --work FOLDER --summary FILE --outputs FILE

Synthesise first (pnpm synth). Plans every stack that can be planned now, appends the review to the summary, and puts the plans, with all that
applying them reads, beside the state. Outputs: changes (true or false), release, sha256, waiting (stacks that come after these).

  --allow-data-loss   lets a plan be approved that loses data
  --out FOLDER        the synthesised stacks (cdktf.out)`;

const reviewer = join(import.meta.dirname, '../packages/plan-review/src/main.ts');
/** The workflows' own roles: who deploys may not change them, so a person does, before the rest. */
const byHand = 'delivery';

const title = 'Nothing can be approved';

const text = { type: 'string', default: '' } as const;
const flag = { type: 'boolean', default: false } as const;
const { values } = parseArgs({
  options: {
    ...{ environment: text, commit: text, run: text, work: text, summary: text, outputs: text },
    ...{ 'allow-data-loss': flag, help: flag, out: { type: 'string', default: 'cdktf.out' } },
  },
});

if (values.help) console.log(help);
else process.exitCode = propose();

function propose(): number {
  try {
    const plans = join(values.work, 'plans');
    const round = planRound(values.out, plans);
    const refusal = reviewOf(round, plans) ?? faultOf(round);
    if (refusal !== undefined) return refuse(title, refusal);
    const isAnything = round.planned.some(({ changes }) => changes);
    const told = isAnything ? handOver(round) : { release: '', sha256: '' };
    const waiting = round.waiting.map(({ name }) => name).join(' ');
    appendFileSync(values.summary, summaryOf(round, told.sha256));
    appendFileSync(values.outputs, `changes=${isAnything}\nrelease=${told.release}\nsha256=${told.sha256}\nwaiting=${waiting}\n`);
    return 0;
  } catch (error) {
    if (error instanceof ReleaseError) return refuse(title, error.message);
    throw error;
  }
}

/** Why the review lets nobody approve; undefined where it does. */
function reviewOf({ planned, failed }: Round, plans: string): string | undefined {
  if (planned.length + failed.length === 0) return 'no stack could be planned.';
  const words = [plans, '--for', 'deployment', '--out', join(values.work, 'review.md'), '--summary', values.summary];
  const options = ['--manifest', join(values.out, 'manifest.json'), ...(values['allow-data-loss'] ? ['--allow-data-loss'] : [])];
  const { status } = spawnSync(process.execPath, [reviewer, ...words, ...options], { stdio: 'inherit' });
  if (status === 0) return undefined;
  const why: Readonly<Record<number, string>> = { 2: 'data would be lost.', 3: 'a stack could not be planned.' };
  return why[status ?? 1] ?? 'the plans could not be reviewed.';
}

function faultOf({ planned }: Round): string | undefined {
  if (planned.some(({ name, changes }) => name === byHand && changes))
    return `the roles of the workflows change first, and a person changes them: pnpm cdktf deploy ${byHand}. Then start this again.`;
  const missing = planned.flatMap((stack) => stack.missing);
  return missing.length === 0 ? undefined : `what was planned could not be applied. ${missing.join('. ')}.`;
}

function handOver({ planned }: Round): { release: string; sha256: string } {
  const changing = planned.filter(({ changes }) => changes);
  const upstreams = new Set(changing.flatMap((stack) => stack.upstreams));
  const reading = planned.filter(({ name, changes }) => !changes && upstreams.has(name));
  const [stacks = [], read = []] = [changing, reading].map((some) => some.map(({ name, state }) => ({ name, state })));
  const archive = join(values.work, 'release.tgz');
  const folder = join(values.work, 'release');
  const { commit, environment, out } = values;
  const sha256 = packRelease({ commit, environment, ...terraformHere(), stacks, read }, { out, folder, archive });
  const place = placeFor(out, stacks[0]?.name ?? '', `${values.run}/${sha256}.tgz`);
  putRelease(place, archive);
  return { release: place.href, sha256 };
}

function summaryOf({ planned, waiting }: Round, sha256: string): string {
  const applied = planned.filter(({ changes }) => changes).map(({ name }) => name);
  const lines = [
    applied.length === 0
      ? 'Nothing is to be applied.'
      : `**An approval applies exactly this**, in this order: ${applied.join(', ')}. With archives and the image’s sources it has the SHA-256 \`${sha256}\`, which is checked before the first of them.`,
    ...waiting.map(
      ({ name, upstream }) =>
        `**${name}** reads what ${upstream} changes: it is planned and reviewed after that, before an approval of its own.`,
    ),
  ];
  return `\n${lines.join('\n\n')}\n`;
}
