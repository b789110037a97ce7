import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

interface Package {
  /** With its version. */
  readonly name: string;
  /** As its manifest states it, an SPDX expression. */
  readonly licence: string;
  readonly source: string;
  /** What it says of its licence in files of its own. */
  readonly text: string;
}

/** The folder of the package that a file belongs to; nothing where it is our own. */
export function packageFolderOf(file: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/.exec(file)?.[0];
}

/** What has to go with a program that is made of these packages: their names and licences, then each text once. */
export async function thirdPartyLicences(own: string, folders: Iterable<string>): Promise<string> {
  const found = await Promise.all([...new Set(folders)].map(packageIn));
  const packages = [...new Map(found.map((one) => [one.name, one])).values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  const texts = Object.entries(Object.groupBy(packages, ({ text }) => text));
  return [
    'Vera is under this licence:',
    own.trim(),
    'These packages are part of the program, bundled into it or beside it, unchanged but for what a bundler leaves out. Each is under its own\nlicence; the sources are where it is named.',
    packages.map(({ name, licence, source }) => `${name} | ${licence} | ${source}`).join('\n'),
    ...texts.flatMap(([text, group = []]) => ['-'.repeat(80), group.map(({ name }) => name).join('\n'), text]),
    '',
  ].join('\n\n');
}

async function packageIn(folder: string): Promise<Package> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
    readonly homepage?: string;
    readonly repository?: string | { readonly url?: string };
  };
  const { name, version, license = 'none stated', homepage, repository } = manifest;
  const address = typeof repository === 'object' ? repository.url : repository;
  return {
    name: `${name} ${version}`,
    licence: license,
    source: webAddressOf(address ?? homepage ?? `https://www.npmjs.com/package/${name}`),
    // Some of AWS's and resvg's come without: their licences' own addresses stand in for the texts.
    text:
      (await textIn(folder)) ||
      idsIn(license)
        .map((id) => `https://spdx.org/licenses/${id}.html`)
        .join('\n'),
  };
}

/** Of an SPDX expression, such as `(MIT OR Apache-2.0)`. */
export function idsIn(expression: string): string[] {
  return expression.split(/[()]| AND | OR /).flatMap((id) => id.trim() || []);
}

/** Manifests name a repository as Git reads it, and GitHub's by owner and name alone. */
function webAddressOf(address: string): string {
  const path = address
    .replace(/\.git$/, '')
    .replace(/^(?:git\+)?(?:\w+:\/\/)?(?:git@)?/, '')
    .replace(/^github(?:\.com)?[:/]/, 'github.com/');
  return `https://${/^[\w-]+\/[\w.-]+$/.test(path) ? 'github.com/' : ''}${path}`;
}

/** In its folder, and in one of licences that it took over from others, as ECharts has. */
async function textIn(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /^(?:licen[cs]e|copying|copyright|notice)/i.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readAll(join(folder, name))));
  return texts.flat().join('\n\n');
}

async function readAll(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [(await readFile(path, 'utf8')).replaceAll('\r\n', '\n').trim()];
  const names = (await readdir(path)).sort();
  return Promise.all(names.map(async (name) => (await readFile(join(path, name), 'utf8')).trim()));
}
