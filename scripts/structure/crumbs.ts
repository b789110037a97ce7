import { posix } from 'node:path';
import { importsOf } from './import-findings.ts';
import type { RepositoryFile } from './repository-file.ts';

/** A file too small to stand alone; `readers` are the files that import it, tests left out. */
export type Crumb = { readonly path: string; readonly lines: number; readonly readers: readonly string[] };

const enough = 25;
/** Where a process, a command or an environment begins or ends: small as they are, they stand alone. */
const border = /(?:^|\/)(?:env|secrets|permissions|handler|main|lambda|print-[\w-]+)\.ts$|^stacks\/environments\/|^scripts\/[\w-]+\.ts$/;

/** Source files below 25 lines that have fewer than two readers and are no border: they belong to their reader, or to their like. */
export function crumbsOf(files: readonly RepositoryFile[]): Crumb[] {
  const sources = files.filter(({ path }) => path.endsWith('.ts') && !path.includes('/test/'));
  const manifests = manifestsIn(files);
  const readers = new Map<string, Set<string>>(sources.map(({ path }) => [path, new Set()]));
  for (const { path, text } of sources) {
    for (const { specifier } of importsOf(text)) {
      const read = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : fileBehind(specifier, manifests);
      if (read !== undefined) readers.get(read)?.add(path);
    }
  }
  return sources.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    const own = [...(readers.get(path) ?? [])];
    return lines >= enough || own.length > 1 || border.test(path) || isPort(text) ? [] : [{ path, lines, readers: own }];
  });
}

type Manifest = { readonly folder: string; readonly name: string; readonly exports: Readonly<Record<string, string>> };

function manifestsIn(files: readonly RepositoryFile[]): Manifest[] {
  return files.flatMap(({ path, text }) => {
    if (!path.endsWith('/package.json')) return [];
    const { name = '', exports = {} } = JSON.parse(text) as Partial<Manifest>;
    return [{ folder: posix.dirname(path), name, exports }];
  });
}

/** The file behind `@vera/<package>/<door>`. */
function fileBehind(specifier: string, manifests: readonly Manifest[]): string | undefined {
  const manifest = manifests.find(({ name }) => specifier.startsWith(`${name}/`));
  if (!manifest) return undefined;
  const door = `.${specifier.slice(manifest.name.length)}`;
  for (const [key, target] of Object.entries(manifest.exports)) {
    const [start = '', end] = key.split('*');
    if (key === door || (end === '' && door.startsWith(start)))
      return posix.join(manifest.folder, target.replace('*', door.slice(start.length)));
  }
  return undefined;
}

/** Types only: a shape that others fill. */
function isPort(text: string): boolean {
  return /^export (?:type|interface) /m.test(text) && !/^(?:export )?(?:async )?(?:function|const|let|class) /m.test(text);
}
