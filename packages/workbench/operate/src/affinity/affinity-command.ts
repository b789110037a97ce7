import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCommand, misuse } from '../command.ts';
import { type Period, periodHelp, periodOf, periodOptions } from '../cost/period.ts';
import { type Place, placeHelp, placeOf, placeOptions } from '../place.ts';
import { scanLedger } from '../questions/ledger-scan.ts';
import { trafficIn, trafficOf } from './read-traffic.ts';
import { affinityOf, tellAffinity } from './tell-affinity.ts';

const usage = ['affinity [--log FILE | --days N | --since DAY | --yesterday] [--platform v1|v2] [--local] [--json]'];
/** Of the function, where no settings are at hand: what they have unless told. */
const gigabytes = 2;

export const affinityCommand = createCommand({
  usage,
  help: `Replays who asked when and where, and tells for each way to share sessions (message, thread, channel, user, workspace) and each idle time
how many sessions start, the GB hours and the money, on both versions of AgentCore and on Lambda; and which is best. Changes nothing.

  --log FILE        a line of JSON a question: {"at":"2026-11-30T09:12:00Z","user":"U1","channel":"C1","thread":"1764494000.1","seconds":40};
                    otherwise what the ledger has of
${periodHelp}
  --platform v1|v2  for which it advises (v2)
${placeHelp}
  --json            for a program`,
  options: { ...placeOptions, ...periodOptions, log: { type: 'string' }, platform: { type: 'string' }, json: { type: 'boolean' } },
  async act({ log, platform = 'v2', json, ...values }, words) {
    if (words.length > 0) throw misuse('It takes options only.', { usage });
    if (platform !== 'v1' && platform !== 'v2') throw misuse('--platform is v1 or v2.', { usage });
    const asked = log === undefined ? trafficOf(await recordsOf(placeOf(values), periodOf(values, Date.now()))) : trafficIn(log);
    const affinity = affinityOf(asked, platform, gigabytes);
    process.stdout.write(json ? `${JSON.stringify(affinity, undefined, 2)}\n` : tellAffinity(affinity));
    return asked.length > 0 ? 0 : 1;
  },
});

async function recordsOf(place: Place, { from, until }: Period) {
  const client = new DynamoDBClient(place.clientOf('DYNAMODB'));
  try {
    const within = { filter: 'receivedAt BETWEEN :from AND :until', values: { ':from': from, ':until': until - 1 } };
    const { records, isWhole } = await scanLedger({ client, tableName: place.nameOf('ledger') }, within);
    if (!isWhole) process.stderr.write('The ledger was too large to be read to its end: questions are missing.\n');
    return records;
  } finally {
    client.destroy();
  }
}
