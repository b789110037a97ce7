import { expect, test } from 'vitest';
import { createHealth } from '../../src/server/health.ts';

const start = 1_763_856_000_400;

test('R24 time_of_last_update does not move over twenty idle minutes of pings, and is in whole seconds', () => {
  let now = start;
  const health = createHealth(() => now);
  for (let second = 0; second < 1_200; second += 1) {
    expect(health.ping()).toEqual({ status: 'Healthy', time_of_last_update: 1_763_856_000 });
    now += 1_000;
  }
});

test('R25 HealthyBusy from the start of the work until its end, without any request, and the time moves only then', async () => {
  let now = start;
  const health = createHealth(() => now);
  const work = Promise.withResolvers<string>();
  now += 60_000;
  const during = health.during(() => work.promise);
  for (let ping = 0; ping < 100; ping += 1) {
    expect(health.ping()).toEqual({ status: 'HealthyBusy', time_of_last_update: 1_763_856_060 });
    now += 1_000;
  }
  work.resolve('done');
  expect(await during).toBe('done');
  expect(health.ping()).toEqual({ status: 'Healthy', time_of_last_update: 1_763_856_160 });
});

test('R25 work that throws, at once or later, leaves no busy state behind', async () => {
  const health = createHealth(() => start);
  await expect(health.during(() => Promise.reject(new Error('later')))).rejects.toThrow('later');
  await expect(
    health.during(() => {
      throw new Error('at once');
    }),
  ).rejects.toThrow('at once');
  expect(health.ping().status).toBe('Healthy');
});

test('two works at once count as busy until both have ended', async () => {
  let now = start;
  const health = createHealth(() => now);
  const works = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const ends = works.map(({ promise }) => health.during(() => promise));
  now += 5_000;
  works[0]?.resolve();
  await ends[0];
  expect(health.ping()).toEqual({ status: 'HealthyBusy', time_of_last_update: 1_763_856_000 });
  works[1]?.resolve();
  await ends[1];
  expect(health.ping()).toEqual({ status: 'Healthy', time_of_last_update: 1_763_856_005 });
});
