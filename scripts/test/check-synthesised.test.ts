import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foreignLocksOf, foreignNamesOf, foreignPartsOf, isForeignFile } from '../synthesised/foreign-parts.ts';
import { temporaryRepository } from './temporary-repository.ts';

const checker = join(import.meta.dirname, '..', 'check-synthesised.ts');
/** As Terraform's JSON writes it; not a template of JavaScript's. */
const expression = (text: string) => `$\{${text}}`;

const stack = {
  terraform: {
    backend: { s3: { bucket: 'state', key: 'vera/trial/worker.tfstate', region: 'eu-central-1', use_lockfile: true } },
    required_providers: { aws: { source: 'aws', version: '6.25.0' }, null: { source: 'hashicorp/null', version: '3.2.4' } },
  },
  provider: { aws: [{ region: 'eu-central-1' }] },
  data: {
    terraform_remote_state: { storage: { backend: 's3', config: { bucket: 'state' }, workspace: expression('terraform.workspace') } },
  },
  resource: {
    aws_lambda_function: {
      invoker: { filename: 'assets/bundle/1F/archive.zip' },
    },
    null_resource: { image: { triggers: { tag: '0123456789ab' } } },
    terraform_data: { 'needs-of-worker': { input: { role: 'arn:aws:iam::111122223333:role/worker', trust: '{}', policy: '{}' } } },
  },
};

function check(files: Readonly<Record<string, string>>, prepare = (_root: string) => {}) {
  using repository = temporaryRepository(files);
  prepare(repository.root);
  return spawnSync(process.execPath, [checker, repository.root], { encoding: 'utf8' });
}

const synthesised = {
  'manifest.json': JSON.stringify({ version: '0.21.0', stacks: { worker: { name: 'worker', dependencies: [] } } }),
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
    expect(stderr).toContain('stacks/evil/cdk.tf.json: module: synth writes no such thing');
  });

  it('fails on a link and on a folder without stacks', () => {
    expect(check(synthesised, (root) => symlinkSync('/proc/self/environ', join(root, 'stacks/worker/assets/link'))).status).toBe(1);
    expect(check({ 'manifest.json': '{}' }).stderr).toContain('no stacks in it');
  });
});

describe('the manifest', () => {
  const manifest = (stacks: object) => ({ version: '0.21.0', stacks });

  it.each([
    ['a name that is a folder nobody looked at', { 'worker/assets/evil': { dependencies: [] } }],
    ['a dependency of such a name', { worker: { dependencies: ['worker/assets/evil'] } }],
    ['a name that leads above', { '../../x': { dependencies: [] } }],
  ])('%s is foreign', (_, stacks) => {
    expect(foreignNamesOf(manifest({ worker: { dependencies: [] } }), ['worker'])).toEqual([]);
    expect(foreignNamesOf(manifest(stacks), ['worker'])).toEqual([expect.stringContaining('synth writes no such thing')]);
    expect(check({ ...synthesised, 'manifest.json': JSON.stringify(manifest(stacks)) }).status).toBe(1);
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
  const backend = (parts: object) => ({ terraform: { backend: parts } });
  const remoteState = (parts: object) => ({ data: { terraform_remote_state: { x: parts } } });
  const output = (code: string) => ({ output: { x: { value: expression(code) } } });

  it.each([
    [
      'a provider of somebody else',
      { terraform: { required_providers: { aws: { source: 'evil/aws' } } } },
      'terraform.required_providers.aws.source',
    ],
    [
      'another provider',
      { terraform: { required_providers: { evil: { source: 'hashicorp/evil' } } } },
      'terraform.required_providers.evil',
    ],
    ['providers in a list', { terraform: [{ required_providers: [{ evil: { source: 'evil.example/evil/evil' } }] }] }, 'terraform: '],
    ['a list of required ones', { terraform: { required_providers: [{ evil: {} }] } }, 'terraform.required_providers: '],
    ['a provider named by a data source', { data: { external: { x: { program: ['sh'] } } } }, 'data.external'],
    ['a data source in a list', { data: [{ external: { x: { program: ['sh', '-c', 'id'] } } }] }, 'data: '],
    ['a data source of a check', { check: { x: { data: { external: { x: {} } } } } }, 'check: '],
    ['a data source of AWS', { data: { aws_ssm_parameter: { x: { name: 'x' } } } }, 'data.aws_ssm_parameter'],
    [
      'a secret of others',
      { data: { aws_secretsmanager_secret_version: { x: { secret_id: 'x' } } } },
      'data.aws_secretsmanager_secret_version.x',
    ],
    ['a provider named by a resource', { resource: { local_file: {} } }, 'resource.local_file'],
    ['a provider named in a resource', { resource: { aws_sns_topic: { x: { provider: 'evil' } } } }, 'resource.aws_sns_topic.x.provider'],
    ['a provider named by an ephemeral resource', { ephemeral: { random_password: {} } }, 'ephemeral: '],
    ['an action', { action: { external: {} } }, 'action: '],
    ['what is imported', { import: [{ to: 'external.x', id: 'x' }] }, 'import: '],
    ['a provider configured', { provider: { http: [{}] } }, 'provider.http'],
    ['a connection', { resource: { null_resource: { x: { connection: { host: 'x' } } } } }, 'resource.null_resource.x.connection'],
    ['another provisioner', { resource: { null_resource: { x: { provisioner: [{ file: {} }] } } } }, 'provisioner[0].file'],
    ['a provisioner elsewhere', { resource: { aws_sns_topic: { x: { provisioner: [] } } } }, 'resource.aws_sns_topic.x.provisioner'],
    ['terraform in the cloud', { terraform: { cloud: { hostname: 'evil.example' } } }, 'terraform.cloud'],
    ['another backend', backend({ http: { address: 'http://evil.example' } }), 'terraform.backend.http'],
    ['a backend in a list', backend([{ http: {} }]), 'terraform.backend: '],
    ['a state that the pull request brings', backend({ local: { path: 'assets/x/evil.tfstate' } }), 'terraform.backend.local.path'],
    ['a credentials file of the backend', backend({ s3: { shared_config_files: ['x'] } }), 'terraform.backend.s3.shared_config_files'],
    [
      'a remote state elsewhere',
      remoteState({ backend: 'http', config: { address: 'http://evil.example' } }),
      'data.terraform_remote_state.x.config',
    ],
    ['a computed place of a remote state', remoteState({ backend: 's3', config: { key: expression('jsonencode(1)') } }), 'x.config.key'],
    ['a profile of a remote state', remoteState({ backend: 's3', config: { profile: 'x' } }), 'x.config.profile'],
    ['something that is no stack', [], 'the stack: '],
  ])('%s', (_, part, message) => {
    expect(foreignPartsOf(JSON.stringify(part))).toContainEqual(expect.stringContaining(message));
  });

  it.each([
    'profile',
    'shared_credentials_files',
    'endpoints',
    'web_identity_token_file',
    'assume_role_with_web_identity',
    'http_proxy',
    'custom_ca_bundle',
    'skip_region_validation',
  ])('the setting %s of provider and backend', (key) => {
    expect(foreignPartsOf(JSON.stringify({ provider: { aws: [{ [key]: 'x' }] } }))).toEqual([expect.stringContaining(`aws[0].${key}`)]);
    expect(foreignPartsOf(JSON.stringify(backend({ s3: { [key]: 'x' } })))).toEqual([expect.stringContaining(`s3.${key}`)]);
  });

  it.each([
    ['a file of the runner', output('file("/proc/self/environ")')],
    ['a file above', output('templatefile("../x", {})')],
    ['a file beside the stack', output('filebase64("assets/x")')],
    ['a file by a made-up name', output('filebase64( join("", ["x"]))')],
    ['a file within what is known', output('jsonencode({"x" = "${file("x")}"})')],
    ['a file by the name of a namespace', output('core::file("x")')],
    ['a call behind a comment', output('file/**/("x")')],
    ['a call behind a line', output('file\n("x")')],
    ['a directive', { output: { x: { value: '%{ if true }x%{ endif }' } } }],
    ['a key', { resource: { aws_sns_topic: { x: { tags: { [expression('file("/proc/self/environ")')]: 1 } } } } }],
    ['a text that only looks escaped', output('join("",["$${",file(base64decode("L3Byb2M")),"}"])')],
  ])('%s, computed', (_, part) => {
    expect(foreignPartsOf(JSON.stringify(part))).toEqual([expect.stringContaining('an expression that synth writes nowhere')]);
  });

  const kept = 'jsondecode(data.aws_secretsmanager_secret_version.front-secret.secret_string)';

  it.each([
    ['a secret', `nonsensitive(${kept}.current)`],
    ['a secret, spaced out', `nonsensitive  ( ${kept}.current )`],
    ['several secrets', `nonsensitive(join(",", [sha256(${kept}.current), ${kept}.current]))`],
    ['a secret between digests', `nonsensitive(join(${kept}.current, [sha256(${kept}.current), sha256("x")]))`],
    ['a secret in a list', `nonsensitive([${kept}.current])`],
    ['a secret beside a digest', `nonsensitive(coalesce(${kept}.current, sha256(${kept}.current)))`],
    ['what is taken of a digest and a secret', `nonsensitive(element([sha256("x"), ${kept}.current], 1))`],
    ['a secret within what is allowed', `nonsensitive(sha256(nonsensitive(${kept}.current)))`],
    ['a secret as a text', `nonsensitive("${expression(`${kept}.current`)}")`],
    ['an output of another stack', 'nonsensitive(data.terraform_remote_state.x.outputs.y)'],
  ])('%s that Terraform is told to show', (_, code) => {
    expect(foreignPartsOf(JSON.stringify(output(code)))).toEqual([expect.stringContaining('an expression that synth writes nowhere')]);
  });

  it('but not the digests of a secret, as synth writes them', () => {
    const before = `coalesce(${kept}.before, ${kept}.current)`;
    const code = `nonsensitive(join(",", [sha256(${kept}.current), sha256(${before})]))`;
    expect(foreignPartsOf(JSON.stringify(output(code)))).toEqual([]);
    expect(foreignPartsOf(JSON.stringify(output(`nonsensitive(sha256(${kept}.current))`)))).toEqual([]);
  });

  it('a key that is there twice, of which Terraform takes both', () => {
    expect(foreignPartsOf('{"output":{"x":{"value":1,"value":2}}}')).toEqual([expect.stringContaining('twice')]);
  });
});
