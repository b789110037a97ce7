import type { SettingsInput } from '../settings/settings-schema.ts';

// Not `environments/*.ts`: those are for whoever deploys to change, and a change of theirs must break no test.

/** A first deployment. */
export const trial: SettingsInput = {
  account: '111122223333',
  accountCode: 'dev',
  region: 'us-east-1',
  botName: 'vera',
  company: 'Northwind Clinic Systems',
  model: { id: 'us.anthropic.claude-sonnet-5-5' },
  knowledgeBases: [{ id: 'NORTHWIND1', name: 'Company documents' }],
  gateway: {
    targets: {
      pagerduty: {},
      jira: { site: 'https://northwind.atlassian.net' },
      confluence: { site: 'https://northwind.atlassian.net' },
    },
  },
  deletionProtection: false,
};

/** A worker on Lambda. */
export const lambda: SettingsInput = { ...trial, worker: { on: 'lambda' } };

/** No Docker on the machine that deploys. */
export const codebuild: SettingsInput = { ...trial, image: { build: 'codebuild' } };

/** All that can be set to something else than its default. */
export const production: SettingsInput = {
  account: '444455556666',
  accountCode: 'prod',
  region: 'us-east-1',
  botName: 'vera',
  company: 'Northwind Clinic Systems',
  model: { id: 'us.anthropic.claude-sonnet-5-5' },
  knowledgeBases: [
    { id: 'NORTHWIND1', region: 'us-west-2', name: 'Company documents', about: 'runbooks, policies, architecture', outdatedDays: 365 },
  ],
  gateway: {
    authorizer: 'cognito',
    targets: {
      pagerduty: {},
      jira: { site: 'https://northwind.atlassian.net' },
      confluence: { site: 'https://northwind.atlassian.net' },
    },
  },
  mcpServers: [
    'aws',
    { name: 'splunk', url: 'https://splunk.northwind.example/services/mcp', via: 'gateway' },
    {
      name: 'wiki',
      url: 'https://wiki.northwind.example/mcp',
      oauth: { clientId: 'vera', clientSecret: '${WIKI_SECRET}', tokenUrl: 'https://id.northwind.example/token', scope: 'read' },
      reads: ['find_page'],
      via: 'gateway',
    },
  ],
  alarmEmail: 'platform@northwind.example',
  state: { bucket: 'northwind-terraform-state', region: 'us-east-1' },
  github: { repository: 'northwind/vera', deployFrom: { environment: 'production' } },
  permissionsBoundary: 'arn:aws:iam::444455556666:policy/vera-boundary',
};

/** In a company's own surroundings. */
export const company: SettingsInput = {
  ...production,
  keyArn: `arn:aws:kms:us-east-1:${production.account}:key/mrk-${'0a'.repeat(16)}`,
  front: {
    receiver: 'slack.vera.northwind.example',
    portal: 'vera.northwind.example',
    certificateArn: `arn:aws:acm:us-east-1:${production.account}:certificate/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f`,
  },
  guardrail: { existing: { id: 'northwind1', version: '3' } },
  roles: {
    receiver: `arn:aws:iam::${production.account}:role/northwind/vera-receiver`,
    worker: `arn:aws:iam::${production.account}:role/northwind/vera-worker`,
    'aws-reader': `arn:aws:iam::${production.account}:role/northwind/vera-aws-reader`,
  },
  network: { mode: 'vpc', subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d4e5f60718'] },
};
