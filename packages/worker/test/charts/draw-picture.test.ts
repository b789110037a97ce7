import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import type { Chart } from '../../src/charts/chart.ts';
import { createDrawPicture } from '../../src/charts/draw-picture.ts';

const chart: Chart = { kind: 'bar', title: 'x', categories: ['a'], series: [{ name: 's', values: [1] }], notes: [] };
/** A picture of no chart at all: it fails in the thread. */
const broken = { ...chart, categories: undefined } as unknown as Chart;

test('what cannot be drawn fails by itself, and the next one is drawn in a new thread', async () => {
  const draw = createDrawPicture({ idle: 20 });
  await expect(draw(broken)).rejects.toMatchObject({ code: 'picture' });
  expect((await draw(chart)).png.length).toBeGreaterThan(1_000);
});

test('what takes too long is given up', async () => {
  await expect(createDrawPicture({ patience: 1 })(chart)).rejects.toThrow('drawing took too long');
});

test('pictures that were asked for at once come all, each its own', async () => {
  const draw = createDrawPicture({ idle: 20 });
  const sizes = await Promise.all(
    [1, 40, 1].map(async (count) => {
      const categories = Array.from({ length: count }, (_, index) => `category ${index}`);
      return (await draw({ ...chart, categories, series: [{ name: 's', values: categories.map(() => 1) }] })).png.length;
    }),
  );
  expect(sizes[0]).toBe(sizes[2]);
  expect(sizes[1]).toBeGreaterThan(sizes[0] ?? 0);
});

test('this thread, which answers pings, has next to nothing to do meanwhile', async () => {
  const draw = createDrawPicture({ idle: 20 });
  const categories = Array.from({ length: 40 }, (_, index) => `category ${index}`);
  const series = [{ name: 's', values: categories.map((_, index) => index) }];
  await draw(chart);
  const before = performance.eventLoopUtilization();
  await Promise.all(Array.from({ length: 10 }, () => draw({ ...chart, categories, series })));
  expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.2);
});

/** How many threads of this process give way to others: the 19th value of proc_pid_stat(5). */
function yieldingThreads(): number {
  const stats = readdirSync('/proc/self/task').map((task) => readFileSync(`/proc/self/task/${task}/stat`, 'utf8'));
  return stats.filter((stat) => stat.replace(/^.*\) /s, '').split(' ')[16] === '10').length;
}

test.runIf(process.platform === 'linux')('the thread that draws gives way to this one, and only that', async () => {
  const own = getPriority();
  // Those of the tests before have ended.
  await expect.poll(yieldingThreads, { timeout: 10_000 }).toBe(0);
  await createDrawPicture()(chart);
  expect(yieldingThreads()).toBe(1);
  expect(getPriority()).toBe(own);
});
