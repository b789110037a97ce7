import type { SettingsInput } from '../settings/settings-schema.ts';

/**
 * A first deployment, easily removed again. It works once `account` is yours; `pnpm settings` prints what comes out,
 * `settings/settings-schema.ts` says what else can be set.
 */
export const settings: SettingsInput = {
  /** `aws sts get-caller-identity --query Account --output text` */
  account: '111122223333',
  accountCode: 'dev',
  region: 'us-east-1',
  botName: 'vera',
  /** What Vera says she works for. */
  company: 'Northwind Clinic Systems',
  model: { id: 'us.anthropic.claude-sonnet-5-5' },
  // Where Terraform keeps its state; beside the code otherwise. `pnpm vera bootstrap` makes it. The name must be nobody else's in all of AWS.
  // state: { bucket: 'vera-terraform-111122223333', region: 'us-east-1' },
  // Documents that Vera searches, where you have a knowledge base of Amazon Bedrock.
  // knowledgeBases: [{ id: 'NORTHWIND1', name: 'Company documents' }],
  // What Vera reads with a key of the company's; docs/deploy.md, step 5, says where they come from.
  // gateway: {
  //   targets: {
  //     pagerduty: {},
  //     jira: { site: 'https://northwind.atlassian.net' },
  //     confluence: { site: 'https://northwind.atlassian.net' },
  //   },
  // },
  deletionProtection: false,
};
