// Tells what somebody changed outside of the code, against main: plans every stack, and fails where one drifted or could not be planned.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { planRound } from './release/planned-round.ts';
import { refuse } from './release/refuse.ts';
import { ReleaseError } from './release/release.ts';

const title = 'Drift';

const text = { type: 'string', default: '' } as const;
const { values } = parseArgs({ options: { work: text, summary: text, out: { type: 'string', default: 'cdktf.out' } } });

process.exitCode = tellDrift();

function tellDrift(): number {
  try {
    const plans = join(values.work, 'plans');
    const { left } = planRound(values.out, plans);
    const reviewer = join(import.meta.dirname, '../packages/plan-review/src/main.ts');
    const options = ['--for', 'drift', '--manifest', join(values.out, 'manifest.json')];
    const words = [reviewer, plans, ...options, '--out', join(values.work, 'review.md'), '--summary', values.summary];
    const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' });
    if (status === 0 && left.length === 0) return 0;
    if (status === 0)
      return refuse(title, `deployed, and named by the settings no longer: ${left.join(', ')}. The summary of the run says more.`);
    const why = { 3: 'a stack could not be planned.', 4: 'somebody changed something outside of the code.' }[status ?? 1];
    return refuse(title, `${why ?? 'the plans could not be reviewed.'} The summary of the run says more.`);
  } catch (error) {
    if (error instanceof ReleaseError) return refuse(title, error.message);
    throw error;
  }
}
