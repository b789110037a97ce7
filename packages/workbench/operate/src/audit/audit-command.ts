import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { linesFrom } from '@vera/audit/dynamo-chain';
import { headsIn } from '@vera/audit/dynamo-heads';
import type { Line } from '@vera/audit/line';
import { verify } from '@vera/audit/verify';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { createCommand, misuse, wrongWord } from '../command.ts';
import { type Place, placeHelp, placeOf, placeOptions } from '../place.ts';
import { csvOf, exportedLines, toldLine } from './exported-lines.ts';

const usage = ['audit verify [--json]', 'audit export [--change WHAT] [--question q-…] [--from DAY] [--to DAY] [--csv | --json]'];

export const auditCommand = createCommand({
  usage,
  help: `Who did what with whose rights (docs/audit.md). verify tells whether a line was removed, changed, swapped or forked, and ends with 1 where one was;
export writes the lines of some days, unverified.

  --change WHAT          only of the change that made it: PAY-1441, a link to it, a page's title; who asked, who said yes, and when
  --question q-…         only of that question
  --from DAY, --to DAY   such as 2026-11-30, of UTC, both included; all that are there otherwise
  --csv                  for a spreadsheet
  --json                 for a program
${placeHelp}`,
  options: {
    ...placeOptions,
    ...{ change: { type: 'string' }, question: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
    ...{ csv: { type: 'boolean' }, json: { type: 'boolean' } },
  },
  async act(values, words) {
    const what = words.join(' ');
    if (what !== 'verify' && what !== 'export') throw wrongWord(what, ['verify', 'export'], { usage });
    for (const day of [values.from, values.to])
      if (day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(day)) throw misuse(`"${day}" is no day such as 2026-11-30.`, { usage });
    const place = placeOf(values);
    if (what === 'verify') return tellVerified(await verifiedIn(place), values.json === true);
    const lines = exportedLines(await linesIn(place), values);
    if (values.csv) process.stdout.write(csvOf(lines));
    else if (values.json) process.stdout.write(`${JSON.stringify(lines, undefined, 2)}\n`);
    else process.stdout.write(lines.map((line) => `${toldLine(line)}\n`).join(''));
    if (lines.length > 0 || (values.change === undefined && values.question === undefined)) return 0;
    process.stderr.write(
      'No line tells of that. Lines are kept for audit.days; of what people did themselves, without Vera, there are none.\n',
    );
    return 1;
  },
});

type Where = Pick<Place, 'nameOf' | 'clientOf'>;

export async function verifiedIn(place: Where, now = Date.now()): Promise<ReturnType<typeof verify>> {
  // Before the lines, of which there may be more by then.
  const heads = await headsIn(tableOf(place, 'audit-heads'));
  return verify(await linesIn(place), heads, now);
}

export async function linesIn(place: Where): Promise<readonly Line[]> {
  return Array.fromAsync(linesFrom(tableOf(place, 'audit'), 1));
}

function tableOf({ nameOf, clientOf }: Where, role: string) {
  return { dynamoDb: sdkDynamoDb(new DynamoDBClient(clientOf('DYNAMODB'))), tableName: nameOf(role) };
}

function tellVerified({ findings, facts }: ReturnType<typeof verify>, isJson: boolean): number {
  const well = 'Nothing is missing, changed, swapped or forked, as far as lines and copied heads can tell.';
  const words = [...facts, ...(findings.length === 0 ? [well] : findings)].map((line) => `${line}\n`).join('');
  process.stdout.write(isJson ? `${JSON.stringify({ findings, facts }, undefined, 2)}\n` : words);
  return findings.length === 0 ? 0 : 1;
}
