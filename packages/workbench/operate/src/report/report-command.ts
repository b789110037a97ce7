import { writeFileSync } from 'node:fs';
import { createCommand, misuse } from '../command.ts';
import { periodHelp, periodOf, periodOptions } from '../cost/period.ts';
import { deployment } from '../deployment.ts';
import { placeHelp, placeOf, placeOptions } from '../place.ts';
import { readReport } from './read-report.ts';
import { renderReport } from './render-report.ts';

const usage = ['report [--out FILE] [--yesterday | --since DAY | --days N] [--names] [--with-text] [--local] [--json]'];

export const reportCommand = createCommand({
  usage,
  help: `Writes one page for whoever answers for Vera: questions, who asked and where, what came of them, how long people waited, what it cost, tools,
thumbs, budgets, and what Vera did not know. It needs no server, and holds no words of anybody's. What could not be read is said on it, and ends with 1.

  --out FILE        where it goes (vera-report.html)
${periodHelp}
  --names           asks Slack what people and channels are called, with the bot's token; ids otherwise
  --with-text       also what was asked that Vera did not know, and why people found answers bad: only for who may read it
${placeHelp}
  --json            the numbers, to standard output, for a program`,
  options: {
    ...placeOptions,
    ...periodOptions,
    out: { type: 'string' },
    names: { type: 'boolean' },
    'with-text': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async act({ out = 'vera-report.html', names = false, 'with-text': withText = false, json, ...values }, words) {
    if (words.length > 0) throw misuse('It takes options only.', { usage });
    const [place, now] = [placeOf(values), Date.now()];
    const limits = place.isLocal ? undefined : deployment().settings.budgets;
    const report = await readReport({ place, period: periodOf(values, now), now, withText, withNames: names, limits });
    if (json) process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
    else {
      // People's names and perhaps words: for whoever asked for it.
      writeFileSync(out, renderReport(report, { title: 'What Vera did' }), { mode: 0o600 });
      process.stdout.write(
        `${out}: ${report.questions} questions, ${report.from} to ${report.until}.\n${report.notes.map((note) => `  ${note}\n`).join('')}`,
      );
    }
    return report.isSeen ? 0 : 1;
  },
});
