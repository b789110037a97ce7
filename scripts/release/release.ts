import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { planFile } from './plan-stack.ts';

/** What a reviewer approves: plans, and beside them all that applying them reads. One archive, under one hash. */
export interface Release {
  readonly commit: string;
  readonly environment: string;
  /** A plan is applied by the Terraform and on the kind of machine that made it. */
  readonly terraform: string;
  readonly platform: string;
  /** In the order they are applied; `state` is what each was planned against. */
  readonly stacks: readonly StackState[];
  /** Stacks that stay as they are, and whose outputs the others were planned with. */
  readonly read: readonly StackState[];
}

export interface StackState {
  readonly name: string;
  readonly state: string;
}

/** Something about a release that keeps it from being applied; the message says what. */
export class ReleaseError extends Error {
  readonly code = 'release';
}

const manifest = 'release.json';

/** Writes the archive; `out` are the synthesised stacks, each with its plan in it. Gives its SHA-256. */
export function packRelease(release: Release, { out, folder, archive }: { out: string; folder: string; archive: string }): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, manifest), `${JSON.stringify(release, undefined, 2)}\n`);
  // Providers are installed again where the plans are applied: by the lock file, which is in there.
  const isOurs = (path: string) => !/[\\/]\.terraform(?:[\\/]|$)/.test(path);
  for (const { name } of release.stacks)
    cpSync(join(out, 'stacks', name), join(folder, 'stacks', name), { recursive: true, filter: isOurs });
  // Of what is only read, what leads to its state.
  const isBeside = (path: string) => isOurs(path) && !/[\\/]assets(?:[\\/]|$)/.test(path) && basename(path) !== planFile;
  for (const { name } of release.read)
    cpSync(join(out, 'stacks', name), join(folder, 'stacks', name), { recursive: true, filter: isBeside });
  tar(['-czf', archive, '-C', folder, '.']);
  return sha256Of(archive);
}

/** Refuses an archive with another hash before it looks into it. */
export function unpackRelease(archive: string, sha256: string, folder: string): Release {
  const found = sha256Of(archive);
  if (found !== sha256) throw new ReleaseError(`the archive has the SHA-256 ${found}, and ${sha256} was reviewed.`);
  mkdirSync(folder, { recursive: true });
  tar(['-xzf', archive, '-C', folder]);
  return JSON.parse(readFileSync(join(folder, manifest), 'utf8')) as Release;
}

function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function tar(words: readonly string[]): void {
  const { status, stderr } = spawnSync('tar', words, { encoding: 'utf8' });
  if (status !== 0) throw new ReleaseError(`tar ${words.join(' ')} failed: ${stderr.trim()}`);
}
