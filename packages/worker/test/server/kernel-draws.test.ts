import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What a process draws whose Node draws the same in each. */
async function drawnBy(way: 'kernel' | 'node'): Promise<Record<string, readonly unknown[]>> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', pathOf('same-snapshot.mjs'), pathOf('draws.mjs'), way]);
  return JSON.parse(stdout);
}

test('nothing that a process draws is what another one draws that comes from the same snapshot', async () => {
  const [one, two, left, right] = await Promise.all([drawnBy('kernel'), drawnBy('kernel'), drawnBy('node'), drawnBy('node')]);
  // The sensor: without it they are equal.
  expect(left.ids).toEqual(right.ids);
  for (const way of ['ids', 'bytes', 'filled', 'numbers']) {
    for (const [index, drawn] of (one[way] ?? []).entries()) expect.soft(two[way]?.[index], `${way} ${index}`).not.toBe(drawn);
    expect(new Set(one[way]).size).toBe(one[way]?.length);
  }
});

test('what is drawn from the kernel has the form that Node gives it', async () => {
  const { ids = [], bytes = [], filled = [], parts = [], numbers = [], small = [] } = await drawnBy('kernel');
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  for (const some of [...bytes, ...filled]) expect(some).toMatch(/^[0-9a-f]{16}$/);
  // What lies before and behind stays: elements of a typed array, whatever their size.
  expect([0, 1, 5, 6, 7, 10, 11, 12].map((index) => parts[index])).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(numbers[0]).toBeLessThan(1);
  for (const number of numbers.slice(1)) expect(Number.isInteger(number) && Number(number) >= 0 && Number(number) < 2 ** 47).toBe(true);
  expect(numbers[2]).toBeGreaterThanOrEqual(2 ** 40);
  expect(new Set(small)).toEqual(new Set([3, 4, 5]));
});
