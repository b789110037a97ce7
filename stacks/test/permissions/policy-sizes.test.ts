import { expect, it } from 'vitest';
import { policyOf } from '../../constructs/grant.ts';
import { ceilingGrantsOf } from '../../delivery/ceiling-grants.ts';
import { createReferences } from '../../permissions/references.ts';
import { resourcesOfType } from '../../permissions/stacks-json.ts';
import { parseSettings } from '../../settings/settings.ts';
import { environment, longest } from '../longest-settings.ts';
import { synthesise } from '../synthesised.ts';

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
  expect([...attached].map(([, policies]) => policies.length)).toEqual([6, 6, 7, 1]);
});
