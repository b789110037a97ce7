import { createLog } from '@vera/service-kit/log';
import { createTestClock, pausingBy } from '@vera/stand-in-kit/clock';
import { describe, expect, it } from 'vitest';
import { lookForAMinute } from '../src/look-for-a-minute.ts';

/** When it looked in its minute, in seconds, and how it ended. `look` is given the number of looks before. */
async function looksOf(look: (before: number, pause: (milliseconds: number) => Promise<void>) => Promise<boolean>, every = 5_000) {
  const time = createTestClock(0);
  const clock = pausingBy(time);
  const at: number[] = [];
  const running = lookForAMinute({
    ...clock,
    every,
    log: createLog({ service: 'sweeper', write: () => {} }),
    look: async () => {
      at.push(clock.now() / 1000);
      return look(at.length - 1, clock.pause);
    },
  }).then(
    () => 'done',
    (error: Error) => error.message,
  );
  await time.advance(180_000);
  return { at, end: await running };
}

describe('a run of the sweeper', () => {
  it('looks every few seconds until the next run’s minute begins', async () => {
    const { at, end } = await looksOf(async () => true);
    expect(at).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55]);
    expect(end).toBe('done');
  });

  it('looks once where that is how often it shall', async () => {
    expect(await looksOf(async () => true, 60_000)).toEqual({ at: [0], end: 'done' });
  });

  it('waits twice as long after each look that failed, and says so in the end', async () => {
    const { at, end } = await looksOf(async () => Promise.reject(new Error('throttled')));
    expect(at).toEqual([0, 10, 30]);
    expect(end).toBe('throttled');
  });

  it('waits longer also where only some of it failed, and no longer than before once all is well', async () => {
    const { at, end } = await looksOf(async (before) => before !== 1);
    expect(at).toEqual([0, 5, 15, 20, 25, 30, 35, 40, 45, 50, 55]);
    expect(end).toBe('done');
  });

  it('never looks twice at once, nor makes up for looks that one took too long for', async () => {
    const { at } = await looksOf(async (before, pause) => {
      if (before === 1) await pause(17_000);
      return true;
    });
    expect(at).toEqual([0, 5, 25, 30, 35, 40, 45, 50, 55]);
  });
});
