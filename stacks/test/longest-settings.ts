import { regions } from '../settings/regions.ts';
import type { SettingsInput } from '../settings/settings-schema.ts';
import { company, production } from './example-settings.ts';

const region = 'ap-southeast-4';
const account = production.account;
const profiles = Array.from(
  { length: 4 },
  (_, index) => `arn:aws:bedrock:${region}:${account}:application-inference-profile/abc123def45${index}`,
);

export const environment = 'e'.repeat(20);

/** The longest names that the settings take, and as much as anybody would have of what may be many. */
export const longest: SettingsInput = {
  ...company,
  region,
  keyArn: company.keyArn!.replace('us-east-1', region),
  network: {
    mode: 'vpc',
    subnets: Array.from({ length: 16 }, (_, index) => `subnet-0a1b2c3d4e5f6071${index.toString(16)}`),
    securityGroups: ['sg-0a1b2c3d4e5f60718'],
  },
  accountCode: 'a'.repeat(8),
  botName: 'v'.repeat(16),
  model: { id: profiles[0]!, helpers: { fast: profiles[1]!, deep: profiles[2]!, cheap: profiles[3]! } },
  gateway: { ...production.gateway, authorizer: 'cognito' },
  knowledgeBases: regions
    .filter((one) => one.startsWith('ap-'))
    .slice(0, 10)
    .map((where, index) => ({ id: `NORTHWIND${index}`, name: `Base ${index}`, region: where })),
  mcpServers: [
    'aws',
    ...Array.from({ length: 4 }, (_, index) => ({
      name: `s${index}`.padEnd(16, 'x'),
      url: `https://${index}.example.com/mcp`,
      headers: { authorization: `Bearer \${KEY_${index}}` },
      reads: ['a'],
      via: 'gateway' as const,
    })),
  ],
  state: { bucket: 'b'.repeat(63), region },
  github: { ...production.github!, deployFrom: { environment } },
  permissionsBoundary: `arn:aws:iam::${account}:policy/${'p/'.repeat(200)}${'b'.repeat(112)}`,
};
