import { lstatSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { AllowList } from './allow-list.ts';
import { WorkerImageError } from './worker-image-error.ts';

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
