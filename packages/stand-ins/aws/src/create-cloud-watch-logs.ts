import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { type AwsOperation, answerAws } from './answer-aws.ts';
import { AwsError } from './aws-error.ts';
import type { CallRecord } from './call-record.ts';
import { type AwsFault, createFaults } from './faults.ts';
import { filterPatternOf } from './logs/filter-pattern.ts';
import { createKeptEvents, type LogEvent } from './logs/kept-events.ts';
import { arnOf, defaultPlace, type Place } from './place.ts';

export interface CloudWatchLogsParams extends Partial<Place> {
  readonly port?: number;
  readonly record: CallRecord;
  readonly clock?: Clock;
  /** What is there before anything is written. */
  readonly groups?: readonly string[];
  /** Milliseconds until a line is found: seconds in AWS. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData_LiveTail.html */
  readonly arrivesAfter?: number;
  /** Searches a second, of the whole account: five. https://repost.aws/knowledge-center/cloudwatch-logs-throttling */
  readonly mostASecond?: number;
  /** Lines are kept in this folder, too. */
  readonly folder?: string;
}

export interface CloudWatchLogsEmulator extends Listening {
  /** A line of a group that is made with it. */
  put(line: PutLine): void;
  inject(fault: AwsFault): void;
}

interface PutLine {
  readonly group: string;
  readonly stream: string;
  readonly message: string;
  readonly at?: number;
  /** When a search finds it first, of what AWS delivers hours late. */
  readonly foundFrom?: number;
}

type Input = Readonly<Record<string, unknown>>;

/** A page: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const mostBytes = 1_048_576;
const mostEvents = 10_000;

/** FilterLogEvents and DescribeLogGroups of CloudWatch Logs. What asks for more is refused. */
export async function createCloudWatchLogs(params: CloudWatchLogsParams): Promise<CloudWatchLogsEmulator> {
  const { record, clock = realClock, arrivesAfter = 1_000, mostASecond = 5 } = params;
  const place = { ...defaultPlace, ...params };
  const faults = createFaults();
  const kept = createKeptEvents(params.folder);
  const groups = new Set([...(params.groups ?? []), ...kept.all.map(({ group }) => group)]);
  const searches: number[] = [];

  async function operationOf(request: Request): Promise<AwsOperation> {
    const name = request.headers.get('x-amz-target')?.replace(/^Logs_20140328\./, '') ?? '';
    const input = (await request.json()) as Input;
    const answer = { FilterLogEvents: () => found(input), DescribeLogGroups: () => described(input) }[name];
    if (!answer) throw new AwsError(400, 'UnknownOperationException', `Unknown: ${name}`);
    const resource = arnOf('logs', place, `log-group:${input.logGroupName ?? input.logGroupNamePrefix ?? ''}:*`);
    return {
      name,
      needs: [{ action: `logs:${name}`, resource }],
      answer: () => Response.json(answer(), { headers: { 'content-type': 'application/x-amz-json-1.1' } }),
    };
  }

  function found(input: Input) {
    takeTurn(searches, clock.now(), mostASecond);
    const group = String(input.logGroupName ?? '');
    refuseUnknown(input, ['logGroupName', 'startTime', 'endTime', 'filterPattern', 'nextToken', 'limit']);
    if (!groups.has(group)) throw new AwsError(400, 'ResourceNotFoundException', 'The specified log group does not exist.');
    const [from, to, limit] = [number(input.startTime, 0), number(input.endTime, clock.now() + 1), number(input.limit, mostEvents)];
    if (limit < 1 || limit > mostEvents) throw new AwsError(400, 'InvalidParameterException', 'limit has to be from 1 to 10000');
    if (from > to) throw new AwsError(400, 'InvalidParameterException', 'startTime is behind endTime');
    const fits = filterPatternOf(String(input.filterPattern ?? ''));
    const all = kept.all
      .filter((event) => event.group === group && event.at >= from && event.at <= to && event.foundFrom <= clock.now())
      .filter(({ message }) => fits(message))
      .sort((one, other) => one.at - other.at);
    return pageOf(all, { limit, token: input.nextToken });
  }

  function described(input: Input) {
    refuseUnknown(input, ['logGroupNamePrefix', 'limit', 'nextToken']);
    const named = [...groups].filter((group) => group.startsWith(String(input.logGroupNamePrefix ?? ''))).sort();
    return { logGroups: named.map((logGroupName) => ({ logGroupName, arn: arnOf('logs', place, `log-group:${logGroupName}:*`) })) };
  }

  const server = await listen(answerAws({ service: 'logs', record, clock, faults, operationOf }), params.port);
  return {
    ...server,
    put({ group, stream, message, at = clock.now(), foundFrom = clock.now() + arrivesAfter }) {
      groups.add(group);
      kept.add({ group, stream, at, foundFrom, message });
    },
    inject: faults.inject,
  };
}

interface Asked {
  readonly limit: number;
  readonly token: unknown;
}

/** The first page is empty, and not the last: AWS reads for a while, and gives what it has found by then, which may be nothing. */
function pageOf(all: readonly LogEvent[], { limit, token }: Asked) {
  if (token === undefined) return { events: [], searchedLogStreams: [], nextToken: 'from-0' };
  const [, start] = /^from-(\d+)$/.exec(String(token)) ?? [];
  if (start === undefined) throw new AwsError(400, 'InvalidParameterException', 'The specified nextToken is invalid.');
  const events: LogEvent[] = [];
  let bytes = 0;
  for (const event of all.slice(Number(start), Number(start) + limit)) {
    bytes += Buffer.byteLength(event.message);
    if (events.length > 0 && bytes > mostBytes) break;
    events.push(event);
  }
  const next = Number(start) + events.length;
  return {
    events: events.map(({ stream, at, foundFrom, message }, index) => ({
      logStreamName: stream,
      timestamp: at,
      ingestionTime: foundFrom,
      message,
      eventId: String(Number(start) + index).padStart(20, '0'),
    })),
    searchedLogStreams: [],
    ...(next < all.length ? { nextToken: `from-${next}` } : {}),
  };
}

function takeTurn(searches: number[], now: number, mostASecond: number): void {
  while ((searches[0] ?? now) <= now - 1_000) searches.shift();
  if (searches.length >= mostASecond) throw new AwsError(400, 'ThrottlingException', 'Rate exceeded');
  searches.push(now);
}

function refuseUnknown(input: Input, known: readonly string[]): void {
  const unknown = Object.keys(input).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new AwsError(400, 'InvalidParameterException', `This stand-in does not know ${unknown.join(', ')}`);
}

function number(value: unknown, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw new AwsError(400, 'InvalidParameterException', 'not a time');
  return value;
}
