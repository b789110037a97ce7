import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { fixturePath } from '@vera/aws-stand-in/test/fixture-path';
import { isAlive } from '@vera/aws-stand-in/test/is-alive';
import { expect, it } from 'vitest';
import { sessionOf, startedRuntime, workerFixture } from './agent-core-setup.ts';

const standIns = fileURLToPath(new URL('./fixtures/stand-ins-in-a-process.mjs', import.meta.url));

it('stops its workers in order when it is closed, and kills those that do not listen', async () => {
  const runtime = await startedRuntime({}, { killGraceSeconds: 0.2 });
  const pid = async (name: string, order: unknown = {}) =>
    (await runtime.invoke(order, { runtimeSessionId: sessionOf(name) })).body.pid as number;
  const pids = [await pid('a'), await pid('b')];
  await runtime.emulator[Symbol.asyncDispose]();
  expect(runtime.lines.filter((line) => line === 'SIGTERM received')).toHaveLength(2);
  expect(pids.filter(isAlive)).toEqual([]);

  const deaf = await startedRuntime({ environment: { IGNORE_SIGTERM: '1', CHILD_AT_BOOT: '1' } }, { killGraceSeconds: 0.2 });
  const worker = (await deaf.invoke()).body.pid as number;
  const child = Number(deaf.lines.find((line) => line.startsWith('child'))?.slice('child '.length));
  await deaf.emulator[Symbol.asyncDispose]();
  expect(isAlive(worker)).toBe(false);
  await expect.poll(() => isAlive(child)).toBe(false);
});

it('leaves no function and no worker behind when its own process is killed', async () => {
  const parent = spawn(process.execPath, [standIns, workerFixture, fixturePath('function'), fixturePath('image-program')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = await once(parent.stdout, 'data');
  const pids = JSON.parse(String(output)) as number[];
  expect(pids.filter(isAlive)).toHaveLength(4);
  parent.kill('SIGKILL');
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
});
