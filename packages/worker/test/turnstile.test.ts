import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Turnstile } from '../src/turnstile.ts';

/** Who is in, in the order they came in, and what lets each through. */
function start({ most = 2, longest = 60_000 } = {}) {
  const turnstile = new Turnstile({ most, longest });
  const through = new Map<string, () => void>();
  const enter = (name: string, signal?: AbortSignal) => turnstile.enter(signal).then((leave) => void through.set(name, leave));
  return { turnstile, enter, names: () => [...through.keys()], leave: (name: string) => through.get(name)?.() };
}

describe('a turnstile', () => {
  test('lets so many in at once, and the others in the order they came', async () => {
    const { turnstile, enter, names, leave } = start();
    for (const name of ['a', 'b', 'c', 'd', 'e']) void enter(name);
    await expect.poll(() => [names(), turnstile.isFull]).toEqual([['a', 'b'], true]);
    leave('b');
    await expect.poll(() => names()).toEqual(['a', 'b', 'c']);
    for (const name of ['a', 'c', 'd', 'e']) leave(name);
    await expect.poll(() => names()).toEqual(['a', 'b', 'c', 'd', 'e']);
    for (const name of ['d', 'e']) leave(name);
    await expect.poll(() => turnstile.isFull).toBe(false);
  });

  test('gives a place free once, however often it is told', async () => {
    const { enter, names, leave } = start({ most: 1 });
    for (const name of ['a', 'b', 'c']) void enter(name);
    await sleep(2);
    for (let times = 0; times < 3; times += 1) leave('a');
    await expect.poll(() => names()).toEqual(['a', 'b']);
  });

  test('lets whoever gives up through at once, in nobody’s place', async () => {
    const { enter, names, leave } = start({ most: 1 });
    const given = new AbortController();
    void enter('a');
    void enter('b', given.signal);
    void enter('c');
    given.abort();
    void enter('d', given.signal);
    await expect.poll(() => names().sort()).toEqual(['a', 'b', 'd']);
    for (const name of ['b', 'd']) leave(name);
    await sleep(2);
    expect(names()).not.toContain('c');
    leave('a');
    await expect.poll(names).toContain('c');
  });

  test('keeps nobody waiting for one that takes too long', async () => {
    const { enter, names } = start({ most: 1, longest: 20 });
    void enter('a');
    void enter('b');
    await sleep(5);
    expect(names()).toEqual(['a']);
    await expect.poll(names).toEqual(['a', 'b']);
  });
});
