import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
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

it('tells what is missing before it begins', () => {
  expect(run('--help').stdout).toContain('Usage: pnpm record-plans');
  expect(run('then-moon')).toMatchObject({ status: 1, stderr: expect.stringContaining('no scenario then-moon; there are then-image') });
  expect(run('--out', 'nowhere')).toMatchObject({ status: 1, stderr: expect.stringContaining('run `pnpm synth` first') });
});
