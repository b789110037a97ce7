import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const bundle = (name: string) => spawnSync(process.execPath, [join(root, 'scripts/bundle.ts'), name], { encoding: 'utf8' });

it('bundles one deployable and leaves the others as they are', () => {
  const others = () => readdirSync(join(root, 'dist'), { recursive: true }).filter((path) => !String(path).startsWith('worker'));
  const before = others();
  expect(before).toContain(join('receiver', 'handler.mjs'));
  expect(bundle('worker')).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(join(root, 'dist/worker/main.mjs'))).toBe(true);
  expect(others()).toEqual(before);
});

it('refuses a name that is no deployable', () => {
  const { status, stderr } = bundle('ledger');
  expect(status).not.toBe(0);
  expect(stderr).toContain('packages/ledger/src has neither handler.ts nor main.ts: there is nothing to bundle.');
});
