import type { QuestionRecord } from '@vera/ledger/ledger';
import { withoutAnySecret } from '@vera/service-kit/secret-texts';
import { dayOf, daysIn, momentOf, type Period } from '../cost/period.ts';
import { isQuestion, type Spent } from '../cost/spent/spent.ts';
import type { DeployedSettings } from '../deployment.ts';
import type { LogLine } from '../logs/read-log.ts';
import { directMessages, placeOf, type ToolCall, type UnknownTopic, unknownTopics } from './unknown-topics.ts';

export interface ReportParams {
  readonly period: Period;
  readonly now: number;
  readonly records: readonly QuestionRecord[];
  /** What tools, first words and budgets say; in the order of time. */
  readonly lines: readonly LogLine[];
  readonly spent: Spent;
  /** What a person or a channel is called; an id stays where nobody knows. */
  readonly nameOf: (id: string) => string;
  /** Whether what people wrote may be shown. */
  readonly withText: boolean;
  readonly limits?: DeployedSettings['budgets'] | undefined;
  /** What could not be looked at, and why. */
  readonly unseen: readonly string[];
}

export interface Report {
  readonly from: string;
  readonly until: string;
  readonly questions: number;
  readonly people: number;
  readonly places: number;
  /** Of those that ended. */
  readonly outcomes: readonly Counted[];
  readonly reasons: readonly Counted[];
  readonly days: readonly DayOfReport[];
  readonly times: readonly Times[];
  readonly who: readonly Share[];
  readonly where: readonly Share[];
  readonly cost: Spent;
  readonly tools: readonly ToolUse[];
  /** Servers of tools that did not open, for how many questions. */
  readonly away: readonly Counted[];
  readonly feedback: { readonly good: number; readonly bad: number; readonly reasons: readonly string[] };
  readonly unknown: readonly UnknownTopic[];
  readonly budgets: readonly BudgetUse[];
  readonly notes: readonly string[];
  /** All that it is made of could be read. */
  readonly isSeen: boolean;
}

export interface Counted {
  readonly what: string;
  readonly count: number;
}

export interface DayOfReport {
  readonly day: string;
  readonly answered: number;
  /** Failed, stopped, refused. */
  readonly others: number;
  readonly open: number;
}

/** Milliseconds. */
export interface Times {
  readonly what: string;
  readonly middle: number;
  /** 95 of 100 were faster. */
  readonly slow: number;
  readonly of: number;
}

export interface Share {
  readonly name: string;
  readonly questions: number;
  readonly tokens: number;
  readonly dollars: number;
}

export interface ToolUse {
  readonly tool: string;
  readonly calls: number;
  readonly failed: number;
  readonly middle: number;
}

export interface BudgetUse {
  readonly of: 'person' | 'channel' | 'workspace';
  /** The most that one of them used in a day. */
  readonly most: number;
  readonly unit: 'tokens' | 'dollars';
  readonly limit: number | undefined;
}

/** All that a report says, from what is on record. No words of anybody's, unless told. */
export function reportOf(params: ReportParams): Report {
  const { period, spent, lines, nameOf, withText } = params;
  const records = params.records.filter(isQuestion);
  const calls = toolCallsIn(lines);
  const logged = new Set(lines.flatMap(({ entry }) => (typeof entry?.question === 'string' ? [entry.question] : [])));
  const bad = records.flatMap(({ feedbackReasons = {} }) => Object.values(feedbackReasons));
  const ratings = records.flatMap(({ feedback }) => Object.values(feedback));
  const count = (rating: 'good' | 'bad') => ratings.filter((each) => each === rating).length;
  return {
    from: momentOf(period.from),
    until: momentOf(period.until),
    questions: records.length,
    people: new Set(records.map(({ question }) => question.userId)).size,
    places: new Set(records.map(placeOf)).size,
    outcomes: counted(records.map(({ state }) => (state in ends ? state : 'open'))),
    reasons: counted(records.flatMap(({ state, reason }) => (state === 'failed' || state === 'refused' ? [reason ?? state] : []))),
    days: daysIn(period).map((day) => dayOfReport(day, records)),
    times: timesOf(lines, new Set(records.map(({ question }) => question.id))),
    who: shares(records, ({ question }) => nameOf(question.userId)),
    where: shares(records, (record) => placeName(placeOf(record), nameOf)),
    cost: spent,
    tools: toolUses(calls),
    away: awayIn(lines),
    feedback: { good: count('good'), bad: count('bad'), reasons: withText ? bad.map((reason) => withoutAnySecret(reason)) : [] },
    unknown: unknownTopics(records, { calls, cited: citedIn(lines), logged }, withText).map((topic) => ({
      ...topic,
      channel: placeName(topic.channel, nameOf),
    })),
    budgets: budgetsOf(records, params.limits),
    notes: notesOf(params, records, logged),
    isSeen: params.unseen.length === 0 && spent.runtime !== undefined,
  };
}

const ends = { answered: true, failed: true, stopped: true, refused: true };

function placeName(place: string, nameOf: (id: string) => string): string {
  return place === directMessages ? place : nameOf(place);
}

function counted(whats: readonly string[]): Counted[] {
  const groups = [...Map.groupBy(whats, (what) => what)].map(([what, all]) => ({ what, count: all.length }));
  return groups.sort((one, other) => other.count - one.count);
}

function dayOfReport(day: string, records: readonly QuestionRecord[]): DayOfReport {
  const own = records.filter(({ receivedAt }) => dayOf(receivedAt) === day);
  const answered = own.filter(({ state }) => state === 'answered').length;
  const open = own.filter(({ state }) => !(state in ends)).length;
  return { day, answered, open, others: own.length - answered - open };
}

function shares(records: readonly QuestionRecord[], of: (record: QuestionRecord) => string): Share[] {
  const groups = [...Map.groupBy(records, of)].map(([name, own]) => ({
    name,
    questions: own.length,
    tokens: sum(own.map(({ tokens = 0 }) => tokens)),
    dollars: sum(own.map(({ microDollars = 0 }) => microDollars)) / 1_000_000,
  }));
  return groups.sort((one, other) => other.questions - one.questions || other.dollars - one.dollars);
}

/** Which event tells it, of what. Slack's own clock runs until the first status. */
const timed = [
  ['first status', 'status.told'],
  ['first word', 'reply.started'],
  ['whole answer', 'question.answered'],
] as const;

function timesOf(lines: readonly LogLine[], ids: ReadonlySet<string>): Times[] {
  return timed.flatMap(([what, event]) => {
    // Of what waited for a person the time is theirs, too.
    const own = lines.flatMap(({ entry }) =>
      entry?.event === event && !entry.waited && ids.has(String(entry.question)) ? numberIn(entry.milliseconds) : [],
    );
    return own.length === 0 ? [] : [{ what, middle: part(own, 0.5), slow: part(own, 0.95), of: own.length }];
  });
}

function toolCallsIn(lines: readonly LogLine[]): ToolCall[] {
  return lines.flatMap(({ entry }) => {
    if (entry?.event !== 'tool.called' || typeof entry.question !== 'string') return [];
    const { question, tool, status, milliseconds, read } = entry;
    const [took = 0] = numberIn(milliseconds);
    return [{ question, tool: String(tool), isError: status === 'error', milliseconds: took, read: Array.isArray(read) ? read.length : 0 }];
  });
}

/** Each question once, however often it was told. */
function awayIn(lines: readonly LogLine[]): Counted[] {
  const told = lines.flatMap(({ entry }) => (entry?.event === 'mcp.unavailable' ? [`${entry.server} ${entry.question}`] : []));
  return counted([...new Set(told)].map((each) => each.split(' ')[0] ?? ''));
}

/** How many documents stood under an answer, by question; of a version that did not tell it, nothing. */
function citedIn(lines: readonly LogLine[]): ReadonlyMap<string, number> {
  const told = lines.flatMap(({ entry }) =>
    entry?.event === 'reply.finished' && typeof entry.question === 'string'
      ? numberIn(entry.sources).map((sources) => [entry.question as string, sources] as const)
      : [],
  );
  return new Map(told);
}

function toolUses(calls: readonly ToolCall[]): ToolUse[] {
  const groups = [...Map.groupBy(calls, ({ tool }) => tool)].map(([tool, own]) => ({
    tool,
    calls: own.length,
    failed: own.filter(({ isError }) => isError).length,
    middle: part(
      own.map(({ milliseconds }) => milliseconds),
      0.5,
    ),
  }));
  return groups.sort((one, other) => other.calls - one.calls);
}

/** The most of each kind in one day, beside what it may be. */
function budgetsOf(records: readonly QuestionRecord[], limits: ReportParams['limits']): BudgetUse[] {
  const owners = {
    person: ({ question }: QuestionRecord) => question.userId,
    channel: ({ question }: QuestionRecord) => question.channelId,
    workspace: ({ question }: QuestionRecord) => question.teamId,
  };
  return (['person', 'channel', 'workspace'] as const).flatMap((of) => {
    const groups = [...Map.groupBy(records, (record) => `${owners[of](record)} ${dayOf(record.receivedAt)}`).values()];
    const most = (amount: (record: QuestionRecord) => number) => Math.max(0, ...groups.map((own) => sum(own.map(amount))));
    const { tokensPerDay, dollarsPerDay } = limits?.[of] ?? {};
    const limitOf = (limit: number | 'off' | undefined) => (limit === 'off' ? undefined : limit);
    return [
      { of, unit: 'tokens' as const, most: most(({ tokens = 0 }) => tokens), limit: limitOf(tokensPerDay) },
      { of, unit: 'dollars' as const, most: most(({ microDollars = 0 }) => microDollars) / 1_000_000, limit: limitOf(dollarsPerDay) },
    ];
  });
}

function notesOf({ unseen, spent }: ReportParams, records: readonly QuestionRecord[], logged: ReadonlySet<string>): string[] {
  const missing = records.filter(({ question }) => !logged.has(question.id)).length;
  return [
    ...unseen,
    ...(missing > 0 ? [`Of ${missing} of the questions no log line was found: their tools, times and sources are not in here.`] : []),
    ...spent.notes,
  ];
}

function numberIn(value: unknown): number[] {
  return typeof value === 'number' && Number.isFinite(value) ? [value] : [];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** The smallest of which at least this share are no larger. */
function part(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
