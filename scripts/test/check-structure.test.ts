import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryRepository } from './temporary-repository.ts';

const checker = join(import.meta.dirname, '..', 'check-structure.ts');
const documents = { 'README.md': '# Vera\n', 'AGENTS.md': '# Working here\n' };

it('names file, line, rule, reason and remedy, and fails', () => {
  using repository = temporaryRepository({ ...documents, 'packages/worker/src/utils.ts': '' });
  const { status, stderr } = spawnSync(process.execPath, [checker, repository.root], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^packages\/worker\/src\/utils\.ts:1 {2}the name 'utils'\n {4}why: \S.*\n {4}fix: \S.*\n$/);
});

it('succeeds and says so when there is nothing to mend', () => {
  using repository = temporaryRepository(documents);
  const { status, stdout } = spawnSync(process.execPath, [checker, repository.root], { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toBe('Structure: nothing to say.\n');
});

it('lists crumbs on demand, which fail nothing', () => {
  using repository = temporaryRepository({
    ...documents,
    'packages/worker/src/main.ts': "import { x } from './small.ts';\n",
    'packages/worker/src/small.ts': 'export const x = 1;\n',
  });
  const { status, stdout } = spawnSync(process.execPath, [checker, '--crumbs', repository.root], { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toBe(
    'packages/worker/src/small.ts  1 lines, read by packages/worker/src/main.ts\nCrumbs (below 25 lines, one reader): 1\n',
  );
});
