import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allowListOf, buildContextOf } from '../../worker/build-context.ts';
import { temporaryFolder } from './temporary-folder.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const ignoreFile = readFileSync(join(root, 'docker/worker.Dockerfile.dockerignore'), 'utf8');
const empty = (paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, '']));

// Given to `COPY . /x` with our ignore file, Docker 26 with BuildKit and buildah 1.28 both copied `seen` of these and nothing of `unseen`.
const seen = [
  'LICENSE',
  'package.json',
  'packages/ledger/package.json',
  'packages/ledger/src/sub/y.ts',
  'packages/worker/package.json',
  'packages/worker/src/a b.ts',
  'packages/worker/src/agent/noext',
  'packages/worker/src/deep/er/est/z.ts',
  'packages/worker/src/dist/x.ts',
  'packages/worker/src/main.ts',
  'packages/worker/src/node_modules/m/i.ts',
  'packages/worker/src/prompt/channels/ops-C1.md',
  'packages/worker/src/prompt/voice.md',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'scripts/bundle.ts',
  'scripts/licences/third-party-licences.ts',
];
const unseen = [
  '.DS_Store',
  '.env',
  '.npmrc',
  'README.md',
  'docker/worker.Dockerfile',
  'dist/worker/main.mjs',
  'node_modules/zod/package.json',
  'package.json5',
  'packages/package.json',
  'packages/receiver/package.json',
  'packages/receiver/src/handler.ts',
  'packages/slack/src/.x.ts',
  'packages/worker/README.md',
  'packages/worker/dist/x.ts',
  'packages/worker/node_modules/a/x.ts',
  'packages/worker/src/#main.ts#',
  'packages/worker/src/.DS_Store',
  'packages/worker/src/.git/x.ts',
  'packages/worker/src/.main.ts.swp',
  'packages/worker/src/UP.TS',
  'packages/worker/src/agent/._new.ts',
  'packages/worker/src/data.json',
  'packages/worker/src/main.ts.orig',
  'packages/worker/src/main.ts~',
  'packages/worker/src/node_modules/m/i.js',
  'packages/worker/src/note.md',
  'packages/worker/src/prompt/voice.md~',
  'packages/worker/src/prompts/voice.md',
  'packages/worker/src/with.dot/x.ts',
  'packages/worker/srcs/x.ts',
  'packages/worker/test/t.ts',
  'packages/workerx/package.json',
  'packages/workerx/src/x.ts',
  'pnpm-lock.yaml.bak',
  'scripts/bundle.ts.bak',
  'scripts/other.ts',
];

it('finds the files that a builder was seen to send, and no other', () => {
  using folder = temporaryFolder(empty([...unseen, ...seen]));
  expect(buildContextOf(folder.path, allowListOf(ignoreFile))).toEqual(seen);
});

it('orders names as no locale would', () => {
  using folder = temporaryFolder(empty(['src/ä.ts', 'src/a.ts', 'src/Z.ts', 'src/a-b.ts', 'src/a/b.ts']));
  expect(buildContextOf(folder.path, allowListOf('*\n!src'))).toEqual(['src/Z.ts', 'src/a-b.ts', 'src/a.ts', 'src/a/b.ts', 'src/ä.ts']);
});

it.each([
  ['a file', 'src/link.ts', 'elsewhere.ts'],
  ['a folder inside', 'src/link', 'elsewhere'],
  ['the allowed folder itself', 'src', 'elsewhere'],
])('refuses a link in the place of %s', (_what, path, target) => {
  using folder = temporaryFolder(empty(path === 'src' ? ['elsewhere/a.ts'] : ['src/a.ts', 'elsewhere/a.ts', 'elsewhere.ts']));
  symlinkSync(join(folder.path, target), join(folder.path, path));
  expect(() => buildContextOf(folder.path, allowListOf('*\n!src'))).toThrow(`'${path}' is a link or a device`);
});

it('refuses a link on the way to an allowed file', () => {
  using folder = temporaryFolder(empty(['elsewhere/src/a.ts']));
  symlinkSync(join(folder.path, 'elsewhere'), join(folder.path, 'worker'));
  expect(() => buildContextOf(folder.path, allowListOf('*\n!worker/src'))).toThrow("'worker' is a link or a device");
});

it('does not mind links that the builder is not sent', () => {
  using folder = temporaryFolder(empty(['src/a.ts', 'src/.keep']));
  symlinkSync('someone@host.123:456', join(folder.path, 'src/.#a.ts'));
  symlinkSync(folder.path, join(folder.path, 'node_modules'));
  expect(buildContextOf(folder.path, allowListOf('*\n!src\n**/.*'))).toEqual(['src/a.ts']);
});

it.each([
  ['no allow list', '!src', 'its first line must be `*`'],
  ['an empty file', '', 'its first line must be `*`'],
  ['a set of letters', '*\n!src/[ab].ts', 'is more than names'],
  ['a question mark', '*\n!src/?.ts', 'is more than names'],
  ['an escape', '*\n!src/\\!a', 'is more than names'],
  ['a way out', '*\n!../src', 'is more than names'],
  ['an absolute path', '*\n!/src', 'is more than names'],
  ['a folder with a slash at its end', '*\n!src/', 'is more than names'],
  ['two stars within a name', '*\n!src/a**', 'is more than names'],
  ['blanks around', '*\n !src', 'is more than names'],
  ['line ends of Windows', '*\r\n!src\r\n', 'its first line must be `*`'],
  ['a wildcard first', '*\n!**/*.ts', 'begins with a wildcard'],
])('refuses an ignore file with %s rather than read it otherwise than the builder', (_what, text, why) => {
  expect(() => allowListOf(text)).toThrow(why);
});
