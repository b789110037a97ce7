import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparedStack, stateCommandOf } from '../../cdktn/compared-stack.ts';

const old = {
  '//': { metadata: { backend: 's3', stackName: 'storage', version: '0.21.0' }, outputs: {} },
  data: { terraform_remote_state: { 'cross-stack-reference-input-gateway': { backend: 's3', config: { key: 'a/gateway.tfstate' } } } },
  output: { ledger_name: { value: '${aws_dynamodb_table.ledger.name}', sensitive: true } },
  provider: { aws: [{ region: 'us-east-1' }] },
  resource: {
    aws_dynamodb_table: { ledger: { name: 'vera-ledger', attribute: [{ name: 'id', type: 'S' }] } },
    null_resource: { image: {} },
  },
  terraform: {
    backend: { s3: { bucket: 'b', key: 'a/storage.tfstate' } },
    required_providers: { aws: { source: 'aws', version: '6.25.0' }, null: { source: 'hashicorp/null', version: '3.2.4' } },
  },
};
const renamedOf = (change: (stack: typeof old) => unknown = () => undefined) => {
  const stack = structuredClone(old);
  stack['//'].metadata.version = '0.24.0';
  stack.terraform.required_providers.aws = { source: 'hashicorp/aws', version: '6.66.0' };
  change(stack);
  return stack;
};
const faultsOf = (change: (stack: typeof old) => unknown) => comparedStack(old, renamedOf(change)).faults;

describe('D28 a stack of cdktf’s and the same of cdktn’s', () => {
  it('may differ in the versions of providers, how a source is written, and who wrote it', () => {
    expect(comparedStack(old, renamedOf())).toEqual({
      addresses: 3,
      outputs: 1,
      providers: ['aws 6.25.0 → hashicorp/aws 6.66.0'],
      moved: [],
      faults: [],
    });
  });

  it.each<[string, (stack: typeof old) => unknown, string]>([
    [
      'an address',
      ({ resource }) => Object.assign(resource, { aws_dynamodb_table: { ledger_D8F4E104: {} } }),
      'resource aws_dynamodb_table.ledger is gone',
    ],
    ['a resource more', ({ resource }) => Object.assign(resource.null_resource, { image2: {} }), 'resource null_resource.image2 has come'],
    [
      'a type',
      ({ resource }) => Object.assign(resource, { terraform_data: { image: {} }, null_resource: {} }),
      'resource null_resource.image is gone',
    ],
    [
      'what is read',
      ({ data }) => Object.assign(data, { terraform_remote_state: {} }),
      'resource data.terraform_remote_state.cross-stack-reference-input-gateway is gone',
    ],
    ['an output', (stack) => Object.assign(stack, { output: { name: old.output.ledger_name } }), 'output ledger_name is gone'],
    ['a provider', ({ terraform }) => Reflect.deleteProperty(terraform.required_providers, 'null'), 'provider null is gone'],
    [
      'a backend’s key',
      ({ terraform }) => Object.assign(terraform.backend.s3, { key: 'b/storage.tfstate' }),
      'terraform.backend.s3.key: "a/storage.tfstate" → "b/storage.tfstate"',
    ],
    [
      'a backend',
      ({ terraform }) => Object.assign(terraform, { backend: { local: {} } }),
      'terraform.backend.s3: {"bucket":"b","key":"a/storage.tfstate"} → nothing',
    ],
    [
      'a key that is read',
      ({ data }) => Object.assign(data.terraform_remote_state['cross-stack-reference-input-gateway'].config, { key: 'x' }),
      'data.terraform_remote_state.cross-stack-reference-input-gateway.config.key: "a/gateway.tfstate" → "x"',
    ],
    [
      'what an output says',
      ({ output }) => Object.assign(output.ledger_name, { sensitive: false }),
      'output.ledger_name.sensitive: true → false',
    ],
    [
      'a value',
      ({ resource }) => Object.assign(resource.aws_dynamodb_table.ledger, { name: 'ledger' }),
      'resource.aws_dynamodb_table.ledger.name: "vera-ledger" → "ledger"',
    ],
    [
      'a default that is said now',
      ({ resource }) => Object.assign(resource.aws_dynamodb_table.ledger, { deletion_protection_enabled: false }),
      'resource.aws_dynamodb_table.ledger.deletion_protection_enabled: nothing → false',
    ],
    [
      'a part more',
      ({ resource }) => resource.aws_dynamodb_table.ledger.attribute.push({ name: 'due', type: 'N' }),
      'resource.aws_dynamodb_table.ledger.attribute.1: nothing → {"name":"due","type":"N"}',
    ],
    [
      'a list that is an object now',
      ({ resource }) => Object.assign(resource.aws_dynamodb_table.ledger, { attribute: { 0: { name: 'id', type: 'S' } } }),
      'resource.aws_dynamodb_table.ledger.attribute: [{"name":"id","type":"S"}] → {"0":{"name":"id","type":"S"}}',
    ],
    [
      'how a provider is set',
      ({ provider }) => Object.assign(provider.aws[0]!, { region: 'eu-west-1' }),
      'provider.aws.0.region: "us-east-1" → "eu-west-1"',
    ],
    [
      'a lifecycle',
      ({ terraform }) => Object.assign(terraform, { required_version: '~> 1.12' }),
      'terraform.required_version: nothing → "~> 1.12"',
    ],
  ])('may not differ in %s', (_, change, fault) => {
    expect(faultsOf(change)).toContain(fault);
  });
});

describe('D28 a provider that has another address', () => {
  const { moved } = comparedStack(
    old,
    renamedOf(({ terraform }) => Object.assign(terraform.required_providers.null, { source: 'registry.example.com/cdktn/null' })),
  );

  it('is told with the command for the state; the same one, written otherwise, is not', () => {
    expect(moved).toEqual([['registry.terraform.io/hashicorp/null', 'registry.example.com/cdktn/null']]);
    expect(stateCommandOf('worker', moved[0]!)).toBe(
      'terraform -chdir=cdktf.out/stacks/worker state replace-provider -auto-approve registry.terraform.io/hashicorp/null registry.example.com/cdktn/null',
    );
  });

  it('is replaced in the state by that command, run as it stands, where Terraform is there to run it', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'replace-provider-'));
    const [stack, state] = ['cdktf.out/stacks/worker', 'cdktf.out/stacks/worker/terraform.tfstate'].map((path) =>
      join(folder.path, path),
    ) as [string, string];
    mkdirSync(stack, { recursive: true });
    const resource = (type: string, provider: string) => ({
      mode: 'managed',
      type,
      name: 'it',
      provider: `provider["${provider}"]`,
      instances: [],
    });
    const resources = [
      resource('null_resource', 'registry.terraform.io/hashicorp/null'),
      resource('aws_sqs_queue', 'registry.terraform.io/hashicorp/aws'),
    ];
    writeFileSync(state, JSON.stringify({ version: 4, terraform_version: '1.11.4', serial: 1, lineage: 'a', outputs: {}, resources }));
    const [program = '', ...words] = stateCommandOf('worker', moved[0]!).split(' ');
    const { error, status, stderr } = spawnSync(program, words, { cwd: folder.path, encoding: 'utf8' });
    if (error) return expect(error).toMatchObject({ code: 'ENOENT' });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const left = JSON.parse(readFileSync(state, 'utf8')) as { resources: { type: string; provider: string }[] };
    expect(left.resources.map(({ type, provider }) => [type, provider])).toEqual([
      ['aws_sqs_queue', 'provider["registry.terraform.io/hashicorp/aws"]'],
      ['null_resource', 'provider["registry.example.com/cdktn/null"]'],
    ]);
    return undefined;
  });
});
