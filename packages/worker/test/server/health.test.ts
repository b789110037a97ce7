import { describe, expect, test } from 'vitest';
import { createHealth } from '../../src/server/health.ts';

/** A health with a clock of its own. */
function healthAt(start: number) {
  let time = start;
  const health = createHealth(() => time);
  const pass = (milliseconds: number) => {
    time += milliseconds;
  };
  return { health, pass };
}

describe('/ping', () => {
  test('R24 time_of_last_update does not move over 20 idle minutes of pings', () => {
    const { health, pass } = healthAt(1_763_856_000_900);
    for (let second = 0; second < 1_200; second += 1) {
      expect(health.ping()).toEqual({ status: 'Healthy', time_of_last_update: 1_763_856_000 });
      pass(1_000);
    }
  });

  test('R24 nor does it over 20 busy ones', async () => {
    const { health, pass } = healthAt(1_000_000);
    pass(5_000);
    const { promise, resolve } = Promise.withResolvers<void>();
    const work = health.during(() => promise);
    for (let second = 0; second < 1_200; second += 1) {
      pass(1_000);
      expect(health.ping()).toEqual({ status: 'HealthyBusy', time_of_last_update: 1_005 });
    }
    resolve();
    await work;
    expect(health.ping()).toEqual({ status: 'Healthy', time_of_last_update: 2_205 });
  });

  test('R25 it is busy until the last of several pieces of work has ended', async () => {
    const { health, pass } = healthAt(0);
    const first = Promise.withResolvers<string>();
    const second = Promise.withResolvers<string>();
    const both = [health.during(() => first.promise), health.during(() => second.promise)];
    pass(60_000);
    first.resolve('one');
    expect(await both[0]).toBe('one');
    expect(health.ping()).toEqual({ status: 'HealthyBusy', time_of_last_update: 0 });
    second.resolve('two');
    await both[1];
    expect(health.ping()).toEqual({ status: 'Healthy', time_of_last_update: 60 });
  });

  test('R25 work that throws, at once or later, is busy until then and no longer', async () => {
    const { health } = healthAt(0);
    const later = Promise.withResolvers<never>();
    const failing = health.during(() => later.promise);
    expect(health.ping().status).toBe('HealthyBusy');
    later.reject(new Error('broken'));
    await expect(failing).rejects.toThrow('broken');
    expect(health.ping().status).toBe('Healthy');
    const atOnce = health.during(() => {
      throw new Error('broken at once');
    });
    await expect(atOnce).rejects.toThrow('broken at once');
    expect(health.ping().status).toBe('Healthy');
  });

  test('D1 restored days after it was made, it never shows a time from before, and from the first invocation on only work moves it', async () => {
    const { health, pass } = healthAt(1_000_000_500);
    expect(health.ping().time_of_last_update).toBe(1_000_000);
    pass(3 * 86_400_000);
    const restored = 1_000_000 + 3 * 86_400;
    expect(health.ping()).toEqual({ status: 'Healthy', time_of_last_update: restored });
    pass(2_000);
    expect(health.ping().time_of_last_update).toBe(restored);
    pass(1_000);
    health.invoked();
    for (let second = 0; second < 100; second += 1) {
      expect(health.ping().time_of_last_update).toBe(restored + 3);
      pass(30_000);
      health.invoked();
    }
    await health.during(async () => pass(5_000));
    expect(health.ping()).toEqual({ status: 'Healthy', time_of_last_update: restored + 3_008 });
  });

  test('D1 restored, its first work is its first sign of life', async () => {
    const { health, pass } = healthAt(1_000_000);
    health.ping();
    pass(3 * 86_400_000);
    const { promise, resolve } = Promise.withResolvers<void>();
    const work = health.during(() => promise);
    expect(health.ping()).toEqual({ status: 'HealthyBusy', time_of_last_update: 1_000 + 3 * 86_400 });
    resolve();
    await work;
  });
});
