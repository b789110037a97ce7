import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { realClock } from '@vera/stand-in-kit/clock';
import { expect, it } from 'vitest';
import type { FunctionDefinition } from '../src/lambda/function-definition.ts';
import { fixturePath } from './fixture-path.ts';
import { isAlive } from './is-alive.ts';
import { startedLambda } from './lambda-setup.ts';

const worker: FunctionDefinition = {
  name: 'worker',
  entry: fixturePath('image-program'),
  isImage: true,
  environment: {},
  timeoutSeconds: 20,
};
const started = (definition: Partial<FunctionDefinition> = {}) =>
  startedLambda({ functions: [{ ...worker, ...definition }], retryDelays: [], clock: realClock });

/** T: stands still. */
const stateOf = (pid: number) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];

it('gives a program of an image its events over the Runtime API, one after the other, with their deadline', async () => {
  await using lambda = await started();
  const first = await lambda.invoke({ a: 1 }, 'worker');
  expect(first.payload).toMatchObject({ event: { a: 1 }, runs: 1 });
  expect(first.payload.remaining).toBeGreaterThan(15_000);
  expect(first.payload.remaining).toBeLessThanOrEqual(20_000);
  expect((await lambda.invoke({ do: 'another' }, 'worker')).payload).toMatchObject({ pid: first.payload.pid, runs: 2 });
  expect(lambda.lines).toContain('400');
  await lambda.invoke({ do: 'large' }, 'worker');
  expect(lambda.lines).toContain('413');
  expect(await lambda.invoke({ do: 'fail' }, 'worker')).toEqual({
    error: 'Unhandled',
    payload: { errorType: 'TypeError', errorMessage: 'as asked' },
  });
});

it('runs an instance for each event that comes while others run', async () => {
  await using lambda = await started();
  const both = await Promise.all([1, 2].map(() => lambda.invoke({ waitMilliseconds: 300 }, 'worker')));
  expect(new Set(both.map(({ payload }) => payload.pid)).size).toBe(2);
});

it('lets program and children stand still between events, from when it asks for the next one', async () => {
  await using lambda = await started();
  const { payload } = await lambda.invoke({ do: 'linger' }, 'worker');
  expect(lambda.lines).toContain('lingered');
  await expect.poll(() => [payload.pid, payload.child].map(stateOf)).toEqual(['T', 'T']);
  await sleep(500);
  // No timer of its own ran meanwhile: fifty would have.
  expect((await lambda.invoke({}, 'worker')).payload.ticks - payload.ticks).toBeLessThan(45);
});

it('kills what takes longer than its time with all that it started; what ends by itself has failed', async () => {
  await using lambda = await started({ timeoutSeconds: 2 });
  const { payload } = await lambda.invoke({}, 'worker');
  expect((await lambda.invoke({ waitMilliseconds: 30_000 }, 'worker')).payload.errorMessage).toContain('Task timed out after 2.00 seconds');
  await expect.poll(() => [payload.pid, payload.child].filter(isAlive)).toEqual([]);
  expect((await lambda.invoke({ do: 'exit' }, 'worker')).payload).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringContaining('exit status 3'),
  });
  expect((await lambda.invoke({}, 'worker')).payload.runs).toBe(1);
});

it('tells what a program says that cannot start', async () => {
  await using lambda = await started({ environment: { FAILS_AT_START: '1' } });
  expect(await lambda.invoke({}, 'worker')).toEqual({ error: 'Unhandled', payload: { errorType: 'Start', errorMessage: 'as asked' } });
});
