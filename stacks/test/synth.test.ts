import { describe, expect, it } from 'vitest';
import { production, trial } from './example-settings.ts';
import { leastSettings, resourcesOf, synthesise } from './synthesised.ts';

describe('the synthesised stacks', () => {
  it('are the same, byte for byte, a second time', () => {
    const [first, second] = [synthesise(trial), synthesise(trial)];
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

  it('have no gateway, no knowledge base and no GitHub role where the settings have none', () => {
    const { stacks } = synthesise(leastSettings);
    expect([...stacks.keys()]).not.toContain('gateway');
    expect([...stacks.keys()]).not.toContain('delivery');
    expect(resourcesOf(stacks, 'aws_cloudwatch_log_delivery_source')).toEqual([]);
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
  const knowledgeBase = { id: 'NORTHWIND1' };
  const providersOf = (input: object) =>
    [...synthesise({ ...leastSettings, ...input }).stacks.values()].flatMap(({ provider }) => provider.aws ?? []);

  it('one region makes no second provider', () => {
    for (const region of [undefined, 'us-east-1']) {
      const aliased = providersOf({ knowledgeBase: { ...knowledgeBase, ...(region ? { region } : {}) } }).filter(({ alias }) => alias);
      expect(aliased).toEqual([]);
    }
  });

  it('a knowledge base elsewhere makes exactly one, and the worker may search there', () => {
    const { stacks } = synthesise({ ...leastSettings, knowledgeBase: { ...knowledgeBase, region: 'us-west-2' } });
    const aliased = [...stacks.values()].flatMap(({ provider }) => provider.aws ?? []).filter(({ alias }) => alias);
    expect(aliased).toMatchObject([{ alias: 'knowledge_base', region: 'us-west-2' }]);
    const [policy] = Object.values(stacks.get('worker')?.resource.aws_iam_role_policy ?? {});
    expect(policy?.policy).toContain('"bedrock:Retrieve"],"Resource":["arn:aws:bedrock:us-west-2:111122223333:knowledge-base/NORTHWIND1"]');
    expect(resourcesOf(stacks, 'aws_cloudwatch_log_delivery_source')).toMatchObject([{ provider: 'aws.knowledge_base' }]);
  });
});
