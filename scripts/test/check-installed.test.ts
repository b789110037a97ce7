import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../check-installed.mjs', import.meta.url));
const run = (path: string) => promisify(execFile)(process.execPath, [path]);

test('where the install failed, for want of a network, `pnpm start` ends with a sentence', async () => {
  expect(await run(script)).toEqual({ stdout: '', stderr: '' });
  const folder = await mkdtemp(join(tmpdir(), 'vera-'));
  await cp(script, join(folder, 'scripts/check-installed.mjs'));
  await expect(run(join(folder, 'scripts/check-installed.mjs'))).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^What Vera needs could not be installed; .*\n$/),
  });
  await rm(folder, { recursive: true });
});
