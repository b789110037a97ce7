import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** A check that writes down how it was called, and fails as often as it is told to. */
function machineWith(failures: number) {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'terraform-check-'));
  const at = (name: string, text: string) => {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  };
  const check = `import { appendFileSync, readFileSync } from 'node:fs';
const { AWS_ENDPOINT_URL_CLOUDFORMATION: place, AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets, PLATFORM_CHECK } = process.env;
const told = [process.argv.slice(2), PLATFORM_CHECK, /^http:..127/.test(place), secrets === place];
appendFileSync('${folder.path}/calls', JSON.stringify(told) + '\\n');
process.exitCode = readFileSync('${folder.path}/calls', 'utf8').split('\\n').length - 1 > ${failures} ? 0 : 1;`;
  at('check.mjs', check);
  at('bin/terraform', '#!/bin/sh\n');
  chmodSync(join(folder.path, 'bin/terraform'), 0o755);
  for (const out of ['out', 'then']) {
    at(`${out}/manifest.json`, '{}');
    at(`${out}/stacks/storage/.terraform.lock.hcl`, 'hashes of providers that are stood in for');
  }
  const PATH = `${join(folder.path, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`;
  const run = (words: readonly string[], env: object = { TERRAFORM_CHECK: join(folder.path, 'check.mjs') }) =>
    spawnSync(process.execPath, ['scripts/terraform-check.ts', ...words], { cwd: root, encoding: 'utf8', env: { PATH, ...env } });
  const calls = () => (existsSync(join(folder.path, 'calls')) ? readFileSync(join(folder.path, 'calls'), 'utf8').trim().split('\n') : []);
  return { ...folder, path: folder.path, run, calls, [Symbol.dispose]: () => folder.remove() };
}

it('runs the check that is named, with a stand-in for CloudFormation, and without locks of providers that are stood in for', () => {
  using machine = machineWith(0);
  const words = ['--out', join(machine.path, 'out'), '--then', join(machine.path, 'then')];
  expect(machine.run(words).status).toBe(0);
  expect(machine.calls()).toEqual([JSON.stringify([words, 'off', true, false])]);
  for (const out of ['out', 'then']) expect(existsSync(join(machine.path, out, 'stacks/storage/.terraform.lock.hcl'))).toBe(false);
});

it('has the secret of a front stood in for as well, which the template there makes', () => {
  using machine = machineWith(0);
  mkdirSync(join(machine.path, 'out/stacks/front'));
  const words = ['--out', join(machine.path, 'out')];
  expect(machine.run(words).status).toBe(0);
  expect(machine.calls()).toEqual([JSON.stringify([words, 'off', true, true])]);
});

it('tries once more, and only once', () => {
  using once = machineWith(1);
  expect(once.run(['--out', join(once.path, 'out')])).toMatchObject({ status: 0, stdout: '!! Once more\n' });
  using twice = machineWith(2);
  expect(twice.run(['--out', join(twice.path, 'out')]).status).toBe(1);
  expect(twice.calls()).toHaveLength(2);
});

it('fails where what it needs is missing, and says so; only where it is optional nothing is checked', () => {
  using machine = machineWith(0);
  const out = ['--out', join(machine.path, 'out')];
  expect(machine.run(['--out', 'nowhere'])).toMatchObject({ status: 2, stderr: expect.stringContaining('run `pnpm synth` first') });
  // A check that was named is wanted.
  expect(machine.run(['--if-there', ...out], { TERRAFORM_CHECK: 'nowhere.mjs' })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('nowhere.mjs, which TERRAFORM_CHECK names, is not there'),
  });
  const bare = { PATH: '/nowhere', TERRAFORM_CHECK: join(machine.path, 'check.mjs') };
  expect(machine.run(out, bare)).toMatchObject({ status: 2, stderr: expect.stringContaining('not on this machine') });
  expect(machine.run(['--if-there', ...out], bare)).toMatchObject({ status: 0, stdout: expect.stringContaining('!! NOT CHECKED') });
  expect(machine.calls()).toEqual([]);
});
