import { TerraformStack, Testing } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { useAws } from '../constructs/use-aws.ts';
import { createStacks } from '../create-stacks.ts';
import { parseSettings, type Settings } from '../settings/settings.ts';
import { production, trial } from './example-settings.ts';
import { leastSettings, resourcesOf, synthesise, synthesiseAnew } from './synthesised.ts';

describe('the synthesised stacks', () => {
  it('are the same, byte for byte, a second time', () => {
    const [first, second] = [synthesise(trial), synthesiseAnew(trial)];
    expect([...first.files.keys()].sort()).toEqual([...second.files.keys()].sort());
    for (const [path, bytes] of first.files) expect(second.files.get(path)?.equals(bytes), path).toBe(true);
  });

  it('hold no path of the machine they were made on', () => {
    for (const [path, bytes] of synthesise(production, 'production').files) {
      if (!path.endsWith('.json')) continue;
      expect(String(bytes), path).not.toMatch(/"[^"]*(?:\/home\/|\/Users\/|\/root\/|\/tmp\/|[A-Z]:\\\\)/);
      expect(String(bytes), path).not.toContain(process.cwd());
    }
  });

  it('depend on each other one way only', () => {
    const { files } = synthesise(production, 'production');
    const { stacks } = JSON.parse(String(files.get('manifest.json'))) as { stacks: Record<string, { dependencies: string[] }> };
    const dependencies = Object.fromEntries(Object.entries(stacks).map(([name, stack]) => [name, stack.dependencies.toSorted()]));
    expect(dependencies).toMatchObject({
      delivery: [],
      storage: [],
      gateway: ['storage'],
      worker: ['auth-portal', 'gateway', 'storage'],
      invoker: ['worker'],
    });
  });

  it('touch no account but the one in the settings', () => {
    for (const [name, { provider }] of synthesise(trial).stacks) {
      expect(
        provider.aws?.map(({ allowed_account_ids }) => allowed_account_ids),
        name,
      ).toEqual([['111122223333']]);
    }
  });

  it('carry the tags of the settings beside ours, which nobody overrides', () => {
    const parsed = parseSettings('trial', { ...leastSettings, tags: { team: 'platform' } });
    const tagsIn = (settings: Settings) => {
      const stack = new TerraformStack(Testing.app(), 'small');
      useAws(stack, settings);
      const { provider } = JSON.parse(Testing.synth(stack)) as { provider: { aws: { default_tags: { tags: object }[] }[] } };
      return provider.aws[0]?.default_tags[0]?.tags;
    };
    const ours = { 'vera:bot': 'vera', 'vera:environment': 'trial' };
    expect(tagsIn(parsed)).toEqual({ team: 'platform', ...ours });
    // Whatever got past the check of the settings.
    expect(tagsIn({ ...parsed, tags: { 'vera:bot': 'other' } })).toEqual(ours);
  });

  it('rule out Terraforms without write-only arguments for cdktn, too, which refuses to synthesise otherwise', () => {
    const app = Testing.app();
    createStacks(app, parseSettings('production', production));
    const stacks = app.node.children.filter((child) => child instanceof TerraformStack);
    expect(stacks).toHaveLength(9);
    for (const { node } of stacks) expect(node.tryGetContext('targetVersions'), node.id).toEqual({ terraform: '>=1.11.0' });
  });

  it('have no gateway, no knowledge base and no GitHub role where the settings have none', () => {
    const { stacks } = synthesise(leastSettings);
    expect([...stacks.keys()]).not.toContain('gateway');
    expect([...stacks.keys()]).not.toContain('delivery');
    expect(resourcesOf(stacks, 'aws_cloudwatch_log_delivery_source').map(({ log_type }) => log_type)).toEqual(['USAGE_LOGS']);
  });

  it('keep their state in the bucket, a key each, locked by S3 itself', () => {
    const { stacks } = synthesise(production, 'production');
    expect(stacks.get('worker')?.terraform.backend).toEqual({
      s3: {
        bucket: 'northwind-terraform-state',
        region: 'us-east-1',
        key: 'use1-prod-vera/production/worker.tfstate',
        encrypt: true,
        use_lockfile: true,
      },
    });
  });
});

describe('two regions', () => {
  const documents = { id: 'NORTHWIND1', name: 'Documents' };
  const providersOf = (input: object) =>
    [...synthesise({ ...leastSettings, ...input }).stacks.values()].flatMap(({ provider }) => provider.aws ?? []);

  it('one region makes no second provider', () => {
    for (const region of [undefined, 'us-east-1']) {
      const aliased = providersOf({ knowledgeBases: [{ ...documents, ...(region ? { region } : {}) }] }).filter(({ alias }) => alias);
      expect(aliased).toEqual([]);
    }
  });

  it('knowledge bases elsewhere make exactly one a region, and the worker may search each where it is', () => {
    const there = { region: 'us-west-2' };
    const knowledgeBases = [
      { ...documents, ...there },
      { ...documents, ...there, name: 'Drafts', filter: { equals: { key: 'status', value: 'draft' } } },
      { id: 'NORTHWIND2', name: 'People', ...there },
      { id: 'NORTHWIND3', name: 'Clinics', region: 'eu-west-1' },
      { id: 'NORTHWIND4', name: 'Here' },
    ];
    const { stacks } = synthesise({ ...leastSettings, knowledgeBases });
    const aliased = [...stacks.values()].flatMap(({ provider }) => provider.aws ?? []).filter(({ alias }) => alias);
    expect(aliased).toMatchObject([
      { alias: 'knowledge_base_us_west_2', region: 'us-west-2' },
      { alias: 'knowledge_base_eu_west_1', region: 'eu-west-1' },
    ]);
    const [policy] = Object.values(stacks.get('worker')?.resource.aws_iam_role_policy ?? {});
    const arns = ['us-west-2', 'us-west-2', 'eu-west-1', 'us-east-1'].map(
      (region, index) => `arn:aws:bedrock:${region}:111122223333:knowledge-base/NORTHWIND${index + 1}`,
    );
    expect(policy?.policy).toContain(`"bedrock:Retrieve"],"Resource":${JSON.stringify(arns)}`);
    const sources = Object.values(stacks.get('observability')?.resource.aws_cloudwatch_log_delivery_source ?? {});
    expect(sources.map(({ provider, resource_arn: arn }) => [arn, provider])).toEqual([
      [arns[0], 'aws.knowledge_base_us_west_2'],
      [arns[1], 'aws.knowledge_base_us_west_2'],
      [arns[2], 'aws.knowledge_base_eu_west_1'],
      [arns[3], undefined],
    ]);
  });
});
