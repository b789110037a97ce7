import { describe, expect, it } from 'vitest';
import { deployedRolesOf } from '../../permissions/deployment-of.ts';
import type { SettingsInput } from '../../settings/settings-schema.ts';
import { codebuild, company, lambda, production, trial } from '../example-settings.ts';
import { leastSettings, synthesise } from '../synthesised.ts';
import { resourcePolicyFaults } from './resource-policy-faults.ts';
import { roleFaults } from './role-faults.ts';

const targets = { pagerduty: {}, jira: { site: 'https://northwind.atlassian.net' } };
const github = { repository: 'northwind/vera', deployFrom: { environment: 'trial' } };

const variants: Readonly<Record<string, SettingsInput>> = {
  trial,
  production,
  'a worker on Lambda': lambda,
  'a company’s own surroundings': company,
  'the same, with a worker on Lambda': { ...company, worker: { on: 'lambda' } },
  'the least there can be': leastSettings,
  'a gateway with Cognito': { ...leastSettings, gateway: { authorizer: 'cognito', targets } },
  'a gateway with IAM, deployed from GitHub': {
    ...leastSettings,
    gateway: { authorizer: 'iam', targets },
    github,
    state: { bucket: 'northwind-terraform-state', region: 'us-east-1' },
    permissionsBoundary: 'arn:aws:iam::111122223333:policy/vera-boundary',
  },
  'another region, a model from anywhere': {
    ...leastSettings,
    region: 'eu-central-1',
    model: { id: 'global.anthropic.claude-sonnet-5-5' },
    knowledgeBases: [{ id: 'NORTHWIND1', region: 'eu-west-1', name: 'Documents' }],
  },
  'ten knowledge bases in three regions': {
    ...production,
    knowledgeBases: Array.from({ length: 10 }, (_, index) => {
      const region = ['us-west-2', 'eu-west-1', 'us-east-1'][index % 3] ?? 'us-east-1';
      return { id: `NORTHWIND${index}`, name: `Base ${index}`, region };
    }),
  },
  'an image built in the account': codebuild,
  'an image of another account': {
    ...production,
    image: { uri: `999988887777.dkr.ecr.us-east-1.amazonaws.com/images/vera@sha256:${'0'.repeat(64)}` },
  },
  'the longest names': {
    ...production,
    region: 'ap-southeast-2',
    model: { id: 'apac.anthropic.claude-sonnet-5-5' },
    accountCode: 'a'.repeat(8),
    botName: 'v'.repeat(16),
    knowledgeBases: [{ id: 'NORTHWIND1', region: 'ap-northeast-2', name: 'Documents' }],
    state: { bucket: 'b'.repeat(63), region: 'ap-southeast-2' },
  },
};

describe('every policy of the synthesised stacks', () => {
  it.each(Object.keys(variants))('R30 names what it allows, where, and why nothing narrower serves: %s', async (variant) => {
    const settings = variants[variant]!;
    const { stacks } = synthesise(settings);
    const place = {
      account: settings.account,
      regions: [settings.region, ...(settings.knowledgeBases ?? []).flatMap(({ region }) => region ?? [])],
      ...(settings.image && 'uri' in settings.image ? { imagesOf: settings.image.uri.slice(0, 12) } : {}),
    };
    const faults = await Promise.all(
      deployedRolesOf(stacks).map(async (role) => (await roleFaults(role, place)).map((fault) => `${role.name}: ${fault}`)),
    );
    expect(faults.flat()).toEqual([]);
    expect(resourcePolicyFaults(stacks, settings.account)).toEqual([]);
  });

  it('is looked at: as many roles as there are things that need one', () => {
    const rolesOf = (settings: SettingsInput) => deployedRolesOf(synthesise(settings).stacks).map(({ path }) => path.split('/')[0]);
    expect(rolesOf(leastSettings).sort()).toEqual(['auth-portal', 'invoker', 'receiver', 'sweeper', 'worker']);
    expect(rolesOf(production).sort()).toEqual([
      'auth-portal',
      'delivery',
      'delivery',
      'delivery',
      'delivery',
      'gateway',
      'invoker',
      'receiver',
      'sweeper',
      'worker',
      'worker',
    ]);
  });
});
