import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** A check that says of every stack it finds what Terraform would, and `second` of a second plan. */
const checkSaying = (second: string) => `import { readdirSync } from 'node:fs';
const stacks = readdirSync(process.argv[process.argv.indexOf('--out') + 1] + '/stacks');
for (const stack of stacks) {
  console.log('ok   ' + stack + ' validate  4.2 s');
  console.log('ok   ' + stack + ' plan      5.1 s Plan: 3 to add, 0 to change, 0 to destroy.');
  console.log('ok   ' + stack + ' apply     5.1 s Apply complete! Resources: 3 added, 0 changed, 0 destroyed.');
  console.log(${JSON.stringify(second)}.replace('STACK', stack));
  console.log('ok   ' + stack + ' destroy   5.1 s Plan: 0 to add, 0 to change, 3 to destroy.');
}`;

function runWith(second: string, words: readonly string[]) {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'check-variants-'));
  const [check, bin, document] = ['check.mjs', 'bin', 'variants.md'].map((name) => join(folder.path, name)) as [string, string, string];
  writeFileSync(check, checkSaying(second));
  mkdirSync(bin);
  writeFileSync(join(bin, 'terraform'), '#!/bin/sh\n');
  chmodSync(join(bin, 'terraform'), 0o755);
  const { status, stderr } = spawnSync(process.execPath, ['scripts/check-variants.ts', ...words, '--out', document], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin`, TERRAFORM_CHECK: check },
  });
  return { status, stderr, document: existsSync(document) ? readFileSync(document, 'utf8') : undefined };
}

it('pnpm check-variants keeps what real Terraform made of every stack of a variant', () => {
  const { status, document } = runWith('ok   STACK re-plan   4.2 s nothing to change', ['lambda-worker']);
  expect(status).toBe(0);
  expect(document).toContain('\n| lambda-worker | the worker as a function | 8 | 24 | 8 | 8 | 8 | 8 | 8 |\n');
});

it('keeps nothing where a second plan wants something, and refuses what is no variant', () => {
  const wants = runWith('FAIL STACK re-plan   4.2 s the second plan still wants:', ['trial']);
  expect(wants).toMatchObject({
    status: 1,
    document: undefined,
    stderr: expect.stringContaining('not every stack passed every step: trial.'),
  });
  const unknown = runWith('', ['moon']);
  expect(unknown).toMatchObject({
    status: 1,
    document: undefined,
    stderr: expect.stringContaining('no variant moon; there are trial, production,'),
  });
});

it('every variant has its line in docs/variants.md, in its own words, and no line stands there without a variant', () => {
  const { stdout } = spawnSync(process.execPath, ['stacks/variants/main.ts'], { cwd: root, encoding: 'utf8' });
  const document = readFileSync(join(root, 'docs/variants.md'), 'utf8');
  const rows = [...document.matchAll(/^\| ([\w-]+) \| (.+?) \| \d/gm)].map(([, name, about]) => [name, about]);
  expect(rows).toEqual(Object.entries(JSON.parse(stdout)));
});
