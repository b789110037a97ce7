import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const command = join(import.meta.dirname, '..', 'base-image.ts');
const recipe = readFileSync(join(import.meta.dirname, '../../docker/worker.Dockerfile'), 'utf8');
const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const layer = (name: string, megabytes: number) => ({ digest: digestOf(name), size: megabytes * 1e6 });

/** A registry like Docker Hub: nothing without a token, tokens for everybody. */
async function startRegistry() {
  const texts = new Map<string, string>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://registry');
    const answer = (status: number, text: string) => response.writeHead(status).end(text);
    if (pathname === '/token') return answer(200, JSON.stringify({ token: `for ${searchParams.get('scope')}` }));
    if (request.headers.authorization !== 'Bearer for repository:library/node:pull') {
      response.setHeader('www-authenticate', `Bearer realm="${url}/token",service="registry",scope="repository:library/node:pull"`);
      return answer(401, '');
    }
    const found = texts.get(pathname.replace(/^\/v2\/library\/node\/(?:manifests|blobs)\//, ''));
    return found === undefined ? answer(404, '') : answer(200, found);
  });
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keep = (text: string) => {
    texts.set(digestOf(text), text);
    return digestOf(text);
  };
  return {
    url,
    /** Gives the digest of the index. */
    publish(
      tag: string,
      { node = tag.replace('-slim', ''), day = '2026-11-17', layers = [layer('debian', 28), layer('node', 50)], architecture = 'arm64' },
    ) {
      const created_by = `# debian.sh --arch '${architecture}' out/ 'bookworm' '@${Date.parse(day) / 1000}'`;
      const config = keep(JSON.stringify({ config: { Env: [`NODE_VERSION=${node}`] }, history: [{ created_by }] }));
      const image = keep(JSON.stringify({ config: { digest: config }, layers }));
      const index = JSON.stringify({ manifests: [{ digest: image, platform: { os: 'linux', architecture } }] });
      texts.set(tag, index);
      return keep(index);
    },
    forge: (reference: string) => texts.set(reference, '{}'),
    [Symbol.asyncDispose]: () => new Promise<void>((ends) => server.close(() => ends())),
  };
}

async function renewed(registry: string, { version = [] as string[], from = recipe } = {}) {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'vera-base-image-'));
  const file = join(folder.path, 'Dockerfile');
  writeFileSync(file, from);
  const words = [command, '--recipe', file, '--registry', registry, ...version];
  const { status, said } = await new Promise<{ status: number; said: string }>((ends) =>
    execFile(process.execPath, words, (error, stdout, stderr) => ends({ status: Number(error?.code ?? 0), said: stdout + stderr })),
  );
  return { status, said, written: readFileSync(file, 'utf8') };
}

const pinned = (version: string, digest: string) => recipe.replaceAll(/node:[\d.]+-slim(?:@\S+)?/g, `node:${version}-slim@${digest}`);

it('names the base image by its digest, wherever a stage begins with it, and nothing else', async () => {
  await using registry = await startRegistry();
  const version = /node:([\d.]+)-slim/.exec(recipe)![1]!;
  const digest = registry.publish(`${version}-slim`, {});
  const { status, said, written } = await renewed(registry.url);
  expect({ status, written }).toEqual({ status: 0, written: pinned(version, digest) });
  expect(written.match(/^FROM .*node:/gm)).toHaveLength(2);
  expect(said).toContain(`node:${version}-slim@${digest}\n  digest  `);
});

it('says what changed: Node, Debian, layers and their size', async () => {
  await using registry = await startRegistry();
  const old = registry.publish('24.22.1-slim', {});
  const next = registry.publish('24.23.0-slim', { day: '2026-12-01', layers: [layer('debian', 28), layer('node 24.23.0', 51)] });
  const { status, said, written } = await renewed(registry.url, { version: ['24.23.0'], from: pinned('24.22.1', old) });
  expect({ status, written }).toEqual({ status: 0, written: pinned('24.23.0', next) });
  expect(said.split('\n')).toEqual([
    `node:24.23.0-slim@${next}`,
    `  digest  ${old} → ${next}`,
    '  Node    24.22.1 → 24.23.0',
    '  Debian  bookworm of 2026-11-17 → bookworm of 2026-12-01',
    '  layers  1 of 2 are new, 51.0 MB compressed, for arm64',
    'Written. The tag of the worker’s image moves with it.',
    '',
  ]);
});

it('renews a digest under the same version, and says when there is nothing to renew', async () => {
  await using registry = await startRegistry();
  const old = registry.publish('24.22.1-slim', {});
  expect((await renewed(registry.url, { from: pinned('24.22.1', old) })).said).toBe(
    `node:24.22.1-slim@${old}: as before, nothing changed.\n`,
  );
  registry.publish('24.22.1-slim', { day: '2026-12-01', layers: [layer('debian of December', 29), layer('node', 50)] });
  const { said } = await renewed(registry.url, { from: pinned('24.22.1', old) });
  expect(said).toContain(
    '  Node    24.22.1, as before\n  Debian  bookworm of 2026-11-17 → bookworm of 2026-12-01\n  layers  1 of 2 are new, 29.0 MB',
  );
});

it.each<[string, string[], string]>([
  ['an older Node than the worker needs', ['24.21.0'], 'the worker needs Node 24.22.1 or newer, not 24.21.0'],
  ['another line of Node', ['26.12.1'], 'all of this repository is tested with Node 24, and 26.12.1 is another one'],
  ['what is no version', ['latest'], "'latest' is no version of Node"],
  ['a version that is not there', ['24.99.0'], 'says there is no /v2/library/node/manifests/24.99.0-slim'],
  ['an image with another Node in it', ['24.22.2'], 'node:24.22.2-slim has Node 24.21.0 in it'],
  ['an image for other machines', ['24.22.3'], 'node:24.22.3-slim is not made for linux/arm64'],
])('changes nothing for %s', async (_, version, words) => {
  await using registry = await startRegistry();
  registry.publish('24.22.2-slim', { node: '24.21.0' });
  registry.publish('24.22.3-slim', { architecture: 'amd64' });
  expect(await renewed(registry.url, { version })).toEqual({
    status: 1,
    said: expect.stringMatching(new RegExp(`^base-image: nothing changed: .*${words}`)),
    written: recipe,
  });
});

it('changes nothing where the registry does not answer, gives other bytes than were asked for, or the stages disagree', async () => {
  await using registry = await startRegistry();
  const old = registry.publish('24.22.1-slim', {});
  registry.publish('24.23.0-slim', { day: '2026-12-01' });
  registry.forge(old);
  const from = pinned('24.22.1', old);
  expect(await renewed(registry.url, { version: ['24.23.0'], from })).toMatchObject({
    status: 1,
    said: expect.stringContaining(`as ${old} is sha256:`),
    written: from,
  });
  expect((await renewed('http://127.0.0.1:9')).said).toContain('nothing changed: http://127.0.0.1:9 does not answer');
  const two = recipe.replace(/node:[\d.]+-slim/, 'node:24.22.2-slim');
  expect(await renewed(registry.url, { from: two })).toMatchObject({
    status: 1,
    said: expect.stringContaining('does not name one base image'),
    written: two,
  });
});
