import { setTimeout as sleep } from 'node:timers/promises';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { type BenchSystem, startBenchSystem } from './bench-system.ts';
import { type Figure, percentile } from './figures.ts';

const words = 'A sentence that is streamed slowly, word by word, as a model would say it. '.repeat(40);
const slow = scriptedModel(() => [{ say: words, pieceLength: 12, pauseMilliseconds: 100 }]);
const rounds = 30;

/** How long Vera goes on after she was told to stop: from the reaction on the question to the last change of the answer. */
export async function measureStops(): Promise<Figure[]> {
  const [brought, noticed] = [await stopTimes('v2'), await stopTimes('lambda')].map((times) => percentile(times, 0.95));
  return [
    { what: 'stop → silence, p95', milliseconds: brought ?? 0, goal: '≤ 1 s' },
    { what: 'stop → silence on Lambda, where the heartbeat notices it, p95', milliseconds: noticed ?? 0, goal: '≤ 2 s' },
  ];
}

async function stopTimes(platform: 'v2' | 'lambda'): Promise<number[]> {
  await using system = await startBenchSystem(slow, { worker: { platform, sessionScope: 'workspace' } });
  const times: number[] = [];
  for (let round = -3; round < rounds; round += 1) {
    const milliseconds = await stopped(system);
    // The first ones start Lambda processes, whose cold start is another figure.
    if (round >= 0) times.push(milliseconds);
  }
  return times;
}

async function stopped({ slack, ended }: BenchSystem): Promise<number> {
  const place = { user: 'U0BENCH0', channel: 'C0BENCH' };
  const { ts } = slack.post({ ...place, text: '<@U0VERA> tell me at length' });
  while (!slack.messages(place.channel, ts).some(({ markdown }) => (markdown ?? '').length > 100)) await sleep(5);
  const began = performance.now();
  slack.react({ ...place, ts, name: 'octagonal_sign' });
  while (!ended.has(ts)) await sleep(1);
  return performance.now() - began;
}
