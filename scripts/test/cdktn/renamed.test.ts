import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renamed } from '../../cdktn/renamed.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const folders = '{stacks,scripts,packages,docker}';
const files = globSync(`${folders}/**/*.{ts,mjs}`, { cwd: root, exclude: ['**/node_modules', '**/dist', 'scripts/**/cdktn*'] });
/** Of statements and expressions: `from '…'`, `import('…')`, `vi.mock('…')`, `resolve('…')`. */
const named = (text: string) =>
  [...text.matchAll(/(?:\bfrom |\()['"`]((?:@?cdktf|@cdktn|cdktn|constructs)[^'"`]*)/g)].map(([, name]) => name ?? '');

describe('D28 the way out of cdktf', () => {
  it('is a rename: nothing of cdktf’s is named any more, but for the null provider, which cdktn has not', () => {
    const before = files.flatMap((path) => named(read(path)));
    const after = files.flatMap((path) => named(renamed(path, read(path))));
    expect(before.filter((name) => /^(?:cdktf$|@cdktf\/provider-aws\/lib\/)/.test(name)).length).toBeGreaterThan(60);
    expect(after).toHaveLength(before.length);
    expect(
      [...new Set(after)].filter((name) => !/^(?:cdktn|constructs|@cdktn\/provider-aws\/lib\/[\w-]+\/index\.js)$/.test(name)).sort(),
    ).toEqual([
      '@cdktf/provider-null/lib/provider/index.js',
      '@cdktf/provider-null/lib/resource/index.js',
      'cdktn-cli/bundle/bin/cdktn.js',
    ]);
  });

  it('touches nothing but names of packages', () => {
    for (const path of files) {
      const [old, other] = [read(path), renamed(path, read(path))].map((text) => text.split('\n'));
      const lines = old!.flatMap((line, index) => (line === other![index] ? [] : [line]));
      expect(
        lines.filter((line) => !/^(?:import|} from|const cli) .*cdktf/.test(line)),
        path,
      ).toEqual([]);
    }
    expect(renamed('docs/deploy.md', "from 'cdktf'")).toBe("from 'cdktf'");
  });

  it('installs what the fork wants, and lets the null provider have it under the old name', () => {
    const { dependencies } = JSON.parse(renamed('stacks/package.json', read('stacks/package.json'))) as {
      dependencies: Record<string, string>;
    };
    const old = JSON.parse(read('stacks/package.json')) as { dependencies: Record<string, string> };
    const ours = (all: object) => Object.keys(all).filter((name) => /cdkt/.test(name));
    expect(ours(dependencies)).toEqual(['@cdktf/provider-null', '@cdktn/provider-aws', 'cdktn', 'cdktn-cli']);
    for (const name of Object.keys(old.dependencies))
      expect(Object.keys(dependencies)).toContain(name.replace(/^(@?)cdktf(?!\/provider-null)/, '$1cdktn'));
    expect(renamed('pnpm-workspace.yaml', read('pnpm-workspace.yaml'))).toMatch(
      /^overrides:\n {2}cdktf: npm:cdktn@[\d.]+\n {2}constructs: [\d.]+\n$/m,
    );
  });
});
