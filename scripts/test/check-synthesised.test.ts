import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foreignLocksOf, foreignPartsOf, isForeignFile } from '../synthesised/foreign-parts.ts';
import { temporaryRepository } from './temporary-repository.ts';

const checker = join(import.meta.dirname, '..', 'check-synthesised.ts');
/** As Terraform's JSON writes it; not a template of JavaScript's. */
const expression = (text: string) => `$\{${text}}`;

const stack = {
  terraform: {
    backend: { s3: { bucket: 'state', key: 'worker.tfstate', region: 'eu-central-1', use_lockfile: true } },
    required_providers: { aws: { source: 'aws', version: '6.25.0' }, null: { source: 'hashicorp/null', version: '3.2.4' } },
  },
  provider: { aws: [{ region: 'eu-central-1' }] },
  data: { terraform_remote_state: { storage: { backend: 's3', config: { bucket: 'state' } } } },
  resource: {
    aws_lambda_function: {
      invoker: { filename: 'assets/bundle/1F/archive.zip', source_code_hash: expression('filebase64sha256("assets/bundle/archive.zip")') },
    },
    null_resource: { image: { triggers: { tag: '0123456789ab' } } },
  },
};

function check(files: Readonly<Record<string, string>>, prepare = (_root: string) => {}) {
  using repository = temporaryRepository(files);
  prepare(repository.root);
  return spawnSync(process.execPath, [checker, repository.root], { encoding: 'utf8' });
}

const synthesised = {
  'manifest.json': '{}',
  'stacks/worker/cdk.tf.json': JSON.stringify(stack),
  'stacks/worker/assets/bundle/1F/archive.zip': '',
};

describe('the check of synthesised stacks', () => {
  it('passes what our stacks are made of', () => {
    expect(check(synthesised)).toMatchObject({ status: 0, stderr: '', stdout: 'Synthesised stacks: 1, nothing foreign in them.\n' });
  });

  it('names file and fault, and fails', () => {
    const { status, stderr } = check({
      ...synthesised,
      'stacks/worker/.terraform/providers/x': '',
      'stacks/evil/cdk.tf.json': '{"module":{}}',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('stacks/worker/.terraform/providers/x: synth writes no such file');
    expect(stderr).toContain('stacks/evil/cdk.tf.json: a module');
  });

  it('fails on a link and on a folder without stacks', () => {
    expect(check(synthesised, (root) => symlinkSync('/proc/self/environ', join(root, 'stacks/worker/assets/link'))).status).toBe(1);
    expect(check({ 'manifest.json': '{}' }).stderr).toContain('no stacks in it');
  });
});

describe('foreign files', () => {
  it.each([
    'stacks/a/evil.tf',
    'stacks/a/terraform.tfvars',
    'stacks/a/.terraform/modules.json',
    'stacks/a/assets/.terraform.lock.hcl',
    'stacks/a/assets/../../x',
    'stacks/a/assets/.x',
    'x',
  ])('%s', (path) => {
    expect(isForeignFile(path)).toBe(true);
  });
});

describe('a lock file', () => {
  const lockOf = (provider: string, more = '') =>
    `# A comment.\n\nprovider "${provider}" {\n  version     = "6.25.0"\n  constraints = "6.25.0"\n  hashes = [\n    "h1:abc+/=",\n    "zh:0a",\n  ]\n}\n${more}`;
  const ours = 'registry.terraform.io/hashicorp/aws';
  const files = (text: string) => ({ ...synthesised, 'stacks/worker/.terraform.lock.hcl': text });

  it('of our providers passes', () => {
    expect(foreignLocksOf(lockOf(ours))).toEqual([]);
    expect(check(files(lockOf(ours)))).toMatchObject({ status: 0, stderr: '' });
  });

  it.each([
    ['another provider', lockOf('registry.terraform.io/evil/aws')],
    ['another registry', lockOf('evil.example/hashicorp/aws')],
    ['something else in it', lockOf(ours, 'provider_installation {\n}\n')],
    ['something else before it', `terraform {}\n${lockOf(ours)}`],
    ['an expression', lockOf(ours).replace('"6.25.0"', 'file("/proc/self/environ")')],
  ])('with %s is foreign', (_, text) => {
    expect(foreignLocksOf(text)).toEqual([expect.stringContaining('not only of our providers')]);
    expect(check(files(text)).status).toBe(1);
  });
});

describe('foreign parts', () => {
  it.each([
    [
      'a provider of somebody else',
      { terraform: { required_providers: { aws: { source: 'evil/aws' } } } },
      "the provider 'aws' from 'evil/aws'",
    ],
    [
      'a provider named by a data source',
      { data: { external: { x: { program: ['sh'] } } } },
      "'external', which belongs to another provider",
    ],
    ['a provider named by a resource', { resource: { local_file: {} } }, "'local_file'"],
    ['a provider named by an ephemeral resource', { ephemeral: { random_password: {} } }, "'random_password'"],
    ['a provider configured', { provider: { http: [{}] } }, "the provider 'http'"],
    ['a profile of the provider', { provider: { aws: [{ profile: 'x' }] } }, "'profile'"],
    ['a credentials file of the backend', { terraform: { backend: { s3: { shared_config_files: ['x'] } } } }, "'shared_config_files'"],
    ['a profile of a remote state', { data: { terraform_remote_state: { x: { config: { profile: 'x' } } } } }, "'profile'"],
    ['a file of the runner', { output: { x: { value: expression('file("/proc/self/environ")') } } }, 'a file read from elsewhere'],
    ['a file above', { output: { x: { value: expression('templatefile("../x", {})') } } }, 'a file read from elsewhere'],
    ['a file below that leads above', { output: { x: { value: expression('file("a/../../x")') } } }, 'a file read from elsewhere'],
    [
      'a file by a made-up name',
      { output: { x: { value: expression('filebase64( join("", ["/", "x"]))') } } },
      'a file read from elsewhere',
    ],
    ['something that is no stack', [], 'not a stack'],
  ])('%s', (_, part, message) => {
    expect(foreignPartsOf(part)).toEqual([expect.stringContaining(message)]);
  });
});
