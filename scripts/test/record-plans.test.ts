import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { scenarios } from '../record-plans/scenarios.ts';

const root = join(import.meta.dirname, '../..');
const run = (...args: string[]) => spawnSync(process.execPath, ['scripts/record-plans.ts', ...args], { cwd: root, encoding: 'utf8' });

it.each(Object.entries(scenarios))('%s is recorded, with the comment it gets', (name, { stack }) => {
  const plans = join(root, 'packages/plan-review/test/plans');
  expect(existsSync(join(plans, name, `${stack}.json`))).toBe(true);
  expect(existsSync(join(plans, `${name}.md`))).toBe(true);
});

it('changes what a scenario is about, and refuses a stack that no longer has it', () => {
  const group = (retention_in_days: number) =>
    JSON.stringify({ resource: { aws_cloudwatch_log_group: { sweeper_logs_0: { retention_in_days } } } });
  expect(JSON.parse(scenarios['then-retention']?.changed(group(30)) ?? '')).toEqual(JSON.parse(group(3)));
  expect(() => scenarios['then-retention']?.changed(JSON.stringify({ resource: {} }))).toThrow('older than the stack');
});

/** Runs one scenario on a stack of a log group, with a check that plans what is below and passes or does not. */
function recordedWhere(passes: boolean) {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'record-plans-'));
  const [out, to, bin, check] = ['out', 'to', 'bin', 'check.mjs'].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
    string,
  ];
  mkdirSync(join(out, 'stacks/sweeper'), { recursive: true });
  mkdirSync(bin);
  const stacks = { sweeper: { dependencies: [], synthesizedStackPath: 'stacks/sweeper/cdk.tf.json' } };
  writeFileSync(join(out, 'manifest.json'), JSON.stringify({ stacks }));
  const resource = { aws_cloudwatch_log_group: { sweeper_logs_0: { retention_in_days: 30 } } };
  writeFileSync(join(out, 'stacks/sweeper/cdk.tf.json'), JSON.stringify({ resource }));
  const change = { actions: ['update'], before: {}, after: { logging_config: [{ log_format: 'Text' }] } };
  const plan = { resource_changes: [{ address: 'aws_lambda_function.it', type: 'aws_lambda_function', change }] };
  writeFileSync(
    check,
    `import { mkdirSync, writeFileSync } from 'node:fs';
const plans = process.argv[process.argv.indexOf('--plans') + 1];
mkdirSync(plans, { recursive: true });
writeFileSync(plans + '/sweeper.json', ${JSON.stringify(JSON.stringify(plan))});
process.exitCode = ${passes ? 0 : 1};`,
  );
  writeFileSync(join(bin, 'terraform'), '#!/bin/sh\n', { mode: 0o755 });
  const { status } = spawnSync(process.execPath, ['scripts/record-plans.ts', 'then-retention', '--out', out, '--to', to], {
    cwd: root,
    env: { PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin`, TERRAFORM_CHECK: check },
  });
  const file = join(to, 'then-retention/sweeper.json');
  return { status, plan: existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as typeof plan) : undefined };
}

it('keeps a plan as AWS would have it, and none where something failed: that one is of the first time', () => {
  const { status, plan } = recordedWhere(true);
  expect(status).toBe(0);
  expect(plan?.resource_changes.map(({ change }) => change.actions)).toEqual([['no-op']]);
  expect(recordedWhere(false)).toEqual({ status: 1, plan: undefined });
});

it('tells what is missing before it begins', () => {
  expect(run('--help').stdout).toContain('Usage: pnpm record-plans');
  expect(run('then-moon')).toMatchObject({ status: 1, stderr: expect.stringContaining('no scenario then-moon; there are then-image') });
  expect(run('--out', 'nowhere')).toMatchObject({ status: 1, stderr: expect.stringContaining('run `pnpm synth` first') });
});
