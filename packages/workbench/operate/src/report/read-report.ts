import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Period } from '../cost/period.ts';
import { readSpent } from '../cost/spent/read-spent.ts';
import { logGroupsOf } from '../logs/log-groups.ts';
import { readLog } from '../logs/read-log.ts';
import type { Place } from '../place.ts';
import { scanLedger } from '../questions/ledger-scan.ts';
import { noNames, readNames } from './read-names.ts';
import { type Report, type ReportParams, reportOf } from './report.ts';

export interface ReadReportParams {
  readonly place: Place;
  readonly period: Period;
  readonly now: number;
  readonly withText: boolean;
  /** Whether Slack is asked what people and channels are called. */
  readonly withNames: boolean;
  readonly limits?: ReportParams['limits'];
}

const events = ['tool.called', 'mcp.unavailable', 'status.told', 'reply.started', 'reply.finished', 'question.answered', 'question.leased'];
const pattern = `{ ${events.map((event) => `($.event = "${event}")`).join(' || ')} }`;

/** Reads the whole ledger once, and the lines of all components that a report needs. Rejects where the ledger cannot be read; else what is missing is said. */
export async function readReport({ place, period, now, withText, withNames, limits }: ReadReportParams): Promise<Report> {
  const client = new DynamoDBClient(place.clientOf('DYNAMODB'));
  const logs = new CloudWatchLogsClient({ ...place.clientOf('CLOUDWATCH_LOGS'), maxAttempts: 10 });
  try {
    const within = { filter: 'receivedAt BETWEEN :from AND :until', values: { ':from': period.from, ':until': period.until - 1 } };
    const { records } = await scanLedger({ client, tableName: place.nameOf('ledger') }, within);
    const spent = await readSpent({ place, period, now });
    const look = await groupsIn(place, logs, period);
    const ids = records.flatMap(({ question }) => [question.userId, ...(question.isDirect ? [] : [question.channelId])]);
    const names = withNames ? await readNames(place, ids) : noNames;
    const unseen = [...look.unseen, ...names.unseen];
    return reportOf({ period, now, records, lines: look.lines, spent, nameOf: names.nameOf, withText, limits, unseen });
  } finally {
    client.destroy();
    logs.destroy();
  }
}

async function groupsIn(place: Place, client: CloudWatchLogsClient, { from, until }: Period) {
  try {
    return await readLog(client, await logGroupsOf(place, client), { from, to: until, patterns: [pattern] });
  } catch (error) {
    return { lines: [], unseen: [`Logs: they could not be looked at (${error instanceof Error ? error.name : 'for no known reason'}).`] };
  }
}
