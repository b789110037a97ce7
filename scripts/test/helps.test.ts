import { execFile } from 'node:child_process';
import { mkdtempDisposableSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };

/** Where `pnpm NAME …` ends in a program of ours, what is typed behind it goes there; those of others have helps of their own. */
const programs = Object.entries(scripts).flatMap(([name, script]) => {
  const [, file] = /(?:^|&& )node (\S+\.ts)$/.exec(script) ?? [];
  return file === undefined ? [] : [[name, file] as const];
});

it('every command of ours is looked at', () => {
  expect(programs.length).toBeGreaterThanOrEqual(25);
  expect(programs.map(([name]) => name)).toEqual(expect.arrayContaining(['settings', 'print-permissions', 'vera', 'plan', 'start']));
});

it.each(programs)('pnpm %s says with --help how it is used, does nothing else, and refuses what it does not know', async (name, file) => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'vera-helps-'));
  const run = (...words: string[]) =>
    new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
      execFile(process.execPath, [join(root, file), ...words], { cwd: folder.path }, (error, stdout, stderr) => {
        resolve({ code: Number(error?.code ?? 0), stdout, stderr });
      });
    });
  // Those of the stacks load what makes all of them, which takes seconds; they read both alike, by one function.
  const short = file.startsWith('stacks/') ? undefined : '-h';
  const [help, unknown, shortHelp] = await Promise.all([run('--help'), run('--surely-nothing'), short && run(short)]);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toMatch(new RegExp(`pnpm (?:--silent )?${name}`));
  if (shortHelp) expect(shortHelp).toEqual(help);
  expect(unknown).toMatchObject({ code: 1, stdout: '' });
  expect(unknown.stderr).toMatch(/Usage:|--help/);
  expect(unknown.stderr).not.toMatch(/^ {4}at /m);
  expect(readdirSync(folder.path)).toEqual([]);
});
