import { appendFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readPlans, stacksIn } from './plan/read-plans.ts';
import { allowingLabel, occasions } from './review/alerts.ts';
import { asComment, asSummary } from './review/fitting.ts';
import { reviewPlans } from './review/review-plans.ts';

const help = `Writes one pull-request comment about Terraform plans, for a person with a minute.

  node packages/plan-review/src/main.ts PLAN... [options]

PLAN is a file made by \`terraform show -json\`, named after its stack, or a folder of them (<stack>.json). What Terraform printed where it
could make no plan may lie beside them (<stack>.error.txt): the comment tells it, and the other stacks; and those that are deployed and that the settings name no longer (<stack>.left.txt).

  --out FILE          writes the comment there instead of to standard output
  --summary FILE      appends the same there, cut only to what GitHub takes as a step's summary; the comment then refers to it
  --manifest FILE     cdktf.out/manifest.json: stacks come in its order, and the comment names those without a plan
  --allow-data-loss   lets data loss pass (the workflow sets it from the label ${allowingLabel})
  --for WHAT          pull-request, or deployment: the run that applies these plans; who may allow the loss of data is told so. Or drift: nothing
                      is applied, and it ends with 4 where somebody changed something outside Terraform
  --help              this text

Ends with 0 when all is well, 1 when nothing can be reviewed, 2 when data would be lost and that is not allowed, 3 when a stack could not be
planned, 4 where something drifted and that is asked for.
`;

process.exitCode = main(process.argv.slice(2));

function main(words: string[]): number {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        summary: { type: 'string' },
        manifest: { type: 'string' },
        'allow-data-loss': { type: 'boolean', default: false },
        for: { type: 'string', default: 'pull-request' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      return 0;
    }
    if (positionals.length === 0) return refuse('Name a plan, or a folder of plans.');
    const isLossAllowed = values['allow-data-loss'];
    const expected = values.manifest === undefined ? [] : stacksIn(values.manifest);
    const { plans, unplanned, left } = readPlans(positionals);
    const occasion = occasions.find((one) => one === values.for);
    if (!occasion) return refuse(`--for takes ${occasions.join(', ')}.`);
    const given = { isLossAllowed, expected, unplanned, left, occasion } as const;
    const place = values.summary === undefined ? asComment : { ...asComment, rest: 'the summary of the run' };
    const { comment, verdict, losesData, hasDrifted } = reviewPlans(plans, { ...given, place });
    if (values.summary !== undefined) appendFileSync(values.summary, reviewPlans(plans, { ...given, place: asSummary }).comment);
    if (values.out === undefined) process.stdout.write(comment);
    else {
      writeFileSync(values.out, comment);
      console.log(verdict);
    }
    if (losesData && !isLossAllowed && occasion !== 'drift') {
      const how =
        occasion === 'deployment'
          ? `start the workflow by hand with ${allowingLabel}`
          : `put the label ${allowingLabel} on the pull request and plan again`;
      console.error(`Data would be lost. If that is meant, ${how}.`);
      return 2;
    }
    if (unplanned.length > 0) console.error(`Not planned: ${unplanned.map(({ stack }) => stack).join(', ')}. The comment says why.`);
    if (unplanned.length > 0) return 3;
    return occasion === 'drift' && hasDrifted ? 4 : 0;
  } catch (error) {
    return refuse(toSentence(error));
  }
}

function refuse(why: string): number {
  console.error(`plan-review: ${why}\nplan-review: --help says how it is called.`);
  return 1;
}

function toSentence(error: unknown): string {
  // Ours, of the file system, or of the command line; everything else is a fault of this program.
  if (error instanceof Error && 'code' in error) return error.message;
  throw error;
}
