import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@vera/service-kit/clock';
import { describe, expect, test } from 'vitest';
import { WriteLoop } from '../../src/reply/write-loop.ts';

/** A loop over things to show, each of which takes `milliseconds`. */
function start({ milliseconds = 0, fail = false } = {}) {
  let left = 0;
  const steps: number[] = [];
  let under = 0;
  const most = { atOnce: 0 };
  const loop = new WriteLoop({
    now: systemClock.monotonic,
    pause: systemClock.pause,
    hasWork: () => left > 0,
    async step() {
      steps.push(performance.now());
      under += 1;
      most.atOnce = Math.max(most.atOnce, under);
      left -= 1;
      if (milliseconds > 0) await sleep(milliseconds);
      under -= 1;
      if (fail) throw new Error('refused');
    },
  });
  const add = () => {
    left += 1;
    loop.wake();
  };
  return { loop, steps, most, add };
}

describe('the loop of the writing', () => {
  test('shows one thing after the other, however often it is woken', async () => {
    const { loop, steps, most, add } = start({ milliseconds: 2 });
    for (let count = 0; count < 10; count += 1) {
      add();
      loop.wake();
      await sleep(1);
    }
    await expect.poll(() => steps.length).toBe(10);
    expect(most.atOnce).toBe(1);
  });

  test('misses nothing that comes in the very moment it comes to rest', async () => {
    for (let ticks = 0; ticks < 12; ticks += 1) {
      const { steps, add } = start();
      add();
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      add();
      await sleep(1);
      expect(steps.length).toBe(2);
    }
  });

  test('begins no step before the pause is over', async () => {
    const { loop, steps, add } = start();
    const from = performance.now();
    loop.pause(60);
    add();
    await expect.poll(() => steps.length, { interval: 2 }).toBe(1);
    expect(steps[0]! - from).toBeGreaterThanOrEqual(58);
  });

  test('halted in a pause, it settles at once and begins nothing more', async () => {
    const { loop, steps, add } = start();
    loop.pause(60_000);
    add();
    await loop.halted();
    add();
    await sleep(5);
    expect(steps).toEqual([]);
  });

  test('halted in a step, it settles with that step', async () => {
    const { loop, steps, add } = start({ milliseconds: 30 });
    add();
    add();
    const from = performance.now();
    await loop.halted();
    expect(performance.now() - from).toBeGreaterThanOrEqual(25);
    expect(steps.length).toBe(1);
  });

  test('after a failure it begins nothing more, and says so each time it is asked to halt', async () => {
    const { loop, steps, add } = start({ fail: true });
    add();
    await sleep(1);
    add();
    await sleep(1);
    expect(steps.length).toBe(1);
    await expect(loop.halted()).rejects.toThrow('refused');
    await expect(loop.halted()).rejects.toThrow('refused');
  });
});
