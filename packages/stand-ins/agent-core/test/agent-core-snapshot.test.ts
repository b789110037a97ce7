import { fileURLToPath } from 'node:url';
import { realClock } from '@vera/stand-in-kit/clock';
import { listen } from '@vera/stand-in-kit/listen';
import { describe, expect, it } from 'vitest';
import { sessionOf, startedRuntime } from './agent-core-setup.ts';

const entry = fileURLToPath(new URL('./fixtures/snapshot-worker.mjs', import.meta.url));
const startedV2 = (definition: Parameters<typeof startedRuntime>[0] = {}) =>
  startedRuntime({ entry, platform: 'v2', environment: {}, ...definition });
const bodyOf = async (runtime: Awaited<ReturnType<typeof startedRuntime>>, name: string) =>
  (await runtime.invoke({}, { runtimeSessionId: sessionOf(name) })).body;
const minutes = (count: number) => count * 60_000;

describe('platform version V2', () => {
  it('restores equal random numbers, before and after, in each session; only the kernel makes new ones', async () => {
    await using runtime = await startedV2();
    const [one, two] = [await bodyOf(runtime, 'a'), await bodyOf(runtime, 'b')];
    expect(one.pid).not.toBe(two.pid);
    expect(two.atStart.drawn).toEqual(one.atStart.drawn);
    expect(two.now.drawn).toEqual(one.now.drawn);
    const drawn = Object.values(one.now.drawn as Record<string, unknown[]>).flat();
    expect(new Set([...drawn, ...Object.values(one.atStart.drawn as Record<string, unknown[]>).flat()]).size).toBe(drawn.length * 2);
    expect(one.now.drawn.ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(two.now.kernel).not.toEqual(one.now.kernel);
    await using other = await startedV2();
    expect((await bodyOf(other, 'a')).atStart.drawn).not.toEqual(one.atStart.drawn);
  });

  it('starts each session at the time of its version, and moves the clock when it is restored, days later', async () => {
    await using runtime = await startedV2();
    const born = runtime.clock.now();
    await runtime.clock.advance(minutes(3 * 24 * 60));
    for (const name of ['a', 'b']) {
      const { atStart, now } = await bodyOf(runtime, name);
      for (const started of [atStart.clocks.date, atStart.clocks.made]) expect(started - born).toBeLessThan(minutes(1));
      expect(atStart.clocks.hrtime).toBeLessThan(minutes(1));
      for (const moved of [now.clocks.date, now.clocks.made]) expect(Math.abs(moved - runtime.clock.now())).toBeLessThan(minutes(1));
      expect(now.clocks.performance - atStart.clocks.performance).toBeGreaterThan(minutes(3 * 24 * 60 - 1));
      expect(now.clocks.hrtime - atStart.clocks.hrtime).toBeGreaterThan(minutes(3 * 24 * 60 - 1));
      expect(now.clocks.origin).toBe(born);
    }
  });

  it('cuts what was connected before, lets timers fall due in the jump, and tells of both', async () => {
    await using held = await listen(() => new Promise<Response>(() => undefined));
    await using runtime = await startedV2({ environment: { CARRIES: held.url } });
    await runtime.clock.advance(minutes(24 * 60));
    await bodyOf(runtime, 'a');
    const { happened } = await bodyOf(runtime, 'a');
    expect(happened.toSorted()).toEqual(['ECONNRESET after 1440 minutes', 'sleep after 1440 minutes', 'timer after 1440 minutes']);
    expect(runtime.emulator.sessions[0]?.carried).toMatchObject({ sockets: 1, timers: 2 });
  });

  it('brings the version to its first healthy ping before there is a session, after one call of its build hook', async () => {
    await using runtime = await startedV2({ warmup: '/warmup', environment: { HEALTHY_AFTER: '300' } });
    expect(runtime.lines).toEqual(['warmed up']);
    expect(runtime.changes).toEqual([]);
    expect(await bodyOf(runtime, 'a')).toMatchObject({ warmUps: ['POST'] });
    expect(runtime.emulator.sessions[0]?.carried).toEqual({ sockets: 0, timers: 0 });
  });

  it.each([
    ['is never healthy', 'was not healthy within 1 s', { environment: { HEALTHY_AFTER: '600000' } }],
    [
      'says no to its build hook',
      'failed to warm up (signal SIGKILL)',
      { bootSeconds: 60, warmup: '/warmup', environment: { WARMUP_STATUS: '500' } },
    ],
    ['never answers its build hook', 'was not healthy within 1 s', { warmup: '/warmup', environment: { WARMUP_STATUS: 'never' } }],
  ])('cannot make a version that %s', async (_, why, definition) => {
    await expect(startedRuntime({ entry, platform: 'v2', bootSeconds: 1, ...definition }, { clock: realClock })).rejects.toThrow(
      `CREATE_FAILED: worker ${why}`,
    );
  });

  it('V1 starts each session with random numbers and a clock of its own, and calls no hook', async () => {
    await using runtime = await startedV2({ platform: 'v1', warmup: '/warmup' });
    const [one, two] = [await bodyOf(runtime, 'a'), await bodyOf(runtime, 'b')];
    expect(two.atStart.drawn.ids).not.toEqual(one.atStart.drawn.ids);
    expect(two.atStart.drawn.chance).not.toEqual(one.atStart.drawn.chance);
    expect([one.warmUps, two.warmUps]).toEqual([[], []]);
  });
});
