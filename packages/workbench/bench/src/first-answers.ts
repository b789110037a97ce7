import { setTimeout as sleep } from 'node:timers/promises';
import { environmentsOf } from '@vera/start/environments';
import { names } from '@vera/start/names';
import { endpointsOf } from '@vera/start/start-system';
import { type BenchSystem, startBenchSystem } from './bench-system.ts';
import { type Figure, percentile } from './figures.ts';
import { quickModel } from './quick-model.ts';
import { startWorkerProcess } from './worker-process.ts';

const rounds = 15;

/**
 * What of a session's first answer is the worker's own: on V1 from the start of its process, on V2 from the moment it is restored, when it has
 * been healthy for a while. AgentCore's own time, and the way to it, come on top.
 */
export async function measureFirstAnswers(): Promise<readonly Figure[]> {
  await using system = await startBenchSystem(quickModel);
  const times: Record<'v1' | 'v2', number[]> = { v1: [], v2: [] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const platform of ['v1', 'v2'] as const) {
      const time = await firstAnswer(system, platform);
      // The first round warms the files' cache.
      if (round > 0) times[platform].push(time);
    }
  }
  const figureOf = (what: string, platform: 'v1' | 'v2', share: number) => ({ what, milliseconds: percentile(times[platform], share) });
  return [
    figureOf('worker on V1: process start → end of the first answer, p50', 'v1', 0.5),
    figureOf('the same, p95', 'v1', 0.95),
    figureOf('worker on V2: restored → end of the first answer, p50', 'v2', 0.5),
    figureOf('the same, p95', 'v2', 0.95),
  ];
}

async function firstAnswer(system: BenchSystem, platform: 'v1' | 'v2'): Promise<number> {
  const { body, thread } = await recordedQuestion(system);
  const settings = { platform, companyName: 'Bench', modelId: names.modelId, sessionScope: 'thread' } as const;
  const { worker } = environmentsOf({ ...endpointsOf(system.slack, system), agentCore: '' }, {}, settings);
  const identity = { AWS_ACCESS_KEY_ID: names.worker, AWS_SECRET_ACCESS_KEY: 'local', PORTAL_URL: 'http://127.0.0.1' };
  await using running = await startWorkerProcess({ ...worker, ...identity });
  if (platform === 'v2') await sleep(200);
  const began = platform === 'v2' ? performance.now() : running.startedAt;
  const ended = system.nextEnd(thread);
  const headers = { 'content-type': 'application/json', 'x-amzn-bedrock-agentcore-runtime-session-id': 'b'.repeat(33) };
  const { status } = await fetch(`${running.url}/invocations`, { method: 'POST', headers, body });
  if (status !== 200) throw new Error(`The worker answered ${status}`);
  await ended;
  return performance.now() - began;
}

/** What the invoker would be told of a question, which is on record then. */
async function recordedQuestion({ slack, lambda }: BenchSystem) {
  const told = new Promise<string>((resolve) => {
    lambda.disturb(({ functionName, payload }) => {
      if (functionName !== names.invoker) return undefined;
      resolve(payload);
      return { drop: true };
    });
  });
  const { ts } = slack.post({ user: 'U0BENCH0', channel: 'C0BENCH', text: '<@U0VERA> hello' });
  return { body: await told, thread: ts };
}
