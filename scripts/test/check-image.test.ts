import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempDisposableSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toolNamed } from './recorded-build.ts';

const script = join(import.meta.dirname, '..', 'check-image');
const uri = `999988887777.dkr.ecr.us-east-1.amazonaws.com/images/vera@sha256:${'a'.repeat(64)}`;
const config = `sha256:${'c'.repeat(64)}`;
const layer = (kind: string) => ({ mediaType: `application/vnd.${kind}`, size: 9, digest: `sha256:${'d'.repeat(64)}` });
const of = (...kinds: string[]) => JSON.stringify({ ...image, layers: kinds.map(layer) });
const image = {
  schemaVersion: 2,
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', size: 9, digest: config },
  layers: [layer('oci.image.layer.v1.tar+gzip')],
};
const index = { schemaVersion: 2, manifests: [{ digest: `sha256:${'b'.repeat(64)}`, platform: { architecture: 'arm64' } }] };
const everywhere = ['sh', 'cat', 'cut', 'grep', 'head', 'tr'];

/** What the script makes of what ECR tells of an image. */
function checked({
  manifest = JSON.stringify(image, undefined, 3),
  facts = '{ "architecture": "arm64", "os": "linux" }',
  asked = uri,
  shell = 'sh',
}) {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'vera-check-image-'));
  const bin = join(folder.path, 'bin');
  mkdirSync(bin);
  for (const name of everywhere) symlinkSync(toolNamed(name), join(bin, name));
  writeFileSync(join(folder.path, 'manifest'), manifest);
  writeFileSync(join(folder.path, 'facts'), facts);
  const aws = [
    '#!/bin/sh',
    'case "$2 $*" in',
    `  "batch-get-image "*"--region us-east-1 --registry-id 999988887777 --repository-name images/vera --image-ids imageDigest=sha256:aa"*) cat ../manifest ;;`,
    `  "get-download-url-for-layer "*"--layer-digest ${config} "*) echo https://layer.example ;;`,
    '  *) echo "An error occurred (AccessDeniedException)" >&2; exit 254 ;;',
    'esac',
  ];
  writeFileSync(join(bin, 'aws'), aws.join('\n'));
  writeFileSync(join(bin, 'curl'), '#!/bin/sh\ncase "$*" in *https://layer.example) cat ../facts ;; *) exit 6 ;; esac\n');
  for (const name of ['aws', 'curl']) chmodSync(join(bin, name), 0o755);
  const options = { cwd: bin, env: { PATH: bin, IMAGE_URI: asked }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(toolNamed(shell), [script], options);
  return { status, said: stdout + stderr };
}

it.each(['sh', 'bash', 'dash'].filter(toolNamed))('D24 lets an image pass that is one manifest for arm64, in %s', (shell) => {
  expect(checked({ shell })).toEqual({ status: 0, said: `check-image: ${uri} is there, one manifest for arm64.\n` });
});

it.each<[string, Parameters<typeof checked>[0], string]>([
  [
    'an index, as Lambda does',
    { manifest: JSON.stringify(index) },
    'is an index over several manifests, and Lambda takes one manifest only',
  ],
  [
    'an image for another machine',
    { facts: '{"os":"linux","architecture":"amd64"}' },
    "is an image for 'linux/amd64', and the worker runs on linux/arm64",
  ],
  ['an image for another system', { facts: '{"architecture":"arm64","os":"windows"}' }, "is an image for 'windows/arm64', and the worker"],
  [
    'layers that are packed otherwise',
    { manifest: of('oci.image.layer.v1.tar+zstd') },
    'has application/vnd.oci.image.layer.v1.tar+zstd in it',
  ],
  [
    'one such layer among others',
    { manifest: of('docker.image.rootfs.diff.tar.gzip', 'docker.image.rootfs.foreign.diff.tar.gzip') },
    'has application/vnd.docker.image.rootfs.foreign.diff.tar.gzip in it',
  ],
  ['no layers', { manifest: of() }, 'has no layers'],
  ['a signature', { facts: '{}' }, "is an image for '/', and the worker"],
  ['what is no image at all', { manifest: '{"schemaVersion":2}' }, 'is no image.'],
  ['what is not there', { manifest: 'None' }, 'is not there.'],
  ['what it may not see', { asked: uri.replace('images/vera', 'images/other') }, 'ECR does not show 9999'],
  ['a tag', { asked: uri.replace(/@.*/, ':latest') }, 'it must read like'],
])('D24 refuses %s', (_, facts, words) => {
  expect(checked(facts)).toEqual({ status: 1, said: expect.stringContaining(words) });
});

it('looks at nothing where AWS is only stood in for', () => {
  const { status, stdout } = spawnSync('sh', [script], { env: { PATH: '/usr/bin:/bin', PLATFORM_CHECK: 'off' }, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'check-image: switched off: nobody looked.\n' });
});

it('explains itself', () => {
  const { status, stdout } = spawnSync('sh', [script, '--help'], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('IMAGE_URI') });
});
