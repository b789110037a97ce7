import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Source {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What runs in AWS, as text: the stacks may not load it. */
export function productionSources(): Source[] {
  return globSync('packages/*/src/**/*.ts', { cwd: root })
    .filter((path) => !path.startsWith('packages/plan-review/'))
    .sort()
    .map((path) => ({ path, text: sourceText(path) }));
}

export function sourceText(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}
