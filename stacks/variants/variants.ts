import { loadSettings } from '../settings/load-settings.ts';
import { parseSettings, type Settings } from '../settings/settings.ts';
import type { SettingsInput } from '../settings/settings-schema.ts';

/** One way to set Vera up that is validated, planned, applied and destroyed by `pnpm check-variants`. */
export interface Variant {
  readonly about: string;
  readonly settings: () => Promise<Settings> | Settings;
}

const least: SettingsInput = {
  account: '111122223333',
  accountCode: 'dev',
  region: 'us-east-1',
  botName: 'vera',
  company: 'Northwind Clinic Systems',
  model: { id: 'us.anthropic.claude-sonnet-5-5' },
  deletionProtection: false,
};
/** Not on `environments/trial.ts`: that is for whoever deploys to change. */
const on = (more: Partial<SettingsInput>) => () => parseSettings('trial', { ...least, ...more });
const targets = {
  pagerduty: {},
  jira: { site: 'https://northwind.atlassian.net' },
  confluence: { site: 'https://northwind.atlassian.net' },
};

export const variants: Readonly<Record<string, Variant>> = {
  trial: { about: '`stacks/environments/trial.ts`', settings: () => loadSettings('trial') },
  production: { about: '`stacks/environments/production.ts`', settings: () => loadSettings('production') },
  'knowledge-base-elsewhere': {
    about: 'knowledge bases in two other regions, and one here',
    settings: on({
      knowledgeBases: [
        { id: 'NORTHWIND1', name: 'Company documents', region: 'us-west-2' },
        { id: 'NORTHWIND2', name: 'Clinics', region: 'eu-west-1' },
        { id: 'NORTHWIND3', name: 'Runbooks' },
      ],
    }),
  },
  cognito: { about: 'the gateway behind a user pool', settings: on({ gateway: { authorizer: 'cognito', targets } }) },
  'vpc-with-boundary': {
    about: 'worker and functions in a VPC, a ceiling on every role, a gateway signed for',
    settings: on({
      network: { mode: 'vpc', subnets: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719'], securityGroups: ['sg-0a1b2c3d4e5f60718'] },
      permissionsBoundary: 'arn:aws:iam::111122223333:policy/vera-boundary',
      gateway: { targets },
    }),
  },
  'lambda-worker': { about: 'the worker as a function', settings: on({ worker: { on: 'lambda' }, gateway: { targets } }) },
  'prebuilt-image': {
    about: 'an image that is there already, by its digest',
    settings: on({ image: { uri: `111122223333.dkr.ecr.us-east-1.amazonaws.com/images/vera@sha256:${'0a'.repeat(32)}` } }),
  },
  front: {
    about: 'CloudFront and a firewall before what the internet may call',
    settings: on({
      front: {
        receiver: 'slack.vera.northwind.example',
        portal: 'vera.northwind.example',
        certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
      },
    }),
  },
  'built-in-the-account': { about: 'the image built by CodeBuild', settings: on({ image: { build: 'codebuild' } }) },
};
