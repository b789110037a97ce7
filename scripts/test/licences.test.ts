import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { idsIn, packageFolderOf, thirdPartyLicences } from '../licences/third-party-licences.ts';
import { temporaryRepository } from './temporary-repository.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const deployables = ['receiver', 'invoker', 'sweeper', 'auth-portal', 'worker'];

/** What asks for no more than to be named. MPL-2.0 is for files that nobody changed, OFL-1.1 for fonts. */
const allowed = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MPL-2.0', 'OFL-1.1'];

const rowsOf = (licences: string) => [...licences.matchAll(/^(\S+) (\S+) \| (.+) \| (https:\/\/\S+)$/gm)];
const namesIn = (licences: string) => rowsOf(licences).map(([, name]) => name);

/** By the source maps of a bundle and the files beside it, which know nothing of the list. */
function packagesIn(deployable: string): Set<string> {
  const folder = `dist/${deployable}`;
  const maps = globSync('**/*.map', { cwd: join(root, folder) });
  const sources = maps.flatMap((map) => (JSON.parse(read(`${folder}/${map}`)) as { sources: string[] }).sources);
  return new Set(sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []));
}

it.each(deployables)('of each package in %s stand in the file beside it', (deployable) => {
  const packages = packagesIn(deployable);
  expect(packages.size).toBeGreaterThan(2);
  expect([...packages].filter((name) => !namesIn(read(`dist/${deployable}/THIRD-PARTY-LICENSES`)).includes(name))).toEqual([]);
});

it('of what lies beside the bundle as it is stand there too, and what a package took over from others keeps its words', () => {
  const licences = read('dist/worker/THIRD-PARTY-LICENSES');
  expect(namesIn(licences)).toEqual(expect.arrayContaining(['@cf-wasm/photon', '@expo-google-fonts/inter', '@resvg/resvg-wasm']));
  expect(licences).toContain('SIL OPEN FONT LICENSE');
  // Of ECharts' NOTICE, and of the part of it that is D3's.
  expect(licences).toContain('The Apache Software Foundation (https://www.apache.org/)');
  expect(licences).toContain('Mike Bostock');
  // PDF.js is inside another package's file: its own comment is what is left of it.
  const pdf = globSync('dist/worker/read-pdf-*.mjs', { cwd: root });
  expect(pdf.map((path) => read(path).includes('Mozilla Foundation'))).toContain(true);
});

it('are all such as ask for no more than to be named', () => {
  const rows = rowsOf(read('dist/THIRD-PARTY-LICENSES'));
  expect(rows.length).toBeGreaterThan(80);
  expect(rows.filter(([, , , licence = '']) => !idsIn(licence).every((id) => allowed.includes(id))).map(([row]) => row)).toEqual([]);
});

it('stand in the repository as they stand in what is built of it: `pnpm print-licences` writes them anew', () => {
  expect(read('THIRD-PARTY-LICENSES') === read('dist/THIRD-PARTY-LICENSES')).toBe(true);
  const everywhere = new Set(namesIn(read('THIRD-PARTY-LICENSES')));
  for (const deployable of deployables)
    expect(namesIn(read(`dist/${deployable}/THIRD-PARTY-LICENSES`)).filter((name) => !everywhere.has(name))).toEqual([]);
});

it('a package without a text is named with its licence’s address, one without a licence as such, and equal texts stand once', async () => {
  const manifest = (name: string, more = {}) => JSON.stringify({ name, version: '1.0.0', ...more });
  using repository = temporaryRepository({
    'node_modules/a/package.json': manifest('a', { license: 'MIT', repository: 'git@github.com:who/a.git' }),
    'node_modules/a/LICENSE': 'Do what you like.\r\n',
    'node_modules/@b/b/package.json': manifest('@b/b', {
      license: '(MIT AND OFL-1.1)',
      repository: { url: 'git+ssh://git@github.com/who/b.git' },
    }),
    'node_modules/@b/b/license.md': 'Do what you like.',
    'node_modules/c/package.json': manifest('c', { license: 'MPL-2.0 OR GPL-3.0', repository: 'who/c' }),
    'node_modules/d/package.json': manifest('d'),
  });
  const files = ['a/index.js', '@b/b/lib/x.js', 'c/x.js', 'c/y.js', 'd/x.js'].map((path) => join(repository.root, 'node_modules', path));
  const text = await thirdPartyLicences(
    'Ours.',
    files.flatMap((file) => packageFolderOf(file) ?? []),
  );
  expect(rowsOf(text).map(([row]) => row)).toEqual([
    '@b/b 1.0.0 | (MIT AND OFL-1.1) | https://github.com/who/b',
    'a 1.0.0 | MIT | https://github.com/who/a',
    'c 1.0.0 | MPL-2.0 OR GPL-3.0 | https://github.com/who/c',
    'd 1.0.0 | none stated | https://www.npmjs.com/package/d',
  ]);
  expect(text.split('Do what you like.')).toHaveLength(2);
  expect(text).toContain('c 1.0.0\n\nhttps://spdx.org/licenses/MPL-2.0.html\nhttps://spdx.org/licenses/GPL-3.0.html');
  expect(
    ['MIT', '(MIT AND OFL-1.1)', 'MPL-2.0 OR GPL-3.0', 'none stated'].map((licence) => idsIn(licence).every((id) => allowed.includes(id))),
  ).toEqual([...[true, true, false, false]]);
  expect(packageFolderOf(join(repository.root, 'packages/worker/src/main.ts'))).toBeUndefined();
});
