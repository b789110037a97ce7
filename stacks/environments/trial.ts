import type { SettingsInput } from '../settings/settings-schema.ts';

/**
 * A first deployment, easily removed again. Fill in your account and company; take out what you do not have. `pnpm settings` prints what
 * comes out, `settings/settings-schema.ts` says what else can be set.
 */
export const settings: SettingsInput = {
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
