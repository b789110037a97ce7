import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createSearchPace } from '../../src/logs/search-pace.ts';

/** A clock that only the pace's own pauses and the searches move; when each search began, and when it was answered. */
function paced(took: number) {
  let time = 0;
  const [begun, answered]: [number[], number[]] = [[], []];
  const inTurn = createSearchPace({
    now: () => time,
    pause: async (milliseconds) => {
      time += milliseconds;
    },
  });
  const search = () =>
    inTurn(async () => {
      begun.push(time);
      await sleep(0);
      time += took;
      answered.push(time);
      return answered.length;
    });
  return { begun, answered, search, inTurn };
}

it('five searches go at once, each other one a second after the answer of the fifth before it, however many ask together', async () => {
  const { begun, answered, search } = paced(20);
  expect(await Promise.all(Array.from({ length: 12 }, search))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(begun.slice(0, 5)).toEqual([0, 20, 40, 60, 80]);
  for (const [at, time] of begun.slice(5).entries()) expect(time).toBe(Math.max(answered[at]! + 1_010, answered[at + 4]!));
});

it('searches that take longer than their turn wait for nothing', async () => {
  const { begun, search } = paced(300);
  await Promise.all(Array.from({ length: 8 }, search));
  expect(begun).toEqual([0, 300, 600, 900, 1_200, 1_500, 1_800, 2_100]);
});

it('a search that is refused counts, and holds up none behind it', async () => {
  const { begun, search, inTurn } = paced(0);
  const refused = inTurn(() => Promise.reject(new Error('refused')));
  const others = Array.from({ length: 5 }, search);
  await expect(refused).rejects.toThrow('refused');
  await Promise.all(others);
  expect(begun).toEqual([0, 0, 0, 0, 1_010]);
});
