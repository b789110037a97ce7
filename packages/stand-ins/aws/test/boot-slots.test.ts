import { createTestClock } from '@vera/stand-in-kit/clock';
import { describe, expect, it } from 'vitest';
import type { InstanceParams } from '../src/lambda/instance.ts';
import { BootSlots, InstancePool } from '../src/lambda/instance-pool.ts';
import { defaultPlace } from '../src/place.ts';
import { invoker } from './lambda-setup.ts';

const params: InstanceParams = { definition: invoker, place: defaultPlace, clock: createTestClock(), onLog: () => undefined };

/** A pool whose only slot is in the hand of the test. */
function startedPool() {
  const slots = new BootSlots(1);
  const pool = new InstancePool(params, slots);
  return {
    slots,
    run: async (event: object) => JSON.parse((await pool.run(JSON.stringify(event), 'request')).payload),
    instances: () => pool.instances.length,
    kill: () => pool.kill(),
    [Symbol.asyncDispose]: () => pool.kill(),
  };
}

describe('processes that start', () => {
  it('are never more than there are slots, and follow in the order they came', () => {
    const slots = new BootSlots(2);
    const began: string[] = [];
    const releases = new Map<string, () => void>();
    const take = (name: string) =>
      slots.take((release) => {
        began.push(name);
        releases.set(name, release);
      });
    take('first');
    take('second');
    const leave = take('third');
    take('fourth');
    expect(began).toEqual(['first', 'second']);
    leave();
    releases.get('second')?.();
    expect(began).toEqual(['first', 'second', 'fourth']);
  });

  it('give their slot back once they are ready', async () => {
    await using pool = startedPool();
    await pool.run({});
    const free = Promise.withResolvers<void>();
    pool.slots.take(() => free.resolve());
    await free.promise;
  });
});

describe('an event for which there is neither an instance nor a slot', () => {
  it('is run by the first instance that becomes free', async () => {
    await using pool = startedPool();
    const { pid } = await pool.run({});
    pool.slots.take(() => undefined);
    const both = await Promise.all([pool.run({ waitMilliseconds: 50 }), pool.run({})]);
    expect(both.map((answer) => answer.pid)).toEqual([pid, pid]);
    expect(pool.instances()).toBe(1);
  });

  it('is run by a new one once there is a slot', async () => {
    await using pool = startedPool();
    let release = () => {};
    pool.slots.take((give) => {
      release = give;
    });
    const answer = pool.run({});
    expect(pool.instances()).toBe(0);
    release();
    expect(await answer).toMatchObject({ runs: 1 });
  });

  it('has failed when the function is killed', async () => {
    await using pool = startedPool();
    pool.slots.take(() => undefined);
    const answer = pool.run({});
    await pool.kill();
    expect(await answer).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(pool.instances()).toBe(0);
  });
});
