import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

function mutation(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, '../mutation.ts'), ...words], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it('says how it is used, and where the time goes', () => {
  const { status, stdout, stderr } = mutation('--help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: pnpm mutation .*protocol, ledger, changes.*--seed N.*says how long the rest may take/s);
});

it.each([
  [['--package', 'elsewhere', '--package', 'protocol'], 'There is no elsewhere.'],
  [['--sample', 'all'], '--sample takes a number from 1.'],
  [['--sample', '0'], '--sample takes a number from 1.'],
  [['--seed', '-1.5'], /--seed/],
  [['--dry-run'], "Unknown option '--dry-run'."],
  [['protocol'], /Unexpected argument 'protocol'/],
])('names the mistake in %j, and begins nothing', (words, problem) => {
  const { status, stdout, stderr } = mutation(...words);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(problem instanceof RegExp ? problem : `mutation: ${problem} --help says how.\n`);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
