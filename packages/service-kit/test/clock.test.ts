import { describe, expect, it } from 'vitest';
import { atMost, type Clock, createDeadline, systemClock } from '../src/clock.ts';

describe('the clock of the machine', () => {
  it('pauses no longer than it is told, or than anybody waits for it, and never rejects', async () => {
    const from = systemClock.monotonic();
    await systemClock.pause(20);
    expect(systemClock.monotonic() - from).toBeGreaterThanOrEqual(18);
    const woken = new AbortController();
    const pausing = systemClock.pause(60_000, woken.signal);
    woken.abort();
    await expect(pausing).resolves.toBeUndefined();
    await expect(systemClock.pause(60_000, woken.signal)).resolves.toBeUndefined();
  });
});

describe('a deadline', () => {
  const after = (pass: Promise<void>): Pick<Clock, 'pause'> => ({
    pause: (_, signal) => Promise.race([pass, new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()))]),
  });

  it('aborts by the clock it was given', async () => {
    const pass = Promise.withResolvers<void>();
    const { signal } = createDeadline(after(pass.promise), 1_000);
    await Promise.resolve();
    expect(signal.aborted).toBe(false);
    pass.resolve();
    await expect.poll(() => signal.aborted).toBe(true);
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('aborts nothing once it was ended', async () => {
    const pass = Promise.withResolvers<void>();
    const deadline = createDeadline(after(pass.promise), 1_000);
    deadline.end();
    pass.resolve();
    await new Promise(setImmediate);
    expect(deadline.signal.aborted).toBe(false);
  });
});

describe('what is waited for at most so long', () => {
  const never = new Promise<string>(() => {});
  const heard: boolean[] = [];
  const clock: Pick<Clock, 'pause'> = {
    pause: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (milliseconds === 0) resolve();
        signal?.addEventListener('abort', () => {
          heard.push(true);
          resolve();
        });
      }),
  };

  it('gives what came of it, and ends its pause', async () => {
    expect(await atMost(clock, 1_000, Promise.resolve('done'))).toBe('done');
    expect(heard).toEqual([true]);
    await expect(atMost(clock, 1_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(heard).toEqual([true, true]);
  });

  it('gives nothing once its time is over, or nobody waits any longer', async () => {
    expect(await atMost(clock, 0, never)).toBeUndefined();
    const enough = new AbortController();
    const waited = atMost(clock, 1_000, never, enough.signal);
    enough.abort();
    expect(await waited).toBeUndefined();
  });
});
