import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Place } from '../../place.ts';
import { scanLedger } from '../../questions/ledger-scan.ts';
import type { Period } from '../period.ts';
import { type By, type Spent, spentIn } from './spent.ts';
import { readUsage, type Usage } from './usage-logs.ts';

interface ReadSpentParams {
  readonly place: Place;
  readonly period: Period;
  readonly now: number;
  readonly by?: By | undefined;
}

/** Rejects where the ledger cannot be read; the usage logs may be missing, which is said. */
export async function readSpent({ place, period, now, by }: ReadSpentParams): Promise<Spent> {
  const client = new DynamoDBClient(place.clientOf('DYNAMODB'));
  try {
    const within = { filter: 'receivedAt BETWEEN :from AND :until', values: { ':from': period.from, ':until': period.until - 1 } };
    const scanned = await scanLedger({ client, tableName: place.nameOf('ledger') }, within);
    const { runsOn } = place;
    const usage = runsOn === 'lambda' ? onLambda : await usageOf(place, period, now);
    const spent = spentIn({ period, now, records: scanned.records, usage, platform: runsOn === 'v1' ? 'v1' : 'v2', by });
    return { ...spent, notes: [...spent.notes, ...notesOf(scanned)] };
  } finally {
    client.destroy();
  }
}

const onLambda = 'the worker runs on Lambda, which has no usage logs; CloudWatch’s Duration of the function says what it took.';

function notesOf({ isWhole, unreadable }: Awaited<ReturnType<typeof scanLedger>>): string[] {
  return [
    ...(isWhole ? [] : ['The ledger was too large to be read to its end: questions are missing.']),
    ...(unreadable > 0 ? [`${unreadable} questions of the ledger could not be read.`] : []),
  ];
}

/** In the stacks it is `stacks/worker/usage-logs.ts` that names the group. */
export function usageLogGroup(place: Pick<Place, 'nameOf'>): string {
  return `/aws/vendedlogs/bedrock-agentcore/${place.nameOf('usage')}`;
}

async function usageOf(place: Place, period: Period, now: number): Promise<Usage | string> {
  const group = usageLogGroup(place);
  const options = optionsOf(place);
  if (options === undefined) return 'the system on this machine has no CloudWatch Logs.';
  // Searches of a whole account share a limit a second, and a day has many pages.
  const client = new CloudWatchLogsClient({ ...options, maxAttempts: 10 });
  try {
    return await readUsage(client, group, period, now);
  } catch (error) {
    return wordsOf(error, group);
  } finally {
    client.destroy();
  }
}

function optionsOf(place: Place) {
  try {
    return place.clientOf('CLOUDWATCH_LOGS');
  } catch {
    return undefined;
  }
}

function wordsOf(error: unknown, group: string): string {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'ResourceNotFoundException':
      return `there is no log group ${group}. Remedy: usageLogs: 'on' in the settings, and pnpm cdktf deploy worker.`;
    case 'AccessDeniedException':
      return `you may not read ${group}. Remedy: sign in as who may logs:FilterLogEvents.`;
    default:
      return `CloudWatch Logs says ${name || String(error)}. Remedy: ask again in a minute.`;
  }
}
