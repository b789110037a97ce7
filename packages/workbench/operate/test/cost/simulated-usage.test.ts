import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { type SessionLife, simulateUsage } from '@vera/agent-core-stand-in/usage/simulate-usage';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createCloudWatchLogs } from '@vera/aws-stand-in/create-cloud-watch-logs';
import { describe, expect, it } from 'vitest';
import { assumedSession, traffics } from '../../src/cost/estimate/assumed.ts';
import { estimateOf } from '../../src/cost/estimate/estimate.ts';
import { spentIn } from '../../src/cost/spent/spent.ts';
import { readUsage } from '../../src/cost/spent/usage-logs.ts';
import { settingsOfTrial } from './settings-of-trial.ts';

const runtimeArn = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/use1_dev_vera_runtime-0123456789';
const group = '/aws/vendedlogs/bedrock-agentcore/use1-dev-vera-usage';
const second = 1_000;
const hour = 3_600 * second;
const day = Date.UTC(2026, 10, 30);
const period = { from: day, until: day + 24 * hour };

describe.each(['v1', 'v2'] as const)('what AgentCore %s would write of a day', (platform) => {
  it.each([
    // AWS writes a line a second: of five sessions all of them, of 96 a line a minute, which adds up to the same.
    ['five a day', traffics.few, 1],
    ['dozens an hour', traffics.dozens, 60],
  ] as const)('comes to what was estimated, within a tenth: %s', async (_, traffic, everySeconds) => {
    const lives = livesOf(traffic, platform);
    const usage = await readBack(
      lives.flatMap((life) => simulateUsage(life, everySeconds)),
      period.until + 24 * hour,
    );
    const { runtime } = spentIn({ period, now: period.until + 24 * hour, records: [], usage, platform });
    const estimated = estimateOf(settingsOfTrial, traffic).running[platform];
    expect(runtime?.sessions).toBe(estimated.starts);
    expect(Math.abs((runtime?.dollars ?? 0) / estimated.dollars - 1), `${runtime?.dollars} for ${estimated.dollars}`).toBeLessThan(0.1);
    // It is no tautology: memory that is billed to the end is most of it, and would be missed.
    const asIfStoppedAtOnce = lives.map((life) => ({ ...life, endedAt: Math.max(...life.work.map(({ until }) => until)) }));
    const less = await readBack(
      asIfStoppedAtOnce.flatMap((life) => simulateUsage(life, everySeconds)),
      period.until + 24 * hour,
    );
    expect(spentIn({ period, now: period.until + 24 * hour, records: [], usage: less, platform }).runtime?.dollars).toBeLessThan(
      0.8 * estimated.dollars,
    );
  });
});

it('D36 what AWS delivers two hours late is missing until then, and the day is told as not complete as long', async () => {
  const lines = livesOf(traffics.dozens, 'v2').flatMap((life) => simulateUsage(life, 60));
  const spentAt = async (now: number) => {
    const usage = await readBack(lines, now, 2 * hour);
    return spentIn({ period, now, records: [], usage, platform: 'v2' });
  };
  const [early, late] = [await spentAt(day + 15 * hour), await spentAt(period.until + 3 * hour)];
  expect(early.days[0]?.isWhole).toBe(false);
  expect(early.runtime?.dollars).toBeLessThan(0.9 * (late.runtime?.dollars ?? 0));
  expect(late.days[0]?.isWhole).toBe(true);
});

/** Questions of a day as they come: some short, some long, sessions that the sweeper finds sooner or later. On the average as is assumed. */
function livesOf({ questionsADay, perThread, pause }: typeof traffics.few, platform: 'v1' | 'v2'): SessionLife[] {
  const { gigabytes, startSeconds, startCpuSeconds } = assumedSession[platform];
  const threads = questionsADay / perThread;
  const factors = [0.4, 1.7, 0.9, 1.3, 0.7];
  return Array.from({ length: threads }, (_, thread) => {
    const startedAt = day + 8 * hour + Math.floor((thread * 8 * hour) / threads);
    let at = startedAt + startSeconds * second;
    const work = [...(startCpuSeconds > 0 ? [{ from: startedAt, until: at, cpuSeconds: startCpuSeconds }] : [])];
    for (let turn = 0; turn < perThread; turn += 1) {
      const factor = factors[(thread + turn) % factors.length] ?? 1;
      work.push({ from: at, until: at + 60 * factor * second, cpuSeconds: 5 * factor });
      at += (60 * factor + (turn + 1 < perThread ? pause : 0)) * second;
    }
    // The sweeper comes once a minute, and stops who has been idle for five.
    const endedAt = at + (300 + ((thread * 17) % 60)) * second;
    const held = { idle: gigabytes * (platform === 'v2' ? 0.95 : 0.6), busy: gigabytes };
    return { runtimeArn, sessionId: `session-${thread}`, platform, startedAt, endedAt, work, gigabytes: held };
  });
}

/** Through CloudWatch Logs, as the command reads them then. */
async function readBack(lines: readonly { readonly at: number; readonly message: string }[], now: number, late = 0) {
  const clock = { now: () => now, after: () => () => undefined };
  await using logs = await createCloudWatchLogs({ record: createCallRecord(), groups: [group], mostASecond: 1_000, clock });
  for (const line of lines) logs.put({ group, stream: 'usage', ...line, foundFrom: line.at + late });
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'none' };
  const client = new CloudWatchLogsClient({ endpoint: logs.url, region: 'us-east-1', credentials });
  try {
    return await readUsage(client, group, period, now);
  } finally {
    client.destroy();
  }
}
