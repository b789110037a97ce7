import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempDisposableSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('takes away what another environment left in the folder, and nothing of what is made', { timeout: 120_000 }, () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'synthesised-'));
  const left = join(folder.path, 'stacks', 'of-another');
  const own = join(folder.path, 'stacks', 'storage', '.terraform');
  for (const path of [left, own]) mkdirSync(path, { recursive: true });
  writeFileSync(join(left, 'cdk.tf.json'), '{}');
  const env = { PATH: '/usr/bin:/bin', CDKTF_OUTDIR: folder.path, VERA_ENVIRONMENT: 'trial' };
  const { status, stderr } = spawnSync(process.execPath, ['stacks/main.ts'], { env, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(readdirSync(join(folder.path, 'stacks'))).toEqual(expect.arrayContaining(['storage', 'worker', 'observability']));
  expect(existsSync(left)).toBe(false);
  // Terraform's providers stay where they were unpacked.
  expect(existsSync(own)).toBe(true);
});
