import { describe, expect, it } from 'vitest';
import { createTestClock, every } from '../src/clock.ts';

describe('a test clock', () => {
  it('runs what falls due, in order, each at its time', async () => {
    const clock = createTestClock(0);
    const ran: [string, number][] = [];
    clock.after(20, () => void ran.push(['second', clock.now()]));
    clock.after(10, () => void ran.push(['first', clock.now()]));
    clock.after(31, () => void ran.push(['later', clock.now()]));
    await clock.advance(30);
    expect(ran).toEqual([
      ['first', 10],
      ['second', 20],
    ]);
    expect(clock.now()).toBe(30);
  });

  it('waits for what a timer does before time goes on, and runs what that sets', async () => {
    const clock = createTestClock(0);
    const ran: number[] = [];
    clock.after(10, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      ran.push(clock.now());
      clock.after(5, () => void ran.push(clock.now()));
    });
    await clock.advance(100);
    expect(ran).toEqual([10, 15]);
  });

  it('does not run what was prevented', async () => {
    const clock = createTestClock(0);
    const ran: number[] = [];
    clock.after(10, () => void ran.push(clock.now()))();
    const end = every(clock, 10, () => {
      ran.push(clock.now());
      if (ran.length === 2) end();
    });
    await clock.advance(100);
    expect(ran).toEqual([10, 20]);
  });
});
