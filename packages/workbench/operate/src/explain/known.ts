import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { QuestionRecord } from '@vera/ledger/ledger';
import { logGroupsOf } from '../logs/log-groups.ts';
import { patternOf } from '../logs/log-patterns.ts';
import { type LogLine, type LogQuery, readLog } from '../logs/read-log.ts';
import type { Place } from '../place.ts';
import type { Meant, Which } from '../questions/which-question.ts';

/** All that is on record of one question. */
export interface Known {
  readonly meant: Meant;
  /** None: no such question is in the ledger. */
  readonly record: QuestionRecord | undefined;
  /** In the order of time. */
  readonly lines: readonly LogLine[];
  /** What could not be looked at, and why. */
  readonly unseen: readonly string[];
}

const aMinute = 60_000;
/** Slack delivers a message for the last time five minutes after the first. https://docs.slack.dev/apis/events-api */
const deliveries = 7 * aMinute;
/** Of a question that is over, what is noted after its answer. */
const after = 5 * aMinute;

/** Reads the lines of all components about the question, or about the message that became none. */
export async function knownOf(place: Place, client: CloudWatchLogsClient, { meant, records, isWhole }: Which): Promise<Known> {
  const [record] = records;
  const query = queryOf(meant, record);
  const notWhole = isWhole ? [] : ['ledger: it is too large to be read to its end; a link to the message finds less of it.'];
  if (!query) return { meant, record, lines: [], unseen: notWhole };
  const groups = await logGroupsOf(place, client);
  const { lines, unseen } = await readLog(client, groups, query);
  return { meant, record, lines, unseen: [...notWhole, ...unseen] };
}

function queryOf(meant: Meant, record: QuestionRecord | undefined): LogQuery | undefined {
  if (record) {
    const { question, receivedAt, closedAt } = record;
    const pattern = patternOf({ question: question.id });
    return {
      from: receivedAt - aMinute,
      ...(closedAt === undefined ? {} : { to: closedAt + after }),
      ...(pattern ? { patterns: [pattern] } : {}),
    };
  }
  if (meant.kind !== 'message') return undefined;
  const { channelId, messageTs } = meant.message;
  const sent = Number(messageTs) * 1_000;
  const pattern = patternOf({ message: { channelId, messageTs } });
  return { from: sent - aMinute, to: sent + deliveries, ...(pattern ? { patterns: [pattern] } : {}) };
}
