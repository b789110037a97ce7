import { describe, expect, it } from 'vitest';
import { type DeployedRole, deployedRolesOf, type Statement } from '../../permissions/deployment-of.ts';
import { leastSettings, synthesise } from '../synthesised.ts';
import { roleFaults } from './role-faults.ts';
import { trustFaults } from './trust-faults.ts';

const place = { account: '111122223333', regions: ['us-east-1'] };
const trust = (more: Partial<Statement>): string[] =>
  trustFaults({ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: [], ...more }, place);

describe('who may take a role on', () => {
  it.each([
    '*',
    { AWS: '*' },
    { AWS: 'arn:aws:iam::999988887777:root' },
    { AWS: 'arn:aws:iam::111122223333:root' },
    { AWS: 'arn:aws:iam::111122223333:role/use1-dev-vera-*' },
    { AWS: 'arn:aws:iam::999988887777:role/use1-dev-vera-worker' },
    { Service: 'ec2.amazonaws.com' },
    { Service: '*' },
  ])('not %j', (Principal) => {
    expect(trust({ Principal })).not.toEqual([]);
  });

  it('one of our own workers, by its role', () => {
    expect(trust({ Principal: { AWS: 'arn:aws:iam::111122223333:role/use1-dev-vera-worker' } })).toEqual([]);
  });

  it('AgentCore, for our account and a source of ours, and not otherwise', () => {
    const Principal = { Service: 'bedrock-agentcore.amazonaws.com' };
    const account = { 'aws:SourceAccount': '111122223333' };
    const source = { 'aws:SourceArn': 'arn:aws:bedrock-agentcore:us-east-1:111122223333:*' };
    expect(trust({ Principal, Condition: { StringEquals: account, ArnLike: source } })).toEqual([]);
    expect(trust({ Principal })).toHaveLength(2);
    expect(trust({ Principal, Condition: { StringEquals: account } })).toEqual(['it does not ask for a source of ours']);
    expect(trust({ Principal, Condition: { ArnLike: source } })).toEqual(['it does not ask for our account']);
    const anySource = { 'aws:SourceArn': 'arn:aws:bedrock-agentcore:us-east-1:*:*' };
    expect(trust({ Principal, Condition: { StringEquals: account, ArnLike: anySource } })).toEqual([
      'it does not ask for a source of ours',
    ]);
  });
});

describe('the roles of GitHub’s workflows', () => {
  const delivered = {
    github: { repository: 'northwind/vera', deployFrom: { environment: 'trial' } },
    state: { bucket: 'northwind-terraform-state', region: 'us-east-1' },
    permissionsBoundary: 'arn:aws:iam::111122223333:policy/vera-boundary',
  };
  const [plan, deploy] = ['plan', 'deploy'].map((name) =>
    deployedRolesOf(synthesise({ ...leastSettings, ...delivered }).stacks).find(({ path }) => path === `delivery/${name}`),
  ) as [DeployedRole, DeployedRole];
  const pinnedTo = (condition: object) => trust({ ...deploy.trust[0], Condition: condition as NonNullable<Statement['Condition']> });
  const issuer = 'token.actions.githubusercontent.com';
  const audience = { [`${issuer}:aud`]: 'sts.amazonaws.com' };

  it('are pinned to the repository, to a branch or to pull requests, to the letter', () => {
    expect(plan.trust[0]?.Condition?.StringEquals?.[`${issuer}:sub`]).toEqual(['repo:northwind/vera:pull_request']);
    expect(deploy.trust[0]?.Condition?.StringEquals?.[`${issuer}:sub`]).toEqual(['repo:northwind/vera:environment:trial']);
  });

  it.each([
    'repo:northwind/*',
    'repo:northwind/vera:*',
    'repo:northwind/vera:ref:refs/heads/*',
    '*',
    'repo:northwind/vera:ref:refs/tags/v1',
  ])('are not open to %s', (subject) => {
    expect(pinnedTo({ StringEquals: { ...audience, [`${issuer}:sub`]: [subject] } })).toEqual([`${subject} is no repository and branch`]);
  });

  it('are open to nobody by a pattern, a missing subject or another audience', () => {
    const subject = { [`${issuer}:sub`]: ['repo:northwind/vera:environment:trial'] };
    expect(pinnedTo({ StringEquals: { ...audience, ...subject } })).toEqual([]);
    expect(pinnedTo({ StringLike: { ...audience, ...subject } })).not.toEqual([]);
    expect(pinnedTo({ StringEquals: audience })).toEqual(['nothing is no repository and branch']);
    expect(pinnedTo({ StringEquals: subject })).toEqual(['its audience is not pinned']);
    expect(pinnedTo({ StringEquals: { ...audience, ...subject }, StringLike: subject })).toEqual(['it is pinned by more than equality']);
  });

  it('a role that changes anything is not open to pull requests', async () => {
    expect(await roleFaults(plan, place)).toEqual([]);
    const changing = { ...plan, statements: deploy.statements };
    expect(await roleFaults(changing, place)).toContain('a pull request may iam:PutRolePolicy');
  });
});
