import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { zipSync } from 'fflate';
import { createStagingFolder } from './staging-folder.ts';

/** As old as a zip file can say, so that the same files give the same bytes. */
const mtime = new Date(1980, 0, 1);

/**
 * Zips a bundle for Lambda and returns the file's path. cdktf's own archives start a process each, which takes most of a synth. Source
 * maps stay at home: Lambda reads none, and they are half of it.
 */
export function archiveOf(folder: string): string {
  if (!existsSync(folder))
    throw new Error(`dist/${basename(folder)} is not there: run \`pnpm bundle\`, or \`pnpm synth\`, which does so first.`);
  const names = readdirSync(folder).filter((name) => !name.endsWith('.map'));
  const files = Object.fromEntries(names.sort().map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]));
  const path = join(createStagingFolder(), `${basename(folder)}.zip`);
  writeFileSync(path, zipSync(files, { mtime, level: 6 }));
  return path;
}
