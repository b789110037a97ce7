import { isAlive } from '@vera/aws-stand-in/test/is-alive';
import { describe, expect, it } from 'vitest';
import { sessionOf, startedRuntime } from './agent-core-setup.ts';

type Runtime = Awaited<ReturnType<typeof startedRuntime>>;

const ended = (runtime: Runtime) => expect.poll(() => runtime.states()).toContain('ended');
const seconds = (count: number) => count * 1_000;

describe('a session', () => {
  it('is pinged every two seconds', async () => {
    await using runtime = await startedRuntime();
    await runtime.invoke();
    const before = runtime.emulator.pings.length;
    await runtime.clock.advance(seconds(10));
    const pings = runtime.emulator.pings.slice(before);
    expect(pings).toHaveLength(5);
    expect(pings.at(-1)).toMatchObject({ sessionId: sessionOf('a'), httpStatus: 200, status: 'Healthy', at: runtime.clock.now() });
    expect(pings.at(-1)).toEqual(runtime.emulator.sessions[0]?.lastPing);
  });

  it('ends in order once it was idle for its time, and is another process afterwards', async () => {
    await using runtime = await startedRuntime();
    const { pid } = (await runtime.invoke()).body;
    await runtime.clock.advance(seconds(898));
    expect(runtime.states()).toEqual(['starting', 'running']);
    await runtime.clock.advance(seconds(2));
    await ended(runtime);
    expect(runtime.changes.at(-1)).toMatchObject({ end: 'idle', exit: 'exit status 0' });
    expect(runtime.lines).toContain('SIGTERM received');
    expect(runtime.emulator.sessions).toEqual([]);
    expect((await runtime.invoke()).body).toMatchObject({ runs: 1, pid: expect.not.toSatisfy((other: number) => other === pid) });
  });

  it.each<[string, { ping?: object; before: number }]>([
    ['since when its worker says so, whatever is invoked', { before: 58 }],
    ['at once where its worker says a time of before its snapshot', { ping: { at: 0 }, before: 0 }],
  ])('is idle %s', async (_, { before, ...order }) => {
    await using runtime = await startedRuntime({ idleSeconds: 60 });
    await runtime.invoke(order);
    await runtime.clock.advance(seconds(before));
    expect(runtime.states()).toEqual(['starting', 'running']);
    await runtime.invoke();
    await runtime.clock.advance(seconds(2));
    await ended(runtime);
    expect(runtime.changes.at(-1)?.end).toBe('idle');
  });

  it('is idle since its last invocation where its worker tells no time, busy or not', async () => {
    await using runtime = await startedRuntime({ idleSeconds: 60 });
    await runtime.invoke({ ping: { at: -1, status: 'HealthyBusy' } });
    await runtime.clock.advance(seconds(50));
    await runtime.invoke();
    await runtime.clock.advance(seconds(58));
    expect(runtime.states()).toEqual(['starting', 'running']);
    await runtime.clock.advance(seconds(2));
    await ended(runtime);
  });

  it('is not idle while it says HealthyBusy', async () => {
    await using runtime = await startedRuntime({ idleSeconds: 60 });
    await runtime.invoke({ ping: { status: 'HealthyBusy' } });
    await runtime.clock.advance(seconds(200));
    expect(runtime.states()).toEqual(['starting', 'running']);
    await runtime.invoke({ ping: { status: 'Healthy', at: runtime.clock.now() / 1000 } });
    await runtime.clock.advance(seconds(58));
    expect(runtime.states()).toEqual(['starting', 'running']);
    await runtime.clock.advance(seconds(2));
    await ended(runtime);
  });

  it('is not idle while a request is open', async () => {
    await using runtime = await startedRuntime({ idleSeconds: 60 });
    await runtime.invoke();
    const open = runtime.invoke({ untilNext: true });
    await expect.poll(() => runtime.lines).toContain('invocation 2');
    await runtime.clock.advance(seconds(120));
    expect(runtime.states()).toEqual(['starting', 'running']);
    await Promise.all([open, runtime.invoke()]);
    await runtime.clock.advance(seconds(62));
    await ended(runtime);
  });

  it('never is idle when its time_of_last_update moves with every ping', async () => {
    await using runtime = await startedRuntime({ idleSeconds: 60 });
    await runtime.invoke({ ping: { advancing: 2 } });
    await runtime.clock.advance(seconds(200));
    expect(runtime.states()).toEqual(['starting', 'running']);
  });

  it('ends after its maximum lifetime, busy or not', async () => {
    await using runtime = await startedRuntime({ maxLifetimeSeconds: 300 });
    await runtime.invoke({ ping: { status: 'HealthyBusy' } });
    await runtime.clock.advance(seconds(299));
    expect(runtime.states()).toEqual(['starting', 'running']);
    await runtime.clock.advance(seconds(1));
    await ended(runtime);
    expect(runtime.changes.at(-1)?.end).toBe('max-lifetime');
  });

  it('can be let reach its longest life, and the next one lives on', async () => {
    await using runtime = await startedRuntime();
    await runtime.invoke({ ping: { status: 'HealthyBusy' } });
    expect(runtime.emulator.outlive(sessionOf('a'))).toBe(true);
    await ended(runtime);
    expect(runtime.changes.at(-1)).toMatchObject({ end: 'max-lifetime', exit: 'exit status 0' });
    expect(runtime.emulator.outlive(sessionOf('a'))).toBe(false);
    expect((await runtime.invoke()).body).toMatchObject({ runs: 1 });
  });

  it.each([
    ['fails', { httpStatus: 500 }],
    ['says something else', { status: 'Fine' }],
    ['does not answer', { silent: true }],
  ])('ends when its ping %s several times in a row', async (_, ping) => {
    await using runtime = await startedRuntime({}, { pingTimeoutMilliseconds: 20 });
    await runtime.invoke({ ping });
    await runtime.clock.advance(seconds(8));
    expect(runtime.states()).toEqual(['starting', 'running']);
    await runtime.clock.advance(seconds(2));
    await ended(runtime);
    expect(runtime.changes.at(-1)?.end).toBe('unhealthy');
  });

  it('survives a ping that fails now and then', async () => {
    await using runtime = await startedRuntime({}, { unhealthyAfterPings: 2 });
    for (const status of [500, 200, 500, 200]) {
      await runtime.invoke({ ping: { httpStatus: status } });
      await runtime.clock.advance(seconds(2));
    }
    expect(runtime.states()).toEqual(['starting', 'running']);
  });

  it('is killed when it ignores SIGTERM for fifteen seconds', async () => {
    await using runtime = await startedRuntime({ environment: { IGNORE_SIGTERM: '1' }, maxLifetimeSeconds: 60 }, { killGraceSeconds: 15 });
    const { pid } = (await runtime.invoke()).body;
    await runtime.clock.advance(seconds(60));
    await expect.poll(() => runtime.lines).toContain('SIGTERM ignored');
    await runtime.clock.advance(seconds(14));
    expect(isAlive(pid)).toBe(true);
    await runtime.clock.advance(seconds(1));
    await ended(runtime);
    expect(runtime.changes.at(-1)).toMatchObject({ end: 'max-lifetime', exit: 'signal SIGKILL' });
  });

  it('fails to start when no ping is healthy in time', async () => {
    await using runtime = await startedRuntime({ environment: { NEVER_HEALTHY: '1' }, bootSeconds: 30 }, { pingTimeoutMilliseconds: 20 });
    const invoked = runtime.invoke().catch((error: unknown) => error);
    await expect.poll(() => runtime.lines).toContain('worker worker started');
    await runtime.clock.advance(seconds(30));
    expect(await invoked).toMatchObject({ name: 'RuntimeClientError', $metadata: { httpStatusCode: 424 } });
    await ended(runtime);
    expect(runtime.changes.at(-1)?.end).toBe('start-failed');
  });

  it('fails to start at once when its process ends', async () => {
    await using runtime = await startedRuntime({ environment: { EXIT_AT_BOOT: '1' } });
    await expect(runtime.invoke()).rejects.toMatchObject({ name: 'RuntimeClientError' });
    expect(runtime.changes.at(-1)).toMatchObject({ state: 'ended', end: 'start-failed', exit: 'exit status 3' });
  });

  it('can be killed as if its machine failed', async () => {
    await using runtime = await startedRuntime();
    await runtime.invoke();
    expect(runtime.emulator.kill(sessionOf('a'))).toBe(true);
    await ended(runtime);
    expect(runtime.changes.at(-1)).toMatchObject({ end: 'exit', exit: 'signal SIGKILL' });
    expect(runtime.emulator.kill(sessionOf('a'))).toBe(false);
  });
});
