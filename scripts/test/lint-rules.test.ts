import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryRepository } from './temporary-repository.ts';

const root = join(import.meta.dirname, '..', '..');
const later = 'export async function later(): Promise<void> {\n  await Promise.resolve();\n}\n';
const longFunction = (lines: number) =>
  `export function sum(value: number) {\n  let total = value;\n${'  total += 1;\n'.repeat(lines - 4)}  return total;\n}\n`;
const longFile = (lines: number) => `${'// why\n'.repeat(lines - 1)}export const a = 1;\n`;

/** The rules that break, by file; each file lies in `packages/receiver/src` unless it says otherwise. */
function rulesBrokenBy(files: Readonly<Record<string, string>>): string[] {
  using repository = temporaryRepository({
    'biome.json': readFileSync(join(root, 'biome.json'), 'utf8'),
    '.gitignore': 'dist/\n',
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`packages/receiver/${path}`, text])),
  });
  const biome = join(root, 'node_modules', '.bin', 'biome');
  const { stdout } = spawnSync(biome, ['lint', '--reporter=json', '.'], { cwd: repository.root, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { diagnostics: { category: string; severity: string }[] };
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ category }) => category.split('/').at(-1) ?? '');
}

it.each([
  ['noFloatingPromises', 'src/ask.ts', `${later}export function ask() {\n  later();\n}\n`],
  [
    'noMisusedPromises',
    'src/ask.ts',
    'export async function ask(isReady: () => Promise<boolean>) {\n  if (isReady()) await isReady();\n}\n',
  ],
  ['noProcessEnv', 'src/ask.ts', 'export const region = process.env.AWS_REGION;\n'],
  ['noProcessEnv', 'test/ask.test.ts', 'export const region = process.env.AWS_REGION;\n'],
  ['noDefaultExport', 'src/ask.ts', 'export default 1;\n'],
  ['useImportType', 'src/ask.ts', "import { A } from './a.ts';\nexport const ask = (a: A) => a;\n"],
  ['noExplicitAny', 'src/ask.ts', 'export const ask = (a: any) => a;\n'],
  ['noConsole', 'src/ask.ts', "export const ask = () => console.log('x');\n"],
  ['noUnusedVariables', 'src/ask.ts', 'const a = 1;\nexport const b = 2;\n'],
  ['noUnusedImports', 'src/ask.ts', "import { a } from './a.ts';\nexport const b = 2;\n"],
  ['noBarrelFile', 'src/ask.ts', "export { a } from './a.ts';\n"],
  ['useFilenamingConvention', 'src/askVera.ts', 'export const a = 1;\n'],
  ['noExcessiveLinesPerFile', 'src/ask.ts', longFile(301)],
  ['noExcessiveLinesPerFunction', 'src/ask.ts', longFunction(51)],
  ['noRestrictedImports', 'src/ask.ts', "import { z } from 'zod';\nexport const a = z.string();\n"],
  ['noSkippedTests', 'test/ask.test.ts', "import { it } from 'vitest';\nit.skip('waits', () => {});\n"],
])('%s is an error in %s', (rule, path, text) => {
  expect(rulesBrokenBy({ [path]: text })).toEqual([rule]);
});

it('allows what the entry files, the tests and the limits allow', () => {
  expect(
    rulesBrokenBy({
      'src/handler.ts': 'export const region = process.env.AWS_REGION;\n',
      'src/main.ts': 'export const region = process.env.AWS_REGION;\n',
      'src/sum.ts': longFunction(50),
      'test/sum.test.ts': longFunction(90),
      'some.config.ts': 'export default {};\n',
      'src/edge.ts': longFile(300),
    }),
  ).toEqual([]);
});

it.each([
  ['of types', "import type { B } from './b.ts';\nexport type A = { readonly b: B };\n"],
  ['of a type among values', "import { b, type B } from './b.ts';\nexport type A = { readonly b: B };\nexport const a = b;\n"],
])('refuses a circle of imports, even one %s only', (_, text) => {
  const broken = rulesBrokenBy({
    'src/a.ts': text,
    'src/b.ts': "import type { C } from './c.ts';\nexport type B = { readonly c: C };\nexport const b = 1;\n",
    'src/c.ts': "import type { A } from './a.ts';\nexport type C = { readonly a: A };\n",
  });
  expect(broken).toEqual(['noImportCycles', 'noImportCycles', 'noImportCycles']);
});
