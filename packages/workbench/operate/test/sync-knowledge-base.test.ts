import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BedrockAgentClient } from '@aws-sdk/client-bedrock-agent';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createIngestion } from '@vera/bedrock-stand-in/create-ingestion';
import type { DataSourcePlan, JobPlan } from '@vera/bedrock-stand-in/knowledge/ingestion-jobs';
import { createTestClock, realClock } from '@vera/stand-in-kit/clock';
import { describe, expect, test } from 'vitest';
import { syncKnowledgeBase } from '../src/kb/sync-knowledge-base.ts';

const knowledgeBaseId = 'NORTHWIND1';
const credentials = { accessKeyId: 'somebody', secretAccessKey: 'x' };
const fine: JobPlan = { statistics: { numberOfDocumentsScanned: 10, numberOfNewDocumentsIndexed: 2 } };
const source = (number: number, ...jobs: JobPlan[]): DataSourcePlan => ({ id: `SOURCE000${number}`, name: `Source ${number}`, jobs });

async function start(dataSources: readonly DataSourcePlan[]) {
  const clock = createTestClock();
  const record = createCallRecord();
  const aws = await createIngestion({ record, knowledgeBaseId, dataSources, clock });
  const client = new BedrockAgentClient({ endpoint: aws.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  const lines: string[] = [];
  const parts = {
    ...{ client, knowledgeBaseId, signal: new AbortController().signal },
    tell: (line: string) => void lines.push(line),
    sleep: (milliseconds: number) => clock.advance(milliseconds),
  };
  return {
    ...{ aws, lines, record, clock },
    sync: (more: Partial<typeof parts> = {}) => syncKnowledgeBase({ ...parts, ...more }),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await aws[Symbol.asyncDispose]();
    },
  };
}

describe('M15 a sync', () => {
  test('has one source after the other read, all pages of them, and tells how far it is', async () => {
    await using started = await start([source(1, fine), source(2, fine), source(3, fine)]);
    expect(await started.sync()).toBe(true);
    expect(started.aws.jobs.all.map(({ dataSourceId }) => dataSourceId)).toEqual(['SOURCE0001', 'SOURCE0002', 'SOURCE0003']);
    expect(started.lines[0]).toBe('Source 1: job JOB0000001 began.');
    expect(started.lines).toContain('Source 1: IN_PROGRESS: 5 scanned, 1 new');
    expect(started.lines.at(-1)).toBe('Source 3: COMPLETE: 10 scanned, 2 new');
    expect(new Set(started.record.calls.map(({ action }) => action))).toEqual(
      new Set(['bedrock:ListDataSources', 'bedrock:StartIngestionJob', 'bedrock:GetIngestionJob']),
    );
  });

  test('waits for a job that runs already, of whichever source, follows it, and then reads what changed since', async () => {
    await using started = await start([source(1, fine), source(2, fine), source(3, { ...fine, seconds: 300 }, fine)]);
    started.aws.jobs.start('SOURCE0003');
    expect(await started.sync()).toBe(true);
    expect(started.lines[0]).toBe('Source 3: job JOB0000001 runs already; ours waits for it.');
    expect(started.lines.indexOf('Source 3: COMPLETE: 10 scanned, 2 new')).toBeLessThan(
      started.lines.indexOf('Source 1: job JOB0000002 began.'),
    );
    expect(started.aws.jobs.all.map(({ dataSourceId }) => dataSourceId.at(-1))).toEqual(['3', '1', '2', '3']);
  });

  test('that may not look for the job in its way says what AWS says', async () => {
    await using started = await start([source(1, fine)]);
    started.aws.inject({ kind: 'denied', operation: 'ListIngestionJobs' });
    started.aws.jobs.start('SOURCE0001');
    expect(await started.sync()).toBe(false);
    expect(started.lines).toEqual([expect.stringMatching(/^Source 1: FAILED, AccessDeniedException: /)]);
  });

  test('that ends with documents left out has failed, and names each with the reason', async () => {
    const reasons = [
      '["Encountered error: Ignored 2 files as their size was too large. [Files: s3://docs/a, b.pdf, s3://docs/c.pdf]. Split them."]',
      'Encountered error: no text. Issue occurred while processing file: s3://docs/d.txt. Call to the store did not succeed.',
    ];
    const statistics = { numberOfDocumentsScanned: 10, numberOfDocumentsFailed: 4 };
    await using started = await start([source(1, { statistics, failureReasons: reasons }), source(2, fine)]);
    expect(await started.sync()).toBe(false);
    const failed = started.lines.filter((line) => line.includes('FAILED'));
    expect(failed.map((line) => /FAILED (s3:\/\/.*?): /.exec(line)?.[1])).toEqual([
      's3://docs/a, b.pdf',
      's3://docs/c.pdf',
      's3://docs/d.txt',
      undefined,
    ]);
    expect(failed[0]).toContain('Ignored 2 files as their size was too large.');
    expect(failed[3]).toMatch(/FAILED: 1 of 4 documents are not named here; look in the log group .*NORTHWIND1$/);
    expect(started.lines.at(-1)).toBe('Source 2: COMPLETE: 10 scanned, 2 new');
  });

  test.each([
    [{ ends: 'FAILED', failureReasons: ['The role may not read the bucket.'] }, 'Source 1: FAILED: The role may not read the bucket.'],
    [{ ends: 'FAILED' }, 'Source 1: FAILED: AWS says no reason; look in the log group'],
    [{ ends: 'STOPPED', statistics: { numberOfDocumentsScanned: 3 } }, 'Source 1: STOPPED: AWS says no reason'],
  ] as const)('that does not end well has failed: %j', async (plan, words) => {
    await using started = await start([source(1, plan), source(2, fine)]);
    expect(await started.sync()).toBe(false);
    expect(started.lines.some((line) => line.startsWith(words))).toBe(true);
    expect(started.lines.at(-1)).toBe('Source 2: COMPLETE: 10 scanned, 2 new');
  });

  test('that scanned nothing warns, and one that deleted tells how many', async () => {
    const deleting = { statistics: { numberOfDocumentsScanned: 6, numberOfDocumentsDeleted: 4 } };
    await using started = await start([source(1, {}), source(2, deleting)]);
    expect(await started.sync()).toBe(true);
    expect(started.lines.find((line) => line.includes('WARNING'))).toMatch(/^Source 1: WARNING: not one document was scanned\./);
    expect(started.lines.at(-1)).toBe('Source 2: COMPLETE: 6 scanned, 4 deleted');
  });

  test('of a base without a source has nothing to read, and says so', async () => {
    await using started = await start([]);
    expect(await started.sync()).toBe(false);
    expect(started.lines).toEqual(['WARNING: it has no data source, so there is nothing to read.']);
  });

  test('goes on where AWS does not answer for a while, and ends where it never does', async () => {
    await using started = await start([source(1, fine)]);
    for (let count = 0; count < 5; count += 1) started.aws.inject({ kind: 'throttled', operation: 'GetIngestionJob' });
    expect(await started.sync()).toBe(true);
    for (let count = 0; count < 6; count += 1) started.aws.inject({ kind: 'unavailable', operation: 'GetIngestionJob' });
    expect(await started.sync()).toBe(false);
  });
});

test('`vera kb sync` stops looking with Ctrl-C, says that the job goes on, and it does', async () => {
  await using aws = await createIngestion({
    record: createCallRecord(),
    knowledgeBaseId,
    dataSources: [source(1, fine)],
    clock: realClock,
  });
  const environment = {
    AWS_ENDPOINT_URL_BEDROCK_AGENT: aws.url,
    AWS_ACCESS_KEY_ID: 'somebody',
    AWS_SECRET_ACCESS_KEY: 'x',
  };
  const vera = fileURLToPath(new URL('../src/vera.ts', import.meta.url));
  const args = [vera, 'kb', 'sync', '--knowledge-base', knowledgeBaseId, '--region', 'us-east-1'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (text.includes('began')) child.kill('SIGINT');
    });
  expect(await once(child, 'close')).toEqual([130, null]);
  expect(output).toMatch(/^NORTHWIND1: Source 1: job JOB0000001 began\.\nNORTHWIND1: I stop looking\. What runs in AWS goes on/);
  expect(aws.jobs.list('SOURCE0001')).toMatchObject([{ status: expect.stringMatching(/STARTING|IN_PROGRESS/) }]);
});
