import { expect, it } from 'vitest';
import { policyOf } from '../../constructs/grant.ts';
import { ceilingGrantsOf } from '../../delivery/ceiling-grants.ts';
import { createReferences } from '../../permissions/references.ts';
import { resourcesOfType } from '../../permissions/stacks-json.ts';
import { regions } from '../../settings/regions.ts';
import { parseSettings } from '../../settings/settings.ts';
import type { SettingsInput } from '../../settings/settings-schema.ts';
import { production } from '../example-settings.ts';
import { synthesise } from '../synthesised.ts';

const region = 'ap-southeast-4';
const account = production.account;
const profiles = Array.from(
  { length: 4 },
  (_, index) => `arn:aws:bedrock:${region}:${account}:application-inference-profile/abc123def45${index}`,
);

/** The longest names that the settings take, and as much as anybody would have of what may be many. */
const longest: SettingsInput = {
  ...production,
  region,
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
  permissionsBoundary: `arn:aws:iam::${account}:policy/${'p/'.repeat(200)}${'b'.repeat(112)}`,
};
const environment = 'e'.repeat(20);
const { stacks } = synthesise(longest, environment);
const references = createReferences(stacks);

/** IAM counts no white space, of which JSON of ours has none. */
function lengthOf({ stack, resource }: ReturnType<typeof resourcesOfType>[number], argument = 'policy'): number {
  return references.textOf(stack, String(resource[argument])).length;
}

/** So much of each limit stays free for what comes later. */
const spare = 0.9;

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
it('each role’s policies are within what IAM takes with the longest names, and a tenth of it is to spare', () => {
  const inline = resourcesOfType(stacks, 'aws_iam_role_policy');
  const byRole = Map.groupBy(inline, ({ stack, resource }) => references.textOf(stack, String(resource.role)));
  expect(byRole.size).toBe(inline.length);
  const sizes = [
    ...[...byRole].map(([role, policies]) => ({ what: role, size: policies.reduce((sum, one) => sum + lengthOf(one), 0), most: 10_240 })),
    ...resourcesOfType(stacks, 'aws_iam_policy').map((one) => ({ what: String(one.resource.name), size: lengthOf(one), most: 6144 })),
    ...resourcesOfType(stacks, 'aws_iam_role').map((one) => ({
      what: `trust of ${one.resource.name}`,
      size: lengthOf(one, 'assume_role_policy'),
      most: 2048,
    })),
    {
      what: 'ceiling',
      size: policyOf(ceilingGrantsOf(parseSettings(environment, longest), longest.permissionsBoundary!)).length,
      most: 6144,
    },
  ];
  expect(sizes.length).toBeGreaterThan(20);
  expect(sizes.filter(({ size, most }) => size > most * spare)).toEqual([]);
});

it('no role has more managed policies than IAM attaches', () => {
  const attached = Map.groupBy(resourcesOfType(stacks, 'aws_iam_role_policy_attachment'), ({ resource }) => String(resource.role));
  expect([...attached].map(([, policies]) => policies.length)).toEqual([5, 5]);
});
