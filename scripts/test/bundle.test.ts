import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const bundle = (name: string) => spawnSync(process.execPath, [join(root, 'scripts/bundle.ts'), name], { encoding: 'utf8' });

it('bundles one deployable and leaves the others as they are', () => {
  const others = () => readdirSync(join(root, 'dist'), { recursive: true }).filter((path) => !String(path).startsWith('worker'));
  const before = others();
  expect(before).toContain(join('receiver', 'handler.mjs'));
  expect(bundle('worker')).toMatchObject({ status: 0, stderr: '' });
  // Its program on AgentCore, and the one on Lambda.
  for (const program of ['main.mjs', 'lambda.mjs']) expect(existsSync(join(root, 'dist/worker', program)), program).toBe(true);
  expect(others()).toEqual(before);
});

it('refuses a name that is no deployable', () => {
  const { status, stderr } = bundle('ledger');
  expect(status).not.toBe(0);
  expect(stderr).toContain('packages/ledger/src has neither handler.ts nor main.ts: there is nothing to bundle.');
});

it('F10 puts beside the worker what draws pictures, its font and all: nothing of the machine is needed', async () => {
  // Bundled before the tests, and above.
  await using thread = new Worker(join(root, 'dist/worker/picture-thread.mjs'), { env: {}, execArgv: [] });
  const answered = new Promise((resolve) => thread.once('message', resolve));
  thread.postMessage({
    id: 1,
    chart: { kind: 'bar', title: 'Costs', categories: ['Q1'], series: [{ name: 'a', values: [1] }], notes: [] },
  });
  // Without a font that writes the title and the names, it has some 9,000 bytes.
  expect(await answered).toMatchObject({ png: { length: expect.toSatisfy((length: number) => length > 15_000) } });
});
