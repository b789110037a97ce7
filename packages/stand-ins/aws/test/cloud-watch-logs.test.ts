import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { createTestClock } from '@vera/stand-in-kit/clock';
import { expect, it } from 'vitest';
import { createCallRecord } from '../src/call-record.ts';
import { type CloudWatchLogsParams, createCloudWatchLogs } from '../src/create-cloud-watch-logs.ts';
import { filterPatternOf } from '../src/logs/filter-pattern.ts';

const [group, stream] = ['/aws/lambda/receiver', '[$LATEST]'];

async function started(params: Partial<CloudWatchLogsParams> = {}) {
  const clock = createTestClock();
  const logs = await createCloudWatchLogs({ record: createCallRecord(), clock, mostASecond: 100, ...params });
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'none' };
  const client = new CloudWatchLogsClient({ endpoint: logs.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  return {
    ...logs,
    client,
    clock,
    line: (entry: unknown, at?: number) => logs.put({ group, stream, message: JSON.stringify(entry), ...(at === undefined ? {} : { at }) }),
    page: (input: Partial<FilterLogEventsCommandInput> = {}) => client.send(new FilterLogEventsCommand({ logGroupName: group, ...input })),
    async found(input: Partial<FilterLogEventsCommandInput> = {}) {
      const messages: (string | undefined)[] = [];
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName: group, ...input }))
        messages.push(...events.map(({ message }) => message));
      return messages;
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await logs[Symbol.asyncDispose]();
    },
  };
}

it('a line is found some time after it was written, behind a first page that is empty and not the last', async () => {
  await using logs = await started();
  logs.line({ event: 'question.recorded' });
  expect(await logs.found()).toEqual([]);
  await logs.clock.advance(1_000);
  const first = await logs.page();
  expect([first.events, first.nextToken !== undefined]).toEqual([[], true]);
  expect(await logs.found()).toEqual(['{"event":"question.recorded"}']);
});

it('pages hold a megabyte or ten thousand lines, in the order of time', async () => {
  await using logs = await started();
  const now = logs.clock.now();
  for (const at of [3, 1, 2]) logs.line({ at, text: 'x'.repeat(600_000) }, now + at);
  await logs.clock.advance(1_000);
  const { nextToken } = await logs.page();
  const second = await logs.page({ nextToken });
  expect([second.events?.length, second.nextToken !== undefined]).toEqual([1, true]);
  expect((await logs.found()).map((text) => (JSON.parse(text ?? '') as { at: number }).at)).toEqual([1, 2, 3]);
});

it('refuses what AWS refuses: a group that is not there, too many searches, a token of its own making', async () => {
  await using logs = await started({ mostASecond: 2 });
  await expect(logs.page({ logGroupName: 'nowhere' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  logs.line({ event: 'a' });
  await expect(logs.page({ nextToken: 'mine' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  await expect(logs.page()).rejects.toMatchObject({ name: 'ThrottlingException' });
  await logs.clock.advance(1_000);
  expect((await logs.page()).nextToken).toBeDefined();
});

it('names the groups that begin alike', async () => {
  await using logs = await started({ groups: ['/aws/lambda/a', '/aws/lambda/b', '/aws/other'] });
  const { logGroups = [] } = await logs.client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/' }));
  expect(logGroups.map(({ logGroupName }) => logGroupName)).toEqual(['/aws/lambda/a', '/aws/lambda/b']);
});

it('has at its next start what was written before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'logs-'));
  try {
    const before = await started({ folder });
    before.line({ event: 'early' });
    await before[Symbol.asyncDispose]();
    await using after = await started({ folder });
    await after.clock.advance(60_000);
    expect(await after.found()).toEqual(['{"event":"early"}']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it.each([
  ['{ ($.question = "q-1") && (($.level = "warn") || ($.level = "error")) }', [false, true, false]],
  ['{ $.question = "q-*" }', [true, true, true]],
  ['{ $.question != "q-1" }', [false, false, true]],
  ['{ $.error.name = "TypeError" }', [false, true, false]],
  ['', [true, true, true]],
])('the pattern %j finds what it says', (pattern, expected) => {
  const lines = [
    { question: 'q-1', level: 'info' },
    { question: 'q-1', level: 'warn', error: { name: 'TypeError' } },
    { question: 'q-2', level: 'error' },
  ];
  expect(lines.map((line) => filterPatternOf(pattern)(JSON.stringify(line)))).toEqual(expected);
});

it.each(['question = "q-1"', '{ $.question }', '{ $.question = "a" && }', '{ ($.a = "b" }', '{ $.count > 3 }'])(
  '%j is no pattern here',
  (pattern) => expect(() => filterPatternOf(pattern)).toThrow('Invalid filter pattern'),
);
