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

/** A clone elsewhere, where the script that plans and applies is not at hand, with a terraform of which this is to be heard. */
function cloneElsewhere(terraform: string | undefined) {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'clone-'));
  const summary = join(folder.path, 'summary.md');
  for (const stack of ['storage', 'worker']) {
    mkdirSync(join(folder.path, 'vera/cdktf.out/stacks', stack), { recursive: true });
    writeFileSync(join(folder.path, 'vera/cdktf.out/stacks', stack, 'cdk.tf.json'), '{}');
  }
  mkdirSync(join(folder.path, 'bin'));
  if (terraform !== undefined) writeFileSync(join(folder.path, 'bin/terraform'), `#!/bin/sh\n${terraform}\n`, { mode: 0o755 });
  const run = (words: readonly string[], more: object = {}) => {
    const env = { PATH: `${join(folder.path, 'bin')}:/nowhere`, GITHUB_STEP_SUMMARY: summary, HERE: folder.path, ...more };
    return spawnSync(process.execPath, [join(root, 'scripts/terraform-check.ts'), ...words], {
      cwd: join(folder.path, 'vera'),
      encoding: 'utf8',
      env,
    });
  };
  const read = (name: string) => (existsSync(join(folder.path, name)) ? readFileSync(join(folder.path, name), 'utf8') : '');
  return { path: folder.path, run, read, [Symbol.dispose]: () => folder.remove() };
}

it('has Terraform validate each stack by itself where there is no more, and says what it did not do', () => {
  using clone = cloneElsewhere('echo "$*" >>"$HERE/calls"; [ "$2" != init ] || echo hashes >"${1#-chdir=}/.terraform.lock.hcl"');
  const { status, stdout } = clone.run(['--if-there']);
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/2 stacks are valid[^\n]*neither planned nor applied[^\n]*no part of this repository/),
  ]);
  const calls = clone.read('calls').trim().split('\n');
  for (const stack of ['storage', 'worker']) {
    expect(calls).toContain(`-chdir=cdktf.out/stacks/${stack} init -backend=false -input=false -no-color`);
    expect(calls).toContain(`-chdir=cdktf.out/stacks/${stack} validate -no-color`);
  }
  expect(clone.read('vera/cdktf.out/stacks/storage/.terraform.lock.hcl')).toBe('');
  expect([stdout.includes('::warning'), clone.read('summary.md')], 'outside of CI').toEqual([false, '']);
  expect(clone.run([]), 'where planning is wanted').toMatchObject({
    status: 2,
    stderr: expect.stringContaining('no part of this repository'),
  });
  expect(clone.run(['--is-there']).status).toBe(2);
});

it('fails where a stack is not valid, and not where the registry is out of reach', () => {
  using wrong = cloneElsewhere('case "$*" in *worker*validate*) echo "Error: Unsupported argument" >&2; exit 1 ;; esac');
  expect(wrong.run(['--if-there'])).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/validate of worker failed:\nError: Unsupported/),
  });
  using alone = cloneElsewhere('case "$*" in *init*) echo "Error: Failed to query available provider packages" >&2; exit 1 ;; esac');
  expect(alone.run(['--if-there'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/!! NOT CHECKED.*Failed to query/) });
});

it('in CI tells it beside the run and in its summary that nothing was checked', () => {
  using clone = cloneElsewhere(undefined);
  const { status, stdout } = clone.run(['--if-there'], { CI: 'true' });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/!! NOT CHECKED: .*no terraform[\s\S]*\n::warning title=Not checked/)]);
  expect(clone.read('summary.md')).toMatch(/^> \[!WARNING\]\n> \*\*Not checked with Terraform:\*\* .*no terraform/);
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
  expect(machine.run(out, bare)).toMatchObject({ status: 2, stderr: expect.stringContaining('no terraform on this machine') });
  expect(machine.run(['--if-there', ...out], bare)).toMatchObject({ status: 0, stdout: expect.stringContaining('!! NOT CHECKED') });
  expect(machine.calls()).toEqual([]);
});
