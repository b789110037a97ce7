import { chmodSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allowListOf, buildContextOf } from '../../worker/build-context.ts';
import { workerImageOf } from '../../worker/worker-image.ts';
import { temporaryFolder } from './temporary-folder.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const dockerfile = 'docker/worker.Dockerfile';
const ignoreFile = `${dockerfile}.dockerignore`;
const inputs = [dockerfile, ignoreFile, ...buildContextOf(root, allowListOf(readFileSync(join(root, ignoreFile), 'utf8')))];

function copyOfInputs() {
  const folder = temporaryFolder({});
  for (const path of inputs) cpSync(join(root, path), join(folder.path, path));
  return folder;
}

/** The tag, or that there is none: a Dockerfile without its base image is no input that could be mistaken for another. */
function tagIn(folder: string): string {
  try {
    return workerImageOf(folder).tag;
  } catch (error) {
    return `none: ${String(error)}`;
  }
}

const anInput = fc.constantFrom(...inputs);
const aFolderOfSources = fc.constantFrom(...new Set(inputs.filter((path) => path.includes('/src/')).map((path) => dirname(path))));
const aName = fc.stringMatching(/^[a-z]{1,8}$/);
const aChange = fc.oneof(
  fc.record({ kind: fc.constant('change' as const), path: anInput, at: fc.nat(), byte: fc.nat(255) }),
  fc.record({ kind: fc.constant('add' as const), folder: aFolderOfSources, name: aName }),
  fc.record({ kind: fc.constant('rename' as const), path: anInput, name: aName }),
  fc.record({ kind: fc.constant('delete' as const), path: anInput }),
  fc.record({ kind: fc.constant('swap' as const), path: anInput, other: anInput }),
);
type Change = typeof aChange extends fc.Arbitrary<infer T> ? T : never;

/** Makes the change and gives what undoes it. */
function make(folder: string, change: Change): () => void {
  const at = (path: string) => join(folder, path);
  switch (change.kind) {
    case 'change': {
      const old = readFileSync(at(change.path));
      const cut = change.at % (old.length + 1);
      writeFileSync(at(change.path), Buffer.concat([old.subarray(0, cut), Buffer.of(change.byte), old.subarray(cut)]));
      return () => writeFileSync(at(change.path), old);
    }
    case 'add': {
      const path = at(`${change.folder}/added-${change.name}.ts`);
      writeFileSync(path, '');
      return () => rmSync(path);
    }
    case 'rename': {
      const path = at(`${dirname(change.path)}/renamed-${change.name}.ts`);
      renameSync(at(change.path), path);
      return () => renameSync(path, at(change.path));
    }
    case 'delete': {
      const old = readFileSync(at(change.path));
      rmSync(at(change.path));
      return () => writeFileSync(at(change.path), old);
    }
    case 'swap': {
      const [one, other] = [readFileSync(at(change.path)), readFileSync(at(change.other))];
      fc.pre(!one.equals(other));
      writeFileSync(at(change.path), other);
      writeFileSync(at(change.other), one);
      return () => {
        writeFileSync(at(change.path), one);
        writeFileSync(at(change.other), other);
      };
    }
  }
}

it('R20 whatever is changed, added, renamed, deleted or swapped of what the build sees moves the tag, and undoing it moves it back', () => {
  using folder = copyOfInputs();
  const tag = tagIn(folder.path);
  expect(tag).toBe(workerImageOf(root).tag);
  fc.assert(
    fc.property(aChange, (change) => {
      const undo = make(folder.path, change);
      try {
        expect(tagIn(folder.path)).not.toBe(tag);
      } finally {
        undo();
      }
      expect(tagIn(folder.path)).toBe(tag);
    }),
    { numRuns: 40 },
  );
});

it('R20 tests, documents, other packages, what tools and editors leave do not move the tag', () => {
  using folder = copyOfInputs();
  const tag = workerImageOf(folder.path).tag;
  const elsewhere = fc.constantFrom(
    ...['.', '.ci', '.github/workflows', '.git', 'coverage', 'dist/worker', 'docs', 'docker', 'node_modules/.bin', 'scripts/test'],
    ...['stacks/worker', 'packages/receiver/src', 'packages/stand-ins/aws/src', 'packages/worker', 'packages/worker/test/agent'],
    ...['packages/worker/bench', 'packages/worker/dist', 'packages/worker/node_modules/zod', 'packages/ledger/test'],
  );
  const ofEditors = fc.constantFrom('.DS_Store', '._main.ts', '.main.ts.swp', 'main.ts~', '#main.ts#', 'main.ts.orig', 'notes.md');
  const path = fc.oneof(
    fc.tuple(elsewhere, fc.constantFrom('README.md', 'a.ts', 'a.test.ts', 'handler.ts', 'main.mjs', 'b.json', '.env')),
    fc.tuple(aFolderOfSources, ofEditors).filter(([where, name]) => name !== 'notes.md' || !where.includes('/src/prompt')),
  );
  fc.assert(
    fc.property(path, fc.uint8Array({ maxLength: 20 }), ([where, name], bytes) => {
      mkdirSync(join(folder.path, where), { recursive: true });
      writeFileSync(join(folder.path, where, name), bytes);
      expect(workerImageOf(folder.path).tag).toBe(tag);
    }),
    { numRuns: 40 },
  );
});

it('does not depend on the place, the mode bits, the times or the order of creation', () => {
  using folder = temporaryFolder({});
  for (const path of inputs.toReversed()) {
    cpSync(join(root, path), join(folder.path, path));
    chmodSync(join(folder.path, path), 0o755);
    utimesSync(join(folder.path, path), 1, 1);
  }
  expect(workerImageOf(folder.path)).toEqual(workerImageOf(root));
});

it('is made of files that every checkout writes alike', () => {
  expect(readFileSync(join(root, '.gitattributes'), 'utf8')).toMatch(/^\* text=auto eol=lf$/m);
  expect(inputs.filter((path) => readFileSync(join(root, path)).includes('\r'))).toEqual([]);
});

it('moves with the platform and the target', () => {
  const tags = [
    workerImageOf(root),
    workerImageOf(root, { platform: 'linux/amd64' }),
    workerImageOf(root, { target: 'with-local-servers' }),
    workerImageOf(root, { platform: 'linux/amd64', target: 'with-local-servers' }),
  ].map(({ tag }) => tag);
  expect(new Set(tags).size).toBe(4);
  expect(tags.filter((tag) => !/^[0-9a-f]{12}$/.test(tag))).toEqual([]);
});

it('names its inputs for people', () => {
  const { inputs: named } = workerImageOf(root);
  expect(Object.keys(named).sort()).toEqual(
    [
      'Dockerfile',
      'LICENSE',
      'accounts sources',
      'allow list',
      'audit sources',
      'base image',
      'bundler',
      'ledger sources',
      'lock file',
      'package manifests',
      'platform',
    ].concat([...['prompt', 'protocol sources', 'service-kit sources', 'slack sources', 'target', 'worker sources']]),
  );
  expect(named).toMatchObject({ platform: 'linux/arm64', target: 'worker', 'base image': expect.stringMatching(/^node:24\./) });
});

it.each([
  ['packages/ledger/src/table.ts', ['ledger sources']],
  ['packages/worker/src/reply/status.ts', ['worker sources']],
  ['packages/worker/src/prompt/company.md', ['prompt']],
  ['packages/worker/package.json', ['package manifests']],
  ['pnpm-workspace.yaml', ['package manifests']],
  ['pnpm-lock.yaml', ['lock file']],
  ['scripts/bundle.ts', ['bundler']],
  [ignoreFile, ['allow list']],
])('tells that %s moved it', (path, moved) => {
  using folder = copyOfInputs();
  const before = workerImageOf(folder.path).inputs;
  writeFileSync(join(folder.path, path), `${readFileSync(join(folder.path, path), 'utf8')}\n`);
  const after = workerImageOf(folder.path).inputs;
  expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual(moved);
});

it('shows another base image by its name', () => {
  using folder = copyOfInputs();
  const recipe = readFileSync(join(folder.path, dockerfile), 'utf8');
  writeFileSync(join(folder.path, dockerfile), recipe.replaceAll(/node:[\d.]+-slim\S*/g, 'node:24.99.0-slim'));
  expect(workerImageOf(folder.path).inputs['base image']).toBe('node:24.99.0-slim');
  expect(workerImageOf(folder.path).tag).not.toBe(workerImageOf(root).tag);
});

it('refuses a target that the Dockerfile does not have, and a Dockerfile with no base image or with two', () => {
  expect(() => workerImageOf(root, { target: 'all' })).toThrow(
    "no stage 'all', only: builder, bundle, runtime, azure-mcp, with-local-servers, worker",
  );
  using folder = copyOfInputs();
  const recipe = readFileSync(join(folder.path, dockerfile), 'utf8');
  const wrong = [recipe.replaceAll(/^FROM .*node:.*$/gm, ''), recipe.replace(/node:[\d.]+-slim\S*/, 'node:24-slim')];
  for (const text of wrong) {
    writeFileSync(join(folder.path, dockerfile), text);
    expect(() => workerImageOf(folder.path)).toThrow('must begin with one base image, and names ');
  }
});

it('takes less than 200 ms', () => {
  const times = Array.from({ length: 3 }, () => {
    const began = performance.now();
    workerImageOf(root);
    return performance.now() - began;
  });
  expect(Math.min(...times)).toBeLessThan(200);
});
