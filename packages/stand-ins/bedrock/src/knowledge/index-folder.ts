import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { PassageIndex } from './passage-index.ts';
import { readDocument } from './read-document.ts';

/** Raised when documents are divided differently, so that a kept index is made anew. */
const format = 2;

/** Brings the index up to date with the Markdown and text files of a folder; files that did not change are not read. */
export function indexFolder(folder: string, index: PassageIndex): void {
  const known = index.stamps();
  const present = new Set<string>();
  for (const file of filesOf(folder)) {
    const path = relative(folder, file).split(sep).join('/');
    present.add(path);
    const { mtimeMs, size } = statSync(file);
    const stamp = `${format}:${mtimeMs}:${size}`;
    if (known.get(path) !== stamp) index.put(readDocument(path, readFileSync(file, 'utf8')), stamp);
  }
  for (const path of known.keys()) if (!present.has(path)) index.remove(path);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:md|markdown|txt)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
