import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importIds, madeAnew } from '../imports/import-ids.ts';
import { importLinesOf } from '../imports/import-lines.ts';
import { resourcesOfType, stacksOf } from '../permissions/stacks-json.ts';
import { loadSettings } from '../settings/load-settings.ts';
import { parseSettings } from '../settings/settings.ts';
import type { SettingsInput } from '../settings/settings-schema.ts';
import { codebuild, company, lambda, production } from './example-settings.ts';
import { leastSettings, synthesise } from './synthesised.ts';

const idsOf = (environment: string, settings: SettingsInput) =>
  importLinesOf(synthesise(settings, environment).stacks, parseSettings(environment, settings)).map(
    ({ address, id }) => `${address.split('.')[0]} ${id}`,
  );

describe('what is there', () => {
  it('is known by type: how it is found, or why it is made anew', () => {
    const kinds = [company, production, lambda, codebuild].flatMap((settings) =>
      [...synthesise(settings, 'production').stacks.values()].flatMap(({ resource }) => Object.keys(resource)),
    );
    expect([...new Set(kinds)].filter((kind) => !(kind in importIds) && !madeAnew.includes(kind))).toEqual([]);
    expect(madeAnew.filter((kind) => kind in importIds)).toEqual([]);
  });

  it('is found by names, or by asking AWS for what it made up: no id stands for one that nobody knows', () => {
    const ids = idsOf('production', production);
    expect(ids.filter((id) => /XXXXXX|\{[a-z]/.test(id))).toEqual([]);
    expect(ids).toEqual(
      expect.arrayContaining([
        'aws_dynamodb_table use1-prod-vera-ledger',
        'aws_iam_role_policy use1-prod-vera-worker:permissions',
        'aws_sqs_queue https://sqs.us-east-1.amazonaws.com/444455556666/use1-prod-vera-invoker-failures',
        'aws_kms_key $(aws kms describe-key --key-id alias/use1-prod-vera --query "KeyMetadata.KeyId" --output text)',
      ]),
    );
  });

  it('is looked for where its provider made it: what belongs to CloudFront in us-east-1, wherever all else is', () => {
    const front = {
      receiver: 'slack.northwind.example',
      portal: 'vera.northwind.example',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f',
    };
    const settings = {
      ...leastSettings,
      region: 'eu-west-1',
      model: { id: 'eu.anthropic.claude-sonnet-5-5' },
      memory: 'off' as const,
      front,
    };
    const { stacks } = synthesise(settings, 'trial');
    const lines = importLinesOf(stacks, parseSettings('trial', settings));
    const isGlobal = ({ stack, address }: (typeof lines)[number]) => {
      const [type = '', name = ''] = address.split('.');
      return stacks.get(stack)?.resource[type]?.[name]?.provider === 'aws.global';
    };
    const regionsIn = (some: typeof lines) => new Set(some.flatMap(({ id }) => id.match(/\b(?:us|eu)-[a-z]+-\d\b/g) ?? []));
    expect(regionsIn(lines.filter(isGlobal))).toEqual(new Set(['us-east-1']));
    expect(regionsIn(lines.filter((line) => !isGlobal(line)))).toEqual(new Set(['eu-west-1']));
  });

  it('is told by `pnpm imports` in lines that a shell takes, one an importable resource', async () => {
    const command = join(import.meta.dirname, '../imports/print-imports.ts');
    const { stdout } = spawnSync(process.execPath, [command], { encoding: 'utf8', env: { VERA_ENVIRONMENT: 'trial' } });
    const folder = mkdtempSync(join(tmpdir(), 'vera-imports-'));
    try {
      for (const [name, says] of Object.entries({ terraform: 'printf "%s|" "$@"; echo', aws: 'echo found' })) {
        writeFileSync(join(folder, name), `#!/bin/sh\n${says}\n`);
        chmodSync(join(folder, name), 0o755);
      }
      const run = spawnSync('sh', ['-eu'], { input: stdout, encoding: 'utf8', env: { PATH: `${folder}:/usr/bin:/bin` } });
      const lines = run.stdout.trim().split('\n');
      const settings = await loadSettings('trial');
      expect(run.stderr).toBe('');
      expect(lines.length).toBe(importLinesOf(stacksOf(settings), settings).length);
      expect(lines).toContain('-chdir=cdktf.out/stacks/storage|import|aws_kms_key.key|found|');
      expect(
        lines.filter((line) => !/^-chdir=cdktf\.out\/stacks\/[\w-]+\|import\|\w+\.[\w-]+\|[^|\s]+\|(?:[^|\s]+\|)?$/.test(line)),
      ).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a second environment in the same account', () => {
  const github = {
    ...production.github!,
    deployFrom: { environment: 'staging' },
    providerArn: `arn:aws:iam::${production.account}:oidc-provider/token.actions.githubusercontent.com`,
  };
  const staging = { ...production, accountCode: 'stag', github, knowledgeBaseLogs: 'off' as const };
  const bot = { ...production, botName: 'verb', github, knowledgeBaseLogs: 'off' as const };

  it.each([
    ['by another account code', staging],
    ['by another name of the bot', bot],
  ])('shares nothing that has a name in AWS with the first, %s', (_, second) => {
    const first = idsOf('production', production);
    const other = idsOf('staging', second);
    expect(other.length).toBeGreaterThan(100);
    expect(other.filter((id) => first.includes(id))).toEqual([]);
    // Nor is one found where the other is looked for: a query goes by whole names, or to the end that AWS makes up.
    expect(other.filter((id) => id.includes('use1-prod-vera-') || id.includes('use1_prod_vera_'))).toEqual([]);
  });

  it('has its state, its tags and its metrics to itself', () => {
    const [first, other] = [synthesise(production, 'production').stacks, synthesise(staging, 'staging').stacks];
    for (const [name, stack] of other) {
      expect(stack.terraform.backend).not.toEqual(first.get(name)?.terraform.backend);
      expect(JSON.stringify(stack.provider)).toContain('"vera:environment":"staging"');
      expect(JSON.stringify(stack)).not.toMatch(/use1[-_]prod[-_]vera/);
    }
    const namespaces = resourcesOfType(other, 'aws_cloudwatch_log_metric_filter').map(
      ({ resource }) => (resource.metric_transformation as { namespace: string }).namespace,
    );
    expect(new Set(namespaces)).toEqual(new Set(['use1-stag-vera']));
  });

  it.each([
    [
      'the identity provider of GitHub',
      { ...staging, github: { ...github, providerArn: undefined } },
      "github.providerArn: production.ts makes this account's",
    ],
    [
      'the log of a knowledge base',
      { ...staging, knowledgeBaseLogs: 'on' as const },
      'knowledgeBaseLogs: production.ts has the ingestion of NORTHWIND1',
    ],
    ['all of its names', { ...staging, accountCode: 'prod' }, 'botName: all of it would be called use1-prod-vera-…'],
  ])('is refused where it would make a second time what an account has once: %s', (_, settings, message) => {
    const others = new Map<string, unknown>([['production', production]]);
    expect(() => parseSettings('staging', settings, others)).toThrow(message);
    expect(() =>
      parseSettings('staging', { ...settings, account: leastSettings.account, github, permissionsBoundary: undefined }, others),
    ).not.toThrow(message);
    expect(() => parseSettings('staging', staging, others)).not.toThrow();
  });
});
