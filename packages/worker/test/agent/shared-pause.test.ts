import { describe, expect, test } from 'vitest';
import { SharedPause } from '../../src/agent/shared-pause.ts';

const signal = new AbortController().signal;
const gaps = (times: readonly number[]) => times.slice(1).map((time, index) => time - (times[index] ?? 0));

describe('a pause for all', () => {
  test('without a refusal nobody waits', async () => {
    const pause = new SharedPause({ baseMilliseconds: 10_000 });
    const began = performance.now();
    await Promise.all([pause.turn(signal), pause.turn(signal)]);
    expect(performance.now() - began).toBeLessThan(50);
  });

  test('M30 six that are refused together wait as long as they are told, once, and then go one after the other', async () => {
    const pause = new SharedPause({ baseMilliseconds: 1 });
    const began = await pause.turn(signal);
    for (let index = 0; index < 6; index += 1) pause.refused(began, 400);
    const turns = (await Promise.all(Array.from({ length: 7 }, () => pause.turn(signal)))).sort((one, other) => one - other);
    expect(Math.min(...turns) - began).toBeGreaterThanOrEqual(400);
    expect(Math.min(...turns) - began).toBeLessThan(700);
    expect(Math.min(...gaps(turns))).toBeGreaterThan(100);
  });

  test('its own waits double with each round of refusals, not with each call, and end at eight seconds', async () => {
    let at = 0;
    const pause = new SharedPause({ baseMilliseconds: 500, now: () => at, random: () => 0 });
    const waits: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      const began = at;
      for (let call = 0; call < 5; call += 1) pause.refused(began, undefined);
      const until = (pause as unknown as { until: number }).until;
      waits.push(until - at);
      at = until;
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
    pause.taken();
    pause.refused(at, undefined);
    expect((pause as unknown as { until: number }).until - at).toBe(500);
  });

  test('who is stopped waits no longer', async () => {
    const pause = new SharedPause({ baseMilliseconds: 1 });
    pause.refused(await pause.turn(signal), 30_000);
    await expect(pause.turn(AbortSignal.timeout(20))).rejects.toThrow();
  });
});
