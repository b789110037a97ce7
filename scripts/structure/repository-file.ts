import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** A text file of the repository; `path` is relative to its root, with forward slashes. */
export type RepositoryFile = { readonly path: string; readonly text: string };

const madeByTools = new Set(['node_modules', 'dist', 'coverage', 'cdktf.out']);
const textual = new Set([
  '.ts',
  '.js',
  '.mjs',
  '.json',
  '.md',
  '.css',
  '.html',
  '.yaml',
  '.yml',
  '.sh',
  '.sql',
  '.tf',
  '.svg',
  '.csv',
  '.txt',
  '',
]);
const largestText = 2_000_000;

export function repositoryFilesOf(root: string): RepositoryFile[] {
  return pathsUnder(root)
    .filter((path) => textual.has(extname(path)) && !path.endsWith('pnpm-lock.yaml') && statSync(path).size <= largestText)
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function pathsUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isOurs(entry.name) ? pathsUnder(path) : [];
    // In a worktree `.git` is a file that says where the repository is.
    return entry.isFile() && entry.name !== '.git' ? [path] : [];
  });
}

function isOurs(folder: string): boolean {
  return (!folder.startsWith('.') || folder === '.ci' || folder === '.github') && !madeByTools.has(folder);
}

/** One broken rule: where, what is there, why that is not wanted, and what to do. */
export type Finding = { readonly file: string; readonly line: number; readonly what: string; readonly why: string; readonly fix: string };

export function toText({ file, line, what, why, fix }: Finding): string {
  return `${file}:${line}  ${what}\n    why: ${why}\n    fix: ${fix}`;
}
