import { productionSources, type Source } from '../slack/production-sources.ts';

/** Of lines that are always written: those of `debug` are not. */
const call = /\.(?:info|warn|error)\(\s*(?:'([\w.-]+)'|`([\w.${}-]+)`)/g;
/** Not of types, which are gone when it runs. */
const imported = /^(?:import|export) (?!type\b)[^;']*?from '([^']+)'/gm;

/**
 * The packages whose code, or what it imports of others, writes a line of an event: by its name, or by one with a gap that fits, filled with a word
 * of that code or of what it is sent.
 */
export function writersOf(event: string): string[] {
  return packages.filter(({ text, names }) => names.some((name) => fits(name, event, text))).map(({ name }) => name);
}

const sources = new Map(productionSources().map((source) => [source.path, source]));
const sent = textOf([...sources.values()].filter(({ path }) => packageOf(path) === 'protocol'));

const packages = [...Map.groupBy(sources.values(), ({ path }) => packageOf(path))].map(([name, own]) => {
  const text = textOf(reachedFrom(own));
  return { name, text: text + sent, names: [...text.matchAll(call)].map(([, whole, withGap]) => whole ?? withGap ?? '') };
});

function packageOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function textOf(those: readonly Source[]): string {
  return those.map(({ text }) => text).join('\n');
}

/** These files and all that they import, over the borders of packages: a shared one's line is written by whoever runs it. */
function reachedFrom(own: readonly Source[]): Source[] {
  const reached = new Set(own);
  for (const source of reached)
    for (const [, specifier = ''] of source.text.matchAll(imported)) {
      const next = sources.get(pathOf(specifier, source.path));
      if (next) reached.add(next);
    }
  return [...reached];
}

/** A shared package's doors are named like their files: `@vera/audit/line` is `src/line.ts`. */
function pathOf(specifier: string, from: string): string {
  const [, name, door] = /^@vera\/([^/]+)\/(.+)$/.exec(specifier) ?? [];
  return name ? `packages/${name}/src/${door}.ts` : new URL(specifier, `file:///${from}`).pathname.slice(1);
}

function fits(name: string, event: string, text: string): boolean {
  if (name === event) return true;
  const [before, after, more] = name.split(/\$\{[\w.]+\}/);
  if (before === undefined || after === undefined || more !== undefined || !event.startsWith(before) || !event.endsWith(after))
    return false;
  return text.includes(`'${event.slice(before.length, event.length - after.length)}'`);
}
