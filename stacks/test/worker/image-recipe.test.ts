import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allowListOf } from '../../worker/build-context.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = (path: string): Manifest => JSON.parse(read(path));
type Manifest = { dependencies?: Record<string, string>; devDependencies?: Record<string, string> };

const lines = read('docker/worker.Dockerfile')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const ignoreFile = read('docker/worker.Dockerfile.dockerignore');

/** The instructions of one stage, without those it takes over. */
function stage(name: string): string[] {
  const start = lines.findIndex((line) => line.startsWith('FROM ') && line.endsWith(` AS ${name}`));
  const end = lines.findIndex((line, index) => index > start && line.startsWith('FROM '));
  return lines.slice(start, end === -1 ? undefined : end);
}

/** What `name` depends on in this repository, itself included. */
function closureOf(name: string): string[] {
  const direct = Object.keys(manifest(`packages/${name}/package.json`).dependencies ?? {}).flatMap(
    (key) => /^@vera\/(.+)$/.exec(key)?.[1] ?? [],
  );
  return [...new Set([name, ...direct.flatMap(closureOf)])].sort();
}

it('names one base image, by an exact version, and by nothing but a digest beside it; nothing is built of another', () => {
  const bases = lines.flatMap((line) => /^FROM (?:--platform=\S+ )?(node:\S+)/.exec(line)?.[1] ?? []);
  expect(bases).toHaveLength(2);
  expect(new Set(bases).size).toBe(1);
  expect(bases[0]).toMatch(/^node:\d+\.\d+\.\d+-slim(?:@sha256:[0-9a-f]{64})?$/);
});

it('has a Node that keeps no entropy in snapshots, of the line that everything is tested with and no older', () => {
  const [, version = ''] = /node:([\d.]+)-slim/.exec(lines.join('\n')) ?? [];
  // npm's `node` follows later than Docker Hub: 24.21.0 was its newest when the image moved to 24.22.1 (CVE-2026-106074).
  const tested = manifest('package.json').devDependencies?.node ?? '';
  expect(version.split('.')[0]).toBe(tested.split('.')[0]);
  expect([version, tested, '24.22.1'].sort(byVersion).at(-1)).toBe(version);
});

function byVersion(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

it('is made of the base image alone', () => {
  const stages = lines.filter((line) => line.startsWith('FROM '));
  const known = stages.map((line) => line.split(' AS ')[1]);
  const bases = stages.map((line) => line.replace(/^FROM (?:--platform=\$BUILDPLATFORM )?/, '').split(' AS ')[0] ?? '');
  expect(bases.filter((base) => !/^node:[\d.]+-slim(?:@|$)/.test(base) && !known.includes(base))).toEqual([]);
  expect(lines.filter((line) => /^(?:ADD|COPY --from=(?!bundle|azure-mcp))/.test(line))).toEqual([]);
});

it('gives the worker alone unless a target is named, and runs nothing on the platform of the image for it', () => {
  expect(lines.at(-1)).toBe('FROM runtime AS worker');
  expect(stage('runtime')[0]).toMatch(/^FROM node:\S+ AS runtime$/);
  expect(stage('runtime').filter((line) => line.startsWith('RUN'))).toEqual([]);
  expect(stage('builder')).toEqual([expect.stringMatching(/^FROM --platform=\$BUILDPLATFORM node:\S+ AS builder$/)]);
  expect(stage('bundle')[0]).toBe('FROM builder AS bundle');
});

it('D7 starts Node itself as a user with a number, in production, on the port that the worker listens on', () => {
  const runtime = stage('runtime');
  expect(runtime.slice(-4)).toEqual(['USER 1000', 'EXPOSE 8080', 'ENTRYPOINT []', 'CMD ["node", "main.mjs"]']);
  // Whichever target is built: SIGTERM reaches the first process alone.
  expect(lines.filter((line) => /^(?:ENTRYPOINT|CMD|STOPSIGNAL) ?/.test(line))).toEqual(runtime.slice(-2));
  expect(runtime).toContain('ENV NODE_ENV=production');
  expect(stage('with-local-servers').at(-1)).toBe('USER 1000');
  expect(read('packages/worker/src/env.ts')).toContain('PORT: wholeNumber(1, 8080)');
});

it('carries no label that differs between two builds of the same files', () => {
  expect(lines.filter((line) => /^LABEL .*(?:created|revision|version)/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.startsWith('ARG ') && line !== 'ARG TARGETARCH')).toEqual([]);
});

it('installs by the lock file with the pnpm that everyone uses', () => {
  const install = stage('bundle').find((line) => line.includes(' install '));
  const pnpm = /pnpm@[\d.]+/.exec(read('.ci/run'))?.[0];
  expect(install).toContain(`npx --yes ${pnpm} install --frozen-lockfile --prod`);
});

it('sees the worker and the packages it depends on, and no other package', () => {
  const { lets } = allowListOf(ignoreFile);
  const packages = readdirSync(join(root, 'packages')).sort();
  expect(packages.filter((name) => lets(`packages/${name}/package.json`))).toEqual(closureOf('worker'));
  expect(packages.filter((name) => lets(`packages/${name}/src/a/b.ts`))).toEqual(closureOf('worker'));
  const copied = stage('bundle').flatMap((line) => /^COPY packages\/(.+)\/package\.json packages\/\1\/$/.exec(line)?.[1] ?? []);
  expect(copied).toEqual(closureOf('worker'));
});

it('leaves out nothing that the sources of those packages read', () => {
  const { lets } = allowListOf(ignoreFile);
  const kinds = /\.(?:css|html|js|json|mjs|sql|svg|ts|ttf|txt|wasm)$/;
  const sources = closureOf('worker').flatMap((name) => {
    const folder = `packages/${name}/src`;
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((path) => kinds.test(path));
    return names.map((path) => `${folder}/${path.replaceAll('\\', '/')}`);
  });
  expect(sources).toContain('packages/worker/src/main.ts');
  expect(sources.filter((path) => !lets(path))).toEqual([]);
});

it('carries the licences of what is in it, which the bundler reads there and puts beside the worker', () => {
  const { lets } = allowListOf(ignoreFile);
  const parts = [...read('scripts/bundle.ts').matchAll(/^import .+ from '\.\/(.+)';$/gm)].map(([, path]) => `scripts/${path}`);
  expect(parts).toContain('scripts/licences/third-party-licences.ts');
  expect(['LICENSE', ...parts].filter((path) => !lets(path))).toEqual([]);
  expect(stage('bundle').find((line) => line.startsWith('COPY package.json'))).toContain(' LICENSE ');
  expect(stage('runtime')).toContain('COPY --from=bundle /vera/dist/worker ./');
});

it('sees no `.env`, no npm credentials and no tests', () => {
  const { lets } = allowListOf(ignoreFile);
  const secrets = ['.env', '.npmrc', 'packages/worker/.npmrc', 'packages/worker/src/.env', '.git/config', 'packages/worker/test/a.test.ts'];
  expect(secrets.filter(lets)).toEqual([]);
});
