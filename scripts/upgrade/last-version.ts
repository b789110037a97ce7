import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempDisposableSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The environments of the repository that upgrades are tried with. */
export const environments = ['trial', 'production'] as const;

/** What package.json says is the newest; the one before it has its commit in the changelog, and nowhere else. */
export function lastVersionIn(changelog: string): { readonly version: string; readonly commit: string } {
  const [, , last = ''] = changelog.split(/^## /m);
  const [version = ''] = last.split('\n');
  const [, commit] = /^Commit `([0-9a-f]{40})`/m.exec(last) ?? [];
  if (commit === undefined) throw new Error(`CHANGELOG.md names no commit of ${version || 'the version before the newest'}.`);
  return { version, commit };
}

/** The last version in a folder of its own, with what it runs on installed; gone at the end of the block that holds it. Needs the history. */
export function checkedOutLastVersion() {
  const last = lastVersionIn(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
  if (spawnSync('git', ['cat-file', '-e', `${last.commit}^{commit}`], { cwd: root }).status !== 0)
    throw new Error(`Git's history does not reach back to ${last.version}, commit ${last.commit}: \`git fetch --unshallow\` brings it.`);
  const folder = mkdtempDisposableSync(join(tmpdir(), 'last-version-'));
  // What they say is no result of the command.
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { cwd: folder.path, stdio: ['ignore', 2, 'inherit'] });
  const pnpm = ['npx', '--yes', 'pnpm@12.21.0'] as const;
  try {
    run('git', 'clone', '--quiet', '--shared', '--no-checkout', root, '.');
    run('git', 'checkout', '--quiet', last.commit);
    run(...pnpm, 'install', '--frozen-lockfile');
  } catch (error) {
    folder.remove();
    throw error;
  }
  return {
    ...last,
    path: folder.path,
    /** Its stacks of an environment, as its own settings file has that. */
    synthesise: (environment: string, out: string) =>
      run('env', `VERA_ENVIRONMENT=${environment}`, `CDKTF_OUTDIR=${out}`, ...pnpm, 'synth'),
    [Symbol.dispose]: () => folder.remove(),
  };
}
