import { expect, test } from 'vitest';
import { measureRuntime, runtimeDollars } from '../../src/budget/runtime-use.ts';

/** 30 s at work and 900 s idle: 5 s of a processor, half a gigabyte. */
const use = { seconds: 930, cpuSeconds: 5, gigabytes: 0.5 };

test.each([
  ['v1', 0.00122 + 0.00012],
  ['v2', 0.00218 + 0.00018],
  // All of the time, whatever the processor did, and a fifth of a millionth for the call.
  ['lambda', 0.0062 + 0.0000002],
] as const)('costs on %s what its price list says', (platform, dollars) => {
  expect(runtimeDollars(use, platform)).toBeCloseTo(dollars, 5);
});

test('counts, where the function has so much memory, that much', () => {
  expect(measureRuntime({ monotonic: () => 0 }, 2)().gigabytes).toBe(2);
});

test('is what this process took since', () => {
  let now = 1_000;
  const used = measureRuntime({ monotonic: () => now });
  now += 2_500;
  for (const until = performance.now() + 20; performance.now() < until; ) JSON.stringify(used);
  const { seconds, cpuSeconds, gigabytes } = used();
  expect(seconds).toBe(2.5);
  expect(cpuSeconds).toBeGreaterThan(0);
  expect(gigabytes).toBeGreaterThan(0.01);
  expect(gigabytes).toBeLessThan(16);
});
