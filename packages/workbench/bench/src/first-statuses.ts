import { names } from '@vera/start/names';
import { startBenchSystem } from './bench-system.ts';
import { type Figure, percentile } from './figures.ts';
import { quickModel } from './quick-model.ts';

const rounds = 30;

/** From a person's message to the first sign of life in its thread. Each session is new, and each third receiver as well. */
export async function measureFirstStatuses(): Promise<Figure[]> {
  await using system = await startBenchSystem(quickModel);
  const shown = new Map<string, () => void>();
  system.slack.onChange((change) => {
    if (change.kind === 'session' && change.session.status === 'processing') shown.get(change.threadTs)?.();
  });
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    if (round % 3 === 0) await system.lambda.kill(names.receiver);
    const began = performance.now();
    const { ts } = system.slack.post({ user: 'U0BENCH0', channel: 'C0BENCH', text: '<@U0VERA> hello' });
    const ended = system.nextEnd(ts);
    await new Promise<void>((resolve) => shown.set(ts, resolve));
    // The first round warms the files' cache.
    if (round > 0) times.push(performance.now() - began);
    await ended;
  }
  return [
    { what: 'message → first status in its thread, session new, p50', milliseconds: percentile(times, 0.5) },
    { what: 'the same, p95', milliseconds: percentile(times, 0.95), goal: '≤ 1 s' },
  ];
}
