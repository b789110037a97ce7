import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { QuestionRecord } from '@vera/ledger/ledger';
import { logGroupsOf } from '../logs/log-groups.ts';
import { queryOfQuestion } from '../logs/query-of-question.ts';
import { type LogLine, readLog } from '../logs/read-log.ts';
import type { Place } from '../place.ts';
import type { LedgerLook } from '../questions/ledger-scan.ts';
import { unfinished } from '../questions/open-records.ts';
import { earlierOf } from '../questions/standing.ts';
import type { Meant, Which } from '../questions/which-question.ts';

/** All that is on record of one question. */
export interface Known {
  readonly meant: Meant;
  /** None: no such question is in the ledger. */
  readonly record: QuestionRecord | undefined;
  /** Of the system on this machine. */
  readonly isLocal: boolean;
  /** The id of the question that its thread answers first, or that it is answered with. */
  readonly behind?: string | undefined;
  /** In the order of time. */
  readonly lines: readonly LogLine[];
  /** What could not be looked at, and why. */
  readonly unseen: readonly string[];
}

/** Reads the lines of all components about the question, or about the message that became none. */
export async function knownOf(
  place: Place,
  { ledger, logs }: { readonly ledger: LedgerLook; readonly logs: CloudWatchLogsClient },
  { meant, records: [record], isWhole }: Which,
): Promise<Known> {
  const behind = record?.state === 'received' ? earlierOf(record, await unfinished(ledger)) : undefined;
  const query = queryOfQuestion({ meant, records: record ? [record] : [] }, { now: Date.now() });
  const notWhole = isWhole ? [] : ['ledger: it is too large to be read to its end; a link to the message finds less of it.'];
  const { isLocal } = place;
  if (!query) return { meant, record, isLocal, behind, lines: [], unseen: notWhole };
  const groups = await logGroupsOf(place, logs);
  const { lines, unseen } = await readLog(logs, groups, query);
  return { meant, record, isLocal, behind, lines, unseen: [...notWhole, ...unseen] };
}
