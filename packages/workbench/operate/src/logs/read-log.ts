import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { isSignedOut, signedOutWords } from '../sign-in.ts';
import type { LogGroup } from './log-groups.ts';
import { createSearchPace } from './search-pace.ts';

/** One line of a component. */
export interface LogLine {
  readonly component: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Tells it from any other line of its group. */
  readonly id: string;
  readonly message: string;
  /** What it says, where it is one of ours; Lambda writes lines of its own, such as that a function took too long. */
  readonly entry: Readonly<Record<string, unknown>> | undefined;
}

export interface LogLook {
  /** In the order of time. */
  readonly lines: readonly LogLine[];
  /** What could not be looked at, and what to do about it. */
  readonly unseen: readonly string[];
}

export interface LogQuery {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to?: number;
  /** Each by CloudWatch's syntax; a line fits if one of them does. None: every line. */
  readonly patterns?: readonly string[];
}

/** The lines of all groups together. Never rejects because of one of them: what is missing is said. */
export async function readLog(client: CloudWatchLogsClient, groups: readonly LogGroup[], query: LogQuery): Promise<LogLook> {
  const lines = new Map<string, LogLine>();
  const unseen = groups.some(({ component }) => component === 'worker') ? [] : [noWorker];
  for (const group of groups) {
    try {
      for (const pattern of query.patterns ?? [undefined])
        for await (const line of linesOf(client, group, { ...query, pattern })) lines.set(`${group.name} ${line.id}`, line);
    } catch (error) {
      unseen.push(unseenWords(group, error));
    }
  }
  return { lines: [...lines.values()].sort((one, other) => one.at - other.at), unseen };
}

const noWorker = 'worker: it has no log yet: nothing was written since it was deployed, or it is not deployed in this region.';

type OneQuery = Omit<LogQuery, 'patterns'> & { readonly pattern: string | undefined };

/** Of all that this process reads: what AWS limits are the searches of an account. */
const inTurn = createSearchPace();

/** Pages may be empty and not be the last. */
async function* linesOf(
  client: CloudWatchLogsClient,
  { component, name }: LogGroup,
  { from, to, pattern }: OneQuery,
): AsyncGenerator<LogLine> {
  const search = {
    logGroupName: name,
    startTime: from,
    ...(to === undefined ? {} : { endTime: to }),
    ...(pattern ? { filterPattern: pattern } : {}),
  };
  let nextToken: string | undefined;
  do {
    const page = new FilterLogEventsCommand({ ...search, nextToken });
    const { events = [], nextToken: next } = await inTurn(() => client.send(page));
    for (const { eventId = '', timestamp = 0, message = '' } of events)
      yield { component, id: eventId, message: message.trimEnd(), ...read(message, timestamp) };
    nextToken = next;
  } while (nextToken);
}

function read(message: string, timestamp: number): Pick<LogLine, 'at' | 'entry'> {
  try {
    const entry: unknown = JSON.parse(message);
    if (typeof entry !== 'object' || entry === null || !('event' in entry)) return { at: timestamp, entry: undefined };
    const { time } = entry as { readonly time?: unknown };
    const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
    return { at: Number.isNaN(at) ? timestamp : at, entry: entry as LogLine['entry'] };
  } catch {
    return { at: timestamp, entry: undefined };
  }
}

/** What keeps a group from being seen, in words; never as if it had nothing to say. */
function unseenWords({ component, name }: LogGroup, error: unknown): string {
  const kind = error instanceof Error ? error.name : String(error);
  const why = isSignedOut(error) ? signedOutWords(error) : (remedies[kind] ?? `${kind}: ${error instanceof Error ? error.message : ''}`);
  return `${component}: its log could not be looked at (${name}): ${why}`;
}

const remedies: Readonly<Record<string, string>> = {
  AccessDeniedException: 'your AWS credentials lack logs:FilterLogEvents on it.',
  ResourceNotFoundException: 'there is none yet, or its component is not deployed in this region.',
  ThrottlingException: 'AWS refused too many searches in this account; ask again in a minute.',
};
