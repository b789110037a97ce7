import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Grant, grantsOf, isSamePolicy } from '../src/json/policy.ts';
import { type GrantDifference, grantDifferences } from '../src/rights/grant-differences.ts';

const services = ['s3:Get', 's3:Put', 'kms:Get'];
const things = ['a1', 'a22', 'b1'];
const users = ['alice', 'bob'];
const grant: fc.Arbitrary<Grant> = fc.record({
  effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
  principal: fc.constantFrom(...users, '*'),
  action: fc.constantFrom(...services, 's3:*', '*', '*:Get', 'S3:get', 's3:???'),
  resource: fc.constantFrom(...things, 'a*', 'a?', '*', '?1', '*1'),
  conditions: fc.subarray(['Bool x = true', 'Bool y = true']),
});
const policy = fc.array(grant, { maxLength: 5 });

/** Every request there is in this small world, and whether it is let through. */
function allowed(grants: readonly Grant[]): Set<string> {
  const requests = users.flatMap((user) =>
    services.flatMap((action) =>
      things.flatMap((thing) => [[], ['x'], ['y'], ['x', 'y']].map((truths) => ({ user, action, thing, truths }))),
    ),
  );
  type Request = (typeof requests)[number];
  const matches = (pattern: string, text: string) => new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(text);
  const applies = (one: Grant, { user, action, thing, truths }: Request) =>
    (one.principal === '*' || one.principal === user) &&
    matches(one.action, action) &&
    matches(one.resource, thing) &&
    one.conditions.every((condition) => truths.some((truth) => condition === `Bool ${truth} = true`));
  const isAllowed = (request: Request) =>
    grants.some((one) => one.effect === 'Allow' && applies(one, request)) &&
    !grants.some((one) => one.effect === 'Deny' && applies(one, request));
  return new Set(requests.filter(isAllowed).map((request) => JSON.stringify(request)));
}

function tells(differences: readonly GrantDifference[], what: 'more' | 'less'): boolean {
  const kinds = { more: ['new', 'widened', 'other conditions'], less: ['gone', 'narrowed', 'other conditions'] };
  const opposite = what === 'more' ? 'less' : 'more';
  return differences.some(({ kind, grant: { effect } }) => kinds[effect === 'Allow' ? what : opposite].includes(kind));
}

it('never keeps silent about anything that becomes possible, or impossible', () => {
  fc.assert(
    fc.property(policy, policy, (before, after) => {
      const [old, next] = [allowed(before), allowed(after)];
      const differences = grantDifferences(before, after);
      if ([...next].some((request) => !old.has(request))) expect(tells(differences, 'more')).toBe(true);
      if ([...old].some((request) => !next.has(request))) expect(tells(differences, 'less')).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

it('says nothing where nothing is written differently, in whatever order', () => {
  fc.assert(
    fc.property(policy, (grants) => {
      expect(grantDifferences(grants, grants.toReversed())).toEqual([]);
    }),
  );
});

it('tells of rights that come together only the widest, and of two that are the same the first', () => {
  const right = (action: string, resource: string): Grant => ({ effect: 'Allow', principal: '*', action, resource, conditions: [] });
  const [narrow, wide, other] = [right('s3:Get', 'a1'), right('s3:*', 'a*'), right('kms:Get', 'a1')];
  for (const after of [
    [narrow, wide, other],
    [wide, other, narrow],
  ])
    expect(grantDifferences([], after).map(({ kind, grant }) => [kind, grant])).toEqual(
      after.filter((grant) => grant !== narrow).map((grant) => ['new', grant]),
    );
  const [first, second] = [right('s3:*', 'a1'), right('s3:**', 'a1')];
  expect(grantDifferences([], [first, second])).toEqual([{ kind: 'new', grant: first }]);
});

it('calls two policies the same only if they let the same through', () => {
  const document = (grants: readonly Grant[]) =>
    JSON.stringify({
      Statement: grants.map(({ effect, principal, action, resource, conditions }) => ({
        Effect: effect,
        Principal: { AWS: [principal] },
        Action: action,
        Resource: [resource],
        Condition: { Bool: Object.fromEntries(conditions.map((condition) => [condition.split(' ')[1], true])) },
      })),
    });
  fc.assert(
    fc.property(policy, policy, (one, other) => {
      if (isSamePolicy(document(one), document(other))) expect(allowed(one)).toEqual(allowed(other));
      expect(isSamePolicy(document(one), document(one.toReversed()))).toBe(true);
    }),
  );
});

it('reads statements however they are written', () => {
  const one = grantsOf({
    Statement: { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'a:B', Resource: '*' },
  });
  const other = grantsOf({
    Statement: [{ Effect: 'Allow', Principal: { AWS: ['123456789012'] }, Action: ['a:B'], Resource: ['*'], Condition: {} }],
  });
  expect(one).toEqual(other);
  expect(grantsOf({ Version: '2012-10-17' })).toBeUndefined();
});

it('reads a statement without bounds as one grant, and still compares it', () => {
  const many = (name: string) => Array.from({ length: 300 }, (_, index) => `${name}${index}`);
  const statement = { Effect: 'Allow', Action: many('a:'), Resource: many('arn:') };
  const before = grantsOf({ Statement: [statement] }) ?? [];
  const after = grantsOf({ Statement: [{ ...statement, Action: [...statement.Action, 'iam:*'] }] }) ?? [];
  expect(before).toHaveLength(1);
  expect(tells(grantDifferences(before, after), 'more')).toBe(true);
  const [wild, evil] = ['*', '*, evil:Action'].map(
    (end) => grantsOf({ Statement: [{ ...statement, Action: [...statement.Action, `zzz:${end}`] }] }) ?? [],
  );
  expect(tells(grantDifferences(wild ?? [], evil ?? []), 'more')).toBe(true);
});
