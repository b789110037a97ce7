import type { SettingsInput } from '../settings/settings-schema.ts';

/** What a company runs on: state in a bucket, deployments from GitHub after an approval, alarms, nothing deleted by accident. */
export const settings: SettingsInput = {
  account: '444455556666',
  accountCode: 'prod',
  region: 'us-east-1',
  botName: 'vera',
  company: 'Northwind Clinic Systems',
  model: { id: 'us.anthropic.claude-sonnet-5-5' },
  knowledgeBases: [{ id: 'NORTHWIND1', region: 'us-west-2', name: 'Company documents' }],
  gateway: {
    authorizer: 'iam',
    targets: {
      pagerduty: {},
      jira: { site: 'https://northwind.atlassian.net' },
      confluence: { site: 'https://northwind.atlassian.net' },
    },
  },
  mcpServers: ['aws'],
  alarmEmail: 'platform@northwind.example',
  state: { bucket: 'northwind-terraform-state', region: 'us-east-1' },
  github: { repository: 'northwind/vera', deployFrom: { environment: 'production' } },
  permissionsBoundary: 'arn:aws:iam::444455556666:policy/vera-boundary',
};
