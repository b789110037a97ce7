import { chmodSync, mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { locksMadeByTerraform } from '../locks/made-by-terraform.ts';
import {
  addressOf,
  lockFileOf,
  type ProviderLocks,
  platforms,
  type RequiredProviders,
  readProviderLocks,
  writeLockFiles,
} from '../locks/provider-locks.ts';
import { production, trial } from './example-settings.ts';
import { synthesise } from './synthesised.ts';

const hashOf = (name: string) => `h1:${name.padEnd(43, 'x')}=`;
const lockOf = (version: string, name: string) => ({
  version,
  hashes: { linux_amd64: hashOf(`${name}1`), linux_arm64: hashOf(`${name}2`), darwin_arm64: hashOf(`${name}3`) },
  archives: [`zh:${'0'.repeat(64)}`],
});
const example: ProviderLocks = {
  'registry.terraform.io/hashicorp/aws': lockOf('6.25.0', 'aws'),
  'registry.terraform.io/hashicorp/null': lockOf('3.2.4', 'null'),
};
const asUsed = (required: RequiredProviders): ProviderLocks =>
  Object.fromEntries(Object.entries(required).map(([name, { source = name, version }]) => [addressOf(source), lockOf(version, name)]));
const aws = { aws: { source: 'aws', version: '6.25.0' } };

function locksIn(content: unknown) {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'locks-'));
  const file = join(folder.path, 'locks.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readProviderLocks(pathToFileURL(file));
}

const withHashes = (hashes: object) => ({ 'registry.terraform.io/hashicorp/aws': { ...lockOf('6.25.0', 'aws'), hashes } });

describe('the locks of the providers', () => {
  it('D21 cover every provider of every stack, on three platforms: those that are kept, or else how they would be', () => {
    const locks = readProviderLocks();
    for (const [input, environment] of [
      [production, 'production'],
      [trial, 'trial'],
    ] as const)
      for (const [name, { terraform }] of synthesise(input, environment).stacks) {
        const required = (terraform as unknown as { required_providers: RequiredProviders }).required_providers;
        const text = lockFileOf(locks ?? asUsed(required), required);
        const blocks = [...text.matchAll(/^provider .*?\{$(.*?)^\}$/gms)];
        expect(blocks.length).toBe(Object.keys(required).length);
        for (const [, body = ''] of blocks) expect(body.match(/"h1:/g), name).toHaveLength(platforms.length);
      }
  });

  it.each([
    ['one platform', withHashes({ linux_amd64: hashOf('a') }), /linux_arm64/],
    ['two platforms', withHashes({ linux_amd64: hashOf('a'), linux_arm64: hashOf('b') }), /darwin_arm64/],
    ['three others', withHashes({ linux_amd64: hashOf('a'), linux_arm64: hashOf('b'), windows_amd64: hashOf('c') }), /darwin_arm64/],
    ['one hash three times', withHashes({ linux_amd64: hashOf('a'), linux_arm64: hashOf('a'), darwin_arm64: hashOf('a') }), /one hash/],
    ['no hash that Terraform makes', withHashes({ linux_amd64: 'a', linux_arm64: 'b', darwin_arm64: 'c' }), /h1:/],
    ['no JSON', '{', /cannot be used/],
  ])('D21 are refused with %s', (_, content, why) => {
    expect(() => locksIn(content)).toThrow(why);
  });

  it('are none where nobody made them', () => {
    expect(readProviderLocks(new URL('file:///nowhere/locks.json'))).toBeUndefined();
  });

  it('D21 are refused for a provider, or a version of one, that they do not know', () => {
    expect(() => lockFileOf(example, { aws: { source: 'hashicorp/aws', version: '6.26.0' } })).toThrow(
      'has 6.25.0 of registry.terraform.io/hashicorp/aws, and the stacks use 6.26.0: pnpm locks.',
    );
    expect(() => lockFileOf(example, { tls: { version: '4.0.0' } })).toThrow('has nothing of registry.terraform.io/hashicorp/tls');
  });

  it('are written beside each stack as Terraform writes them, of its own providers only', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'locks-'));
    const stack = join(folder.path, 'stacks/storage');
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, 'cdk.tf.json'), JSON.stringify({ terraform: { required_providers: aws } }));
    writeLockFiles(folder.path, example);
    expect(readFileSync(join(stack, '.terraform.lock.hcl'), 'utf8')).toBe(`# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.terraform.io/hashicorp/aws" {
  version     = "6.25.0"
  constraints = "6.25.0"
  hashes = [
    "${hashOf('aws1')}",
    "${hashOf('aws2')}",
    "${hashOf('aws3')}",
    "zh:${'0'.repeat(64)}",
  ]
}
`);
  });
});

/** A `terraform` that knows a hash a platform, and writes down how it was called. */
function terraformIn(folder: string, body = ''): void {
  const lock = `provider "registry.terraform.io/hashicorp/aws" {\n  hashes = [\n    "h1:'$name'=",\n    "zh:${'a'.repeat(64)}",\n  ]\n}\n`;
  const script = `#!/bin/sh\n${body}echo "$*" >> '${folder}/calls'\nname=$(printf '%s' "$4" | tr -d '=-' | sed 's/platform//')\nprintf '%s' '${lock}' > .terraform.lock.hcl\n`;
  writeFileSync(join(folder, 'terraform'), script);
  chmodSync(join(folder, 'terraform'), 0o755);
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`);
}

describe('pnpm locks', () => {
  it('D21 asks Terraform for each platform by itself, so that it is known whose hash is which', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'locks-'));
    terraformIn(folder.path);
    const made = locksMadeByTerraform(aws, '/mirror');
    expect(made['registry.terraform.io/hashicorp/aws']).toEqual({
      version: '6.25.0',
      hashes: { linux_amd64: 'h1:linux_amd64=', linux_arm64: 'h1:linux_arm64=', darwin_arm64: 'h1:darwin_arm64=' },
      archives: [`zh:${'a'.repeat(64)}`],
    });
    expect(readFileSync(join(folder.path, 'calls'), 'utf8').split('\n').slice(0, 3)).toEqual(
      platforms.map((platform) => `providers lock -no-color -platform=${platform} -fs-mirror=/mirror`),
    );
  });

  it('says what Terraform said where it tells none', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'locks-'));
    terraformIn(folder.path, "echo 'Error: no such provider' >&2\nexit 1\n");
    expect(() => locksMadeByTerraform(aws, undefined)).toThrow('Error: no such provider');
    vi.stubEnv('PATH', folder.path.concat('/none'));
    expect(() => locksMadeByTerraform(aws, undefined)).toThrow('terraform is not installed');
  });
});
