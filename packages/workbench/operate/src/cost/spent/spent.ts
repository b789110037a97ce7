import { keptDays } from '@vera/ledger/dynamo-inbox';
import { type QuestionRecord, unaddressed } from '@vera/ledger/ledger';
import { runtimeDollars } from '@vera/worker/env';
import { dayOf, daysIn, endOf, momentOf, type Period } from '../period.ts';
import type { Usage } from './usage-logs.ts';

export interface SpentParams {
  readonly period: Period;
  readonly now: number;
  readonly records: readonly QuestionRecord[];
  /** Why it could not be read, in words, where it could not. */
  readonly usage: Usage | string;
  readonly platform: 'v1' | 'v2';
  readonly by?: By | undefined;
}

export type By = 'person' | 'channel';

/** What questions came to, as the ledger has it: of its models alone. */
interface Models {
  readonly questions: number;
  readonly tokens: number;
  readonly dollars: number;
}

export interface Spent {
  readonly from: string;
  readonly until: string;
  readonly days: readonly DaySpent[];
  readonly total: Models;
  /** Undefined where it could not be read. */
  readonly runtime: RuntimeSpent | undefined;
  readonly by?: readonly (Models & { readonly who: string })[];
  /** What is not in these numbers, or not yet: a sentence each. */
  readonly notes: readonly string[];
}

interface DaySpent extends Models {
  readonly day: string;
  /** The day is over, and nothing of it may still come. */
  readonly isWhole: boolean;
  readonly runtimeDollars: number | undefined;
}

interface RuntimeSpent {
  readonly dollars: number;
  readonly cpuHours: number;
  readonly gigabyteHours: number;
  readonly sessions: number;
  readonly completeUntil: string;
}

/** A question counts on the day on which it was asked, a second of a session on its own. */
export function spentIn({ period, now, records: all, usage, platform, by }: SpentParams): Spent {
  const records = all.filter(isQuestion);
  const read = typeof usage === 'string' ? undefined : usage;
  const days = daysIn(period).map((day) => {
    const runtimeSum = read && sumOf(read.seconds.filter(({ at }) => dayOf(at) === day));
    return {
      day,
      isWhole: endOf(day) <= period.until && endOf(day) <= (read?.completeUntil ?? now) && !records.some((one) => isOpenOf(one, day)),
      ...modelsOf(records.filter(({ receivedAt }) => dayOf(receivedAt) === day)),
      runtimeDollars: runtimeSum && dollarsOf(runtimeSum, platform),
    };
  });
  return {
    from: momentOf(period.from),
    until: momentOf(period.until),
    days,
    total: modelsOf(records),
    runtime: read && runtimeOf(read, platform),
    ...(by === undefined ? {} : { by: byWhom(records, by) }),
    notes: notesOf({ period, now, records, usage }),
  };
}

/** Neither thanks nor a hint, which nobody answered, nor what was answered as a part of another. */
export function isQuestion({ reason, foldedInto }: QuestionRecord): boolean {
  if (foldedInto !== undefined) return false;
  return reason === undefined || !Object.values(unaddressed).some((each) => each === reason);
}

const isOpen = ({ closedAt }: QuestionRecord) => closedAt === undefined;

function isOpenOf(record: QuestionRecord, day: string): boolean {
  return isOpen(record) && dayOf(record.receivedAt) === day;
}

function modelsOf(records: readonly QuestionRecord[]): Models {
  const sum = (amount: (record: QuestionRecord) => number | undefined) => records.reduce((total, each) => total + (amount(each) ?? 0), 0);
  return { questions: records.length, tokens: sum(({ tokens }) => tokens), dollars: sum(({ microDollars }) => microDollars) / 1_000_000 };
}

function byWhom(records: readonly QuestionRecord[], by: By): NonNullable<Spent['by']> {
  const groups = Map.groupBy(records, ({ question }) => (by === 'person' ? question.userId : question.channelId));
  return [...groups].map(([who, theirs]) => ({ who, ...modelsOf(theirs) })).sort((one, other) => other.dollars - one.dollars);
}

type Sum = Pick<RuntimeSpent, 'cpuHours' | 'gigabyteHours'>;

function sumOf(seconds: Usage['seconds']): Sum {
  return seconds.reduce(
    (sum, { cpuHours, gigabyteHours }) => ({ cpuHours: sum.cpuHours + cpuHours, gigabyteHours: sum.gigabyteHours + gigabyteHours }),
    { cpuHours: 0, gigabyteHours: 0 },
  );
}

function dollarsOf({ cpuHours, gigabyteHours }: Sum, platform: 'v1' | 'v2'): number {
  return runtimeDollars({ cpuSeconds: cpuHours * 3600, seconds: 3600, gigabytes: gigabyteHours }, platform);
}

function runtimeOf({ seconds, completeUntil }: Usage, platform: 'v1' | 'v2'): RuntimeSpent {
  const sum = sumOf(seconds);
  const sessions = new Set(seconds.map(({ sessionId }) => sessionId)).size;
  return { dollars: dollarsOf(sum, platform), ...sum, sessions, completeUntil: momentOf(completeUntil) };
}

function notesOf({ period, now, records, usage }: Pick<SpentParams, 'period' | 'now' | 'records' | 'usage'>): string[] {
  const kept = now - keptDays * 86_400_000;
  const [open, atMost] = [records.filter(isOpen), records.filter(({ isAtMost }) => isAtMost)];
  const isToday = dayOf(now - 1) === dayOf(period.until - 1);
  return [
    ...(isToday ? [`${dayOf(now)} is not over: it is told until ${momentOf(now)}.`] : []),
    ...(typeof usage === 'string' ? [`What AgentCore cost could not be read: ${usage}`] : notesOfUsage(usage, period, records.length)),
    ...(open.length > 0 ? [`${open.length} of the questions ${open.length === 1 ? 'is' : 'are'} not over, and may cost more.`] : []),
    ...(atMost.length > 0 ? [`Of ${atMost.length} a model call broke off, or is under way: they came to no more than what is told.`] : []),
    ...(period.from < kept ? [`The ledger keeps a question for ${keptDays} days: those before ${momentOf(kept)} are not in here.`] : []),
    'Not in here: Lambda, DynamoDB, logs and what else bills by itself. pnpm vera cost estimate names it.',
  ];
}

function notesOfUsage({ seconds, completeUntil, latestBy, unreadable }: Usage, { until }: Period, questions: number): string[] {
  const late = latestBy > 60_000 ? `; one came ${Math.round(latestBy / 60_000)} minutes late` : '';
  return [
    ...(completeUntil < until
      ? [
          `AgentCore’s usage logs come hours late: they are complete until ${momentOf(completeUntil)}${late}. What is told of later is too little.`,
        ]
      : []),
    ...(seconds.length === 0 && questions > 0
      ? ['There is no usage log of any session, though questions were asked: are the runtime’s USAGE_LOGS delivered there?']
      : []),
    ...(unreadable > 0 ? [`${unreadable} entries of the usage logs have another shape, and are not counted.`] : []),
  ];
}
