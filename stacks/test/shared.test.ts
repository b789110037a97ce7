import { createHash } from 'node:crypto';
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter/index.js';
import { App, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { shared } from '../constructs/shared.ts';
import { useAws } from '../constructs/use-aws.ts';
import { parseSettings } from '../settings/settings.ts';
import { production, trial } from './example-settings.ts';
import { leastSettings, synthesise } from './synthesised.ts';

const settings = parseSettings('trial', leastSettings);

/** Two stacks; the one that is read has its construct at a path. */
function pairWith(path: readonly string[]) {
  const app = Testing.stubVersion(new App({ stackTraces: false }));
  const [producer, reader] = ['storage', 'worker'].map((id) => new TerraformStack(app, id)) as [TerraformStack, TerraformStack];
  for (const stack of [producer, reader]) useAws(stack, settings);
  const place = path.reduce<Construct>((scope, id) => new Construct(scope, id), producer);
  const made = new SsmParameter(place, 'made', { name: 'a', type: 'String', value: 'b' });
  const told = shared(place, 'parameter_arn', made.arn);
  new SsmParameter(reader, 'copy', { name: 'c', type: 'String', value: `of ${told}` });
  new SsmParameter(producer, 'own', { name: 'd', type: 'String', value: told });
  for (const stack of [producer, reader]) stack.prepareStack();
  const json = (stack: TerraformStack) => JSON.parse(JSON.stringify(stack.toTerraform()).replaceAll('\n', '')) as Record<string, never>;
  return { producer: json(producer), reader: json(reader), depends: reader.dependsOn(producer) };
}

const outputsOf = (stacks: ReturnType<typeof synthesise>['stacks']) =>
  Object.fromEntries(
    [...stacks].map(([name, { output }]) => [
      name,
      Object.keys(output ?? {})
        .sort()
        .join(' '),
    ]),
  );

describe('what a stack tells others', () => {
  it('keeps its name, and its readers theirs, when the construct behind it moves', () => {
    const [here, moved] = [pairWith([]), pairWith(['deep', 'down'])];
    expect(moved.reader).toEqual(here.reader);
    expect(Object.keys(moved.producer.output ?? {})).toEqual(['parameter_arn']);
    // It did move.
    expect(moved.producer.resource).not.toEqual(here.producer.resource);
  });

  it('is read from the other’s state, after it, and in its own stack is the value itself', () => {
    const { reader, producer, depends } = pairWith([]);
    expect(depends).toBe(true);
    expect(reader.resource).toMatchObject({
      aws_ssm_parameter: {
        copy: { value: 'of ${data.terraform_remote_state.cross-stack-reference-input-storage.outputs.parameter_arn}' },
      },
    });
    expect(producer.resource).toMatchObject({ aws_ssm_parameter: { own: { value: '${aws_ssm_parameter.made.arn}' } } });
  });

  it('has no name with a hash, nor any that CDKTF makes up', () => {
    const all = [trial, production].flatMap((input) =>
      [...synthesise(input).stacks.values()].flatMap(({ output }) => Object.keys(output ?? {})),
    );
    expect(all.length).toBeGreaterThan(60);
    expect(all.filter((name) => !/^[a-z]+(?:_[a-z]+)*$/.test(name))).toEqual([]);
  });

  it('is this, and renaming one breaks stacks that are deployed: the reader is planned before the new name is there', () => {
    expect(outputsOf(synthesise(production, 'production').stacks)).toEqual({
      delivery: 'deploy_role plan_role',
      storage:
        'accounts_arn accounts_name audit_arn audit_heads_arn audit_heads_name audit_name guardrail_arn guardrail_id guardrail_version key_arn ledger_arn ledger_name memory_arn memory_id repository_arn repository_url secret_arn',
      gateway: 'gateway_arn gateway_client_secret_arn gateway_url',
      'auth-portal': 'auth_portal_arn auth_portal_log_group auth_portal_name function_url portal_url',
      worker: 'image_uri runtime_id runtime_log_group version',
      invoker: 'failures_queue invoker_arn invoker_log_group invoker_name',
      receiver: 'receiver_arn receiver_log_group receiver_name url',
      sweeper: 'sweeper_arn sweeper_log_group sweeper_name',
      observability: '',
    });
  });
});

it('each stack says which Terraform it needs, and each archive carries the hash that AWS tells of it', () => {
  const { stacks, files } = synthesise(production, 'production');
  for (const [name, { terraform }] of stacks) expect(terraform, name).toMatchObject({ required_version: '~> 1.11' });
  const [code] = Object.values(stacks.get('receiver')?.resource.aws_lambda_function ?? {});
  const archive = files.get(`stacks/receiver/${String(code?.filename)}`);
  expect(code?.source_code_hash).toBe(sha256Of(archive ?? Buffer.of()));
});

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}
