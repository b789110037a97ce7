import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { listen } from '@vera/stand-in-kit/listen';
import { expect, it } from 'vitest';
import { readUsage } from '../../src/cost/spent/usage-logs.ts';

const hour = 3_600_000;
const from = Date.UTC(2026, 10, 30);
const period = { from, until: from + 24 * hour };

/** As AgentCore writes it: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-runtime-metrics.html */
function second(sessionId: string, at: number, lateBy = 60_000) {
  const message = JSON.stringify({
    resource_arn: 'arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/vera-abc',
    event_timestamp: at,
    resource: { 'cloud.provider': 'aws', 'service.name': 'AgentCore.Runtime', 'cloud.region': 'us-east-1' },
    attributes: { 'session.id': sessionId, time_elapsed_seconds: 1, 'agent.name': 'vera' },
    metrics: { 'agent.runtime.memory.gb_hours.used': 0.5 / 3600, 'agent.runtime.vcpu.hours.used': 0.1 / 3600 },
  });
  return { timestamp: at, ingestionTime: at + lateBy, message };
}

it('D36 all pages are read, an empty one in between too; what came twice counts once; what is no entry is told apart', async () => {
  const validated = 'Permissions are set correctly to allow AWS CloudWatch Logs to write into your logs while creating a subscription.';
  const pages: Record<string, unknown>[][] = [
    [{ timestamp: from, message: validated }, second('one', from), second('one', from + 1_000)],
    [],
    [second('one', from + 1_000), second('two', from + 1_000), { timestamp: from, message: '{"other":true}' }],
  ];
  await using asked = await answering(pages);
  const { seconds, unreadable } = await readUsage(asked.client, '/aws/vendedlogs/usage', period, period.until + 24 * hour);
  expect(seconds.map(({ sessionId, at }) => [sessionId, at - from])).toEqual([
    ['one', 0],
    ['one', 1_000],
    ['two', 1_000],
  ]);
  expect(unreadable).toBe(1);
  expect(seconds[0]).toMatchObject({ cpuHours: 0.1 / 3600, gigabyteHours: 0.5 / 3600 });
  expect(asked.inputs[0]).toMatchObject({ startTime: period.from, endTime: period.until - 1 });
});

it('D36 logs are complete until three hours ago, and less where one came even later', async () => {
  const now = period.until + hour;
  const completeUntil = async (lateBy: number) => {
    await using asked = await answering([[second('one', from, lateBy)]]);
    return (await readUsage(asked.client, 'group', period, now)).completeUntil;
  };
  expect(await completeUntil(60_000)).toBe(now - 3 * hour);
  expect(await completeUntil(5 * hour)).toBe(now - 5 * hour);
});

/** A CloudWatch Logs that has these pages, each but the last with a token for the next. */
async function answering(pages: readonly (readonly unknown[])[]) {
  const inputs: { readonly nextToken?: string }[] = [];
  const server = await listen(async (request) => {
    const input = (await request.json()) as (typeof inputs)[number];
    inputs.push(input);
    const page = Number(input.nextToken ?? 0);
    return Response.json({ events: pages[page], ...(page + 1 < pages.length ? { nextToken: String(page + 1) } : {}) });
  });
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'none' };
  const client = new CloudWatchLogsClient({ endpoint: server.url, region: 'us-east-1', credentials });
  return {
    client,
    inputs,
    async [Symbol.asyncDispose]() {
      client.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}
