import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCommand } from '../command.ts';
import { type Place, placeHelp, placeOf, placeOptions } from '../place.ts';
import { linkedMessage } from '../questions/permalink.ts';
import { meantHelp, whichQuestion } from '../questions/which-question.ts';
import { sinceOf } from '../since.ts';
import { UsageError } from '../usage-error.ts';
import { logGroupsOf } from './log-groups.ts';
import { type Level, levels, patternOf, patternsOf } from './log-patterns.ts';
import { type Bounds, patternsIn, queryOfQuestion } from './query-of-question.ts';
import { type LogLine, type LogLook, type LogQuery, readLog } from './read-log.ts';
import { isNoise, tellLine } from './tell-line.ts';

export const logsCommand = createCommand({
  usage: ['logs [--question QUESTION] [--thread LINK] [--person U…] [--level warn] [--since 2h] [--follow] [--json]'],
  help: `The lines of all components together, in the order of time, from CloudWatch Logs. Ends with 1 when a log could not be looked at.

  --question QUESTION   those about one question
  --thread LINK         those about a thread, by a link to one of its messages
  --person U…           those about what this person asked, or did
  --level LEVEL         as bad as this, or worse: ${levels.join(', ')}
  --since WHEN          from then on: 30m, 2h, 7d ago, or 2026-11-30T10:00Z (default: an hour ago; of a question, from its beginning)
  --follow              and those that come; Ctrl-C ends it
  --json                whole lines, as they were written
${placeHelp}

${meantHelp}`,
  options: {
    ...placeOptions,
    question: { type: 'string' },
    thread: { type: 'string' },
    person: { type: 'string' },
    level: { type: 'string' },
    since: { type: 'string' },
    follow: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  act: (values) => tellLogs(placeOf(values), values),
});

export interface LogsAsked {
  readonly question?: string | undefined;
  readonly thread?: string | undefined;
  readonly person?: string | undefined;
  readonly level?: string | undefined;
  readonly since?: string | undefined;
  readonly follow?: boolean | undefined;
  readonly json?: boolean | undefined;
}

interface Told {
  readonly tell: (line: string) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

const onTerminal = (): Told => {
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort());
  return { tell: (line) => void process.stdout.write(`${line}\n`), signal: stopped.signal };
};

/** Gives the status to end with. */
export async function tellLogs(place: Place, asked: LogsAsked, { tell, signal } = onTerminal()): Promise<number> {
  const client = new CloudWatchLogsClient({ ...place.clientOf('CLOUDWATCH_LOGS'), maxAttempts: 8 });
  const tellAll = ({ lines, unseen }: LogLook): boolean => {
    for (const line of lines) if (asked.json || !isNoise(line)) tell(asked.json ? line.message : tellLine(line));
    for (const words of unseen) process.stderr.write(`${words}\n`);
    return unseen.length === 0;
  };
  try {
    const groups = await logGroupsOf(place, client);
    const query = await queryFor(place, asked, (one) => readLog(client, groups, one));
    const first = await readLog(client, groups, query);
    const isWhole = tellAll(first);
    if (first.lines.length === 0 && !asked.follow && !asked.json) tell('No such line was written in that time.');
    if (asked.follow) await follow((from) => readLog(client, groups, withoutEnd(query, from)), first, { tellAll, signal });
    return isWhole ? 0 : 1;
  } finally {
    client.destroy();
  }
}

/** Between two looks, in milliseconds. */
const between = 2_000;
/** So late a line may arrive. */
const latest = 60_000;

interface Following {
  readonly tellAll: (look: LogLook) => boolean;
  readonly signal: AbortSignal;
}

async function follow(look: (from: number) => Promise<LogLook>, first: LogLook, { tellAll, signal }: Following): Promise<void> {
  const told = new Set(first.lines.map(keyOf));
  const missing = new Set(first.unseen);
  while (!signal.aborted) {
    await sleep(between, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const { lines, unseen } = await look(Date.now() - latest);
    tellAll({ lines: lines.filter((line) => !told.has(keyOf(line))), unseen: unseen.filter((words) => !missing.has(words)) });
    for (const line of lines) told.add(keyOf(line));
    for (const words of unseen) missing.add(words);
  }
}

function withoutEnd({ to: _, ...query }: LogQuery, from: number): LogQuery {
  return { ...query, from };
}

function keyOf({ component, at, message }: LogLine): string {
  return `${component} ${at} ${message}`;
}

const anHour = 3_600_000;

async function queryFor(place: Place, asked: LogsAsked, read: (query: LogQuery) => Promise<LogLook>): Promise<LogQuery> {
  const now = Date.now();
  const since = asked.since === undefined ? undefined : sinceOf(asked.since, now);
  const level = levelOf(asked.level);
  const thread = asked.thread === undefined ? undefined : linkedMessage(asked.thread);
  if (asked.thread !== undefined && !thread) throw new UsageError('--thread takes a link to a message of it, as Slack copies it.');
  const from = since ?? now - anHour;
  if (asked.question !== undefined) return queryAbout(place, asked.question, { since, level });
  const wanted = { ...(thread ? { thread } : {}), ...(level ? { level } : {}) };
  if (asked.person === undefined) return { from, ...patternsIn(patternOf(wanted)) };
  // Who asked stands in a few lines of a question; the others are found by its id.
  const { lines } = await read({ from, ...patternsIn(patternOf({ ...(thread ? { thread } : {}), person: asked.person })) });
  const questions = [...new Set(lines.flatMap(({ entry }) => (typeof entry?.question === 'string' ? [entry.question] : [])))];
  const own = patternOf({ ...wanted, person: asked.person });
  return { from, patterns: [...(own === undefined ? [] : [own]), ...patternsOf(questions, level)] };
}

async function queryAbout(place: Place, words: string, bounds: Omit<Bounds, 'now'>): Promise<LogQuery> {
  const client = new DynamoDBClient(place.clientOf('DYNAMODB'));
  try {
    const which = await whichQuestion({ client, tableName: place.nameOf('ledger') }, words);
    const query = queryOfQuestion(which, { ...bounds, now: Date.now() });
    if (!query) throw new UsageError('Nobody has asked anything yet.');
    return query;
  } finally {
    client.destroy();
  }
}

function levelOf(words: string | undefined): Level | undefined {
  const level = levels.find((one) => one === words);
  if (words !== undefined && !level) throw new UsageError(`--level takes ${levels.join(', ')}, not "${words}".`);
  return level;
}
