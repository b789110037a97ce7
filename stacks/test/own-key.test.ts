import { describe, expect, it } from 'vitest';
import { statementsIn } from '../permissions/deployment-of.ts';
import { createReferences } from '../permissions/references.ts';
import { resourcesOfType } from '../permissions/stacks-json.ts';
import type { SettingsInput } from '../settings/settings-schema.ts';
import { patternsMeet } from './permissions/patterns-meet.ts';
import { leastSettings, resourcesOf, synthesise } from './synthesised.ts';

const keyArn = 'arn:aws:kms:us-east-1:999988887777:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f';
const replicated = `arn:aws:kms:us-east-1:111122223333:key/mrk-${'0a'.repeat(16)}`;
const knowledgeBases = [{ id: 'NORTHWIND1', name: 'Documents' }];
const elsewhere = [{ id: 'NORTHWIND2', name: 'Clinics', region: 'eu-west-1' }];
const least = { ...leastSettings, knowledgeBases };

/** Of everything that is logged: the group, its retention, its key. */
function logsOf(input: SettingsInput) {
  const { stacks } = synthesise(input);
  const references = createReferences(stacks);
  const groups = resourcesOfType(stacks, 'aws_cloudwatch_log_group').map(({ stack, resource }) => {
    const { name, retention_in_days: days, kms_key_id: key } = resource;
    return { groups: String(name), days, key: key && references.textOf(stack, String(key)), stack };
  });
  const kept = Object.values(stacks.get('worker')?.resource.null_resource ?? {}).flatMap(({ provisioner }) => {
    const [{ 'local-exec': run }] = provisioner as [{ 'local-exec': { environment: Record<string, string> } }];
    const { LOG_GROUPS: names, RETENTION_DAYS: days, LOG_KEY: key } = run.environment;
    return names ? [{ groups: names, days: Number(days), key: key && references.textOf('worker', key), stack: 'worker' }] : [];
  });
  return [...groups, ...kept];
}

it('what CodeBuild prints, where it builds the image, is encrypted as all else, and only there does the key know it', () => {
  const group = '/aws/codebuild/use1-dev-vera-image';
  const input: SettingsInput = { ...least, encryptsLogs: true, logDays: 90, image: { build: 'codebuild' } };
  const key = 'arn:aws:kms:us-east-1:111122223333:key/{storage.key}';
  expect(logsOf(input).filter(({ groups }) => groups === group)).toEqual([{ groups: group, days: 90, key, stack: 'worker' }]);
  const policyOf = (settings: SettingsInput) => String(resourcesOf(synthesise(settings).stacks, 'aws_kms_key')[0]?.policy);
  expect(policyOf(input)).toContain('log-group:/aws/codebuild/use1-dev-vera-*');
  expect(policyOf({ ...input, image: { build: 'docker' } })).not.toContain('codebuild');
});

describe.each([
  ['AgentCore', 'agentcore'],
  ['Lambda', 'lambda'],
] as const)('what is logged, with the worker on %s', (_, on) => {
  const settings = { ...least, worker: { on }, logDays: 90 } as const;

  it('is kept for as long as the settings say, and encrypted by CloudWatch’s key where they name none', () => {
    const all = logsOf(settings);
    expect(all.length).toBe(on === 'agentcore' ? 7 : 6);
    expect(all.filter(({ days, key }) => days !== 90 || key !== undefined)).toEqual([]);
  });

  it('is encrypted with the company’s key where there is one, if the settings do not say no', () => {
    expect(new Set(logsOf({ ...settings, keyArn }).map(({ key }) => key))).toEqual(new Set([keyArn]));
    expect(new Set(logsOf({ ...settings, keyArn, encryptsLogs: false }).map(({ key }) => key))).toEqual(new Set([undefined]));
  });

  it('is encrypted with Vera’s own key where the settings say so, whose policy lets CloudWatch do it for these groups and no others', () => {
    const input = { ...settings, encryptsLogs: true };
    const all = logsOf(input);
    expect(new Set(all.map(({ key }) => key))).toEqual(new Set(['arn:aws:kms:us-east-1:111122223333:key/{storage.key}']));
    const [key] = resourcesOf(synthesise(input).stacks, 'aws_kms_key');
    const logs = statementsIn(String(key?.policy)).find(({ Principal }) => JSON.stringify(Principal).includes('logs.us-east-1'));
    const patterns = logs?.Condition?.ArnLike?.['kms:EncryptionContext:aws:logs:arn'] as readonly string[];
    const allowed = (group: string) => patterns.some((one) => patternsMeet(one, `arn:aws:logs:us-east-1:111122223333:log-group:${group}`));
    const groups = all.flatMap(({ groups }) => groups.replaceAll(/\$\{[^}]*\}/g, 'use1_dev_vera_runtime-0123456789').split(' '));
    expect(groups.filter((group) => !allowed(group))).toEqual([]);
    expect(['/aws/lambda/use1-dev-verax-worker', '/aws/lambda/other', '/aws/eks/x'].filter(allowed)).toEqual([]);
  });
});

describe('a key of the company’s', () => {
  const { stacks } = synthesise({ ...least, keyArn });

  it('encrypts tables and secret and seals tokens, and no other is made', () => {
    expect(resourcesOf(stacks, 'aws_kms_key')).toEqual([]);
    expect(resourcesOf(stacks, 'aws_kms_alias')).toEqual([]);
    for (const table of resourcesOf(stacks, 'aws_dynamodb_table'))
      expect(table.server_side_encryption).toEqual({ enabled: true, kms_key_arn: keyArn });
    expect(resourcesOf(stacks, 'aws_secretsmanager_secret').map(({ kms_key_id: key }) => key)).toEqual([keyArn]);
    const policies = resourcesOf(stacks, 'aws_iam_role_policy').map(({ policy }) => String(policy));
    expect(policies.filter((policy) => policy.includes('kms:'))).toHaveLength(4);
  });

  it('is used where it is, and by a replica of its where something is logged in another region', () => {
    expect(() => synthesise({ ...leastSettings, keyArn: keyArn.replace('us-east-1', 'eu-west-1') })).toThrow(
      'keyArn: this key is in eu-west-1, and is used in us-east-1',
    );
    const faulty = [{ keyArn }, { encryptsLogs: true }];
    for (const setting of faulty)
      expect(() => synthesise({ ...leastSettings, ...setting, knowledgeBases: elsewhere })).toThrow(
        /knowledgeBases.0.region: its ingestion is logged in eu-west-1.*multi-Region key with a replica there/,
      );
    const logs = logsOf({ ...leastSettings, keyArn: replicated, knowledgeBases: elsewhere });
    const inIreland = replicated.replace('us-east-1', 'eu-west-1');
    expect(logs.filter(({ key }) => key !== replicated)).toMatchObject([{ stack: 'observability', key: inIreland }]);
  });

  it.each(['alias/vera', `${keyArn}x`, 'arn:aws:kms:us-east-1:999988887777:alias/vera'])('is an ARN, and no alias: %s', (wrong) => {
    expect(() => synthesise({ ...leastSettings, keyArn: wrong })).toThrow(/keyArn: the ARN of a key/);
  });
});
