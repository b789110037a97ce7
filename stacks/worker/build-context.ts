import { lstatSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Every file that the builder is sent, by its path from the root, in an order that no locale changes. */
export function buildContextOf(root: string, { lets, starts }: AllowList): string[] {
  const paths = new Set(starts.flatMap((start) => pathsAt(root, start)));
  const sent = [...paths].filter(lets).sort();
  for (const path of sent) if (!lstatSync(join(root, path)).isFile()) throw noFile(path);
  return sent;
}

/** What is at a path, and below it where that is a folder. The builder follows no links, so none may stand in the way. */
function pathsAt(root: string, start: string): string[] {
  const names = start.split('/');
  const way = names.map((_, index) => names.slice(0, index + 1).join('/'));
  for (const path of way) {
    const found = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (!found) return [];
    if (found.isSymbolicLink()) throw noFile(path);
    if (path === start && !found.isDirectory()) return [path];
  }
  const below = readdirSync(join(root, start), { recursive: true, withFileTypes: true });
  const paths = below.filter((entry) => !entry.isDirectory()).map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return paths.map((path) => path.split(sep).join('/'));
}

function noFile(path: string): WorkerImageError {
  const what = `'${path}' is a link or a device, and the worker's image is built from plain files and folders`;
  return new WorkerImageError(`${what}: a link's target could change without moving the image's tag. Put the file itself there.`);
}

/** What an ignore file lets a build see. Paths are relative to the repository's root, with forward slashes. */
interface AllowList {
  readonly lets: (file: string) => boolean;
  /** The files and folders in which everything lies that is let through. */
  readonly starts: readonly string[];
}

/**
 * Reads the part of Docker's ignore file language that an allow list needs: `*` first, then `!path` and `path` with `*` and `**`; the
 * last line that fits a file, or a folder it is in, decides. The rest of the language (`?`, `[a-z]`, escapes, `..`) is refused: read
 * otherwise than the builder reads it, it would let a file into the image without moving the tag.
 */
export function allowListOf(ignoreFile: string): AllowList {
  const lines = ignoreFile.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (lines[0] !== '*') throw refusal('its first line must be `*`: it lists what the build may see, not what it may not');
  const rules = lines.slice(1).map(ruleOf);
  return {
    starts: [...new Set(rules.filter(({ allows }) => allows).map(({ start }) => start))],
    lets: (file) => {
      const names = file.split('/');
      const fileAndFolders = names.map((_, index) => names.slice(0, index + 1).join('/'));
      return rules.findLast(({ pattern }) => fileAndFolders.some((path) => pattern.test(path)))?.allows ?? false;
    },
  };
}

interface Rule {
  readonly allows: boolean;
  readonly pattern: RegExp;
  /** The names before the first wildcard. */
  readonly start: string;
}

function ruleOf(line: string): Rule {
  const allows = line.startsWith('!');
  const names = line.slice(allows ? 1 : 0).split('/');
  if (!names.every(isPlain)) throw refusal(`\`${line}\` is more than names, \`*\`, \`**\` as a whole name, and \`!\` before them`);
  const wildcard = names.findIndex((name) => name.includes('*'));
  if (allows && wildcard === 0) throw refusal(`\`${line}\` begins with a wildcard: name the folder in which it allows something`);
  const start = names.slice(0, wildcard === -1 ? names.length : wildcard).join('/');
  return { allows, start, pattern: new RegExp(`^${names.map(toPattern).join('')}$`) };
}

function isPlain(name: string): boolean {
  return name === '**' || (/^[\w.@*-]+$/.test(name) && !name.includes('**') && !['.', '..'].includes(name));
}

function toPattern(name: string, index: number, { length }: readonly string[]): string {
  const isLast = index === length - 1;
  if (name === '**') return isLast ? '.*' : '(?:.*/)?';
  const one = name.replaceAll('.', '\\.').replaceAll('*', '[^/]*');
  return isLast ? one : `${one}/`;
}

function refusal(why: string): WorkerImageError {
  return new WorkerImageError(`The ignore file of the worker's image cannot be followed: ${why}.`);
}

/** The tag of the worker's image cannot be told. The message says why and what to do. */
export class WorkerImageError extends Error {
  readonly code = 'worker_image';
}
