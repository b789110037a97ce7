import { isAllowed } from '@vera/aws-stand-in/iam/is-allowed';
import { describe, expect, it } from 'vitest';
import { policyOf } from '../../constructs/grant.ts';
import { ceilingGrantsOf } from '../../delivery/ceiling-grants.ts';
import { deployedRolesOf, statementsIn } from '../../permissions/deployment-of.ts';
import { resourcesOfType } from '../../permissions/stacks-json.ts';
import { parseSettings } from '../../settings/settings.ts';
import { production } from '../example-settings.ts';
import { actionsMatching } from '../permissions/iam-facts.ts';
import { leastSettings, synthesise } from '../synthesised.ts';
import { callsOf, stacks } from './provider-calls.ts';

const roles = deployedRolesOf(stacks);
const { statements } = roles.find(({ path }) => path === 'delivery/deploy')!;
const ceiling = production.permissionsBoundary!;
const iam = `arn:aws:iam::${production.account}`;
const under = `${iam}:role/use1-prod-vera/use1-prod-vera-worker`;
/** Each as an administrator made it, without a ceiling. */
const others = [
  `${iam}:role/use1-prod-vera-worker`,
  `${iam}:role/use1-prod-vera-deploy`,
  `${iam}:role/use1-prod-vera-plan`,
  `${iam}:role/use1-prod-vera-propose`,
  `${iam}:role/use1-prod-vera-publish`,
  `${iam}:role/administrator`,
  `${iam}:role/use1-prod-verax/use1-prod-verax-worker`,
  'arn:aws:iam::999988887777:role/use1-prod-vera/use1-prod-vera-worker',
];

/** Of actions that know nothing of a ceiling AWS tells none, whatever the role has. */
const knowing = new Set(
  (await actionsMatching('iam:*')).filter(({ conditionKeys }) => conditionKeys.includes('iam:PermissionsBoundary')).map(({ name }) => name),
);
const may = (action: string, resource: string, boundary?: string, by = statements) =>
  isAllowed(by, {
    action,
    resource,
    context: {
      'iam:PermissionsBoundary': knowing.has(action) ? boundary : undefined,
      'iam:PassedToService': 'lambda.amazonaws.com',
      'aws:ResourceAccount': production.account,
      'aws:ViaAWSMCPService': 'false',
      ...tagsOf('production'),
    },
  });

function tagsOf(environment: string | undefined, asked?: string) {
  return {
    'aws:ResourceTag/vera:bot': environment && 'vera',
    'aws:ResourceTag/vera:environment': environment,
    'aws:RequestTag/vera:bot': asked && 'vera',
    'aws:RequestTag/vera:environment': asked,
    'kms:ViaService': undefined,
    'kms:EncryptionContext:SecretARN': undefined,
  };
}

const changes = [
  'CreateRole',
  'DeleteRole',
  'PutRolePolicy',
  'DeleteRolePolicy',
  'UpdateAssumeRolePolicy',
  'UpdateRole',
  'UpdateRoleDescription',
];
const weaker = [undefined, 'arn:aws:iam::aws:policy/AdministratorAccess', `${iam}:policy/vera-boundary-2`, `${ceiling}x`];

describe('D22 whoever deploys from GitHub', () => {
  it.each(changes)('D22 may %s of a role under the ceiling, and of no other', (name) => {
    expect(knowing).toContain(`iam:${name}`);
    expect(may(`iam:${name}`, under, ceiling)).toBe(true);
    expect(weaker.filter((boundary) => may(`iam:${name}`, under, boundary))).toEqual([]);
    // Those of the workflows carry it as well, and are nobody's here.
    expect(others.filter((role) => may(`iam:${name}`, role, ceiling))).toEqual([]);
  });

  it('D22 may put a role under the ceiling, and neither swap it nor take it away', () => {
    expect(may('iam:PutRolePermissionsBoundary', under, ceiling)).toBe(true);
    expect(weaker.filter((boundary) => may('iam:PutRolePermissionsBoundary', under, boundary))).toEqual([]);
    for (const role of [under, ...others]) expect(may('iam:DeleteRolePermissionsBoundary', role, ceiling), role).toBe(false);
  });

  it('D22 may pass a role that is where all are under the ceiling, and no other', () => {
    expect(may('iam:PassRole', under)).toBe(true);
    expect([...others, '*'].filter((role) => may('iam:PassRole', role))).toEqual([]);
    const toService = (service: string) =>
      isAllowed(statements, {
        action: 'iam:PassRole',
        resource: under,
        context: { ...tagsOf('production'), 'iam:PassedToService': service },
      });
    expect(
      ['lambda', 'bedrock-agentcore', 'codebuild', 'ec2', 'cloudformation'].filter((name) => toService(`${name}.amazonaws.com`)),
    ).toEqual(['lambda', 'bedrock-agentcore', 'codebuild']);
  });

  it.each([...['CreatePolicyVersion', 'SetDefaultPolicyVersion', 'DeletePolicyVersion', 'DeletePolicy', 'CreatePolicy', 'TagPolicy']])(
    'D22 may not %s, of the ceiling or of their own policies',
    (name) => {
      const policies = [ceiling, `${iam}:policy/use1-prod-vera-deploy-around`, `${iam}:policy/use1-prod-vera/x`];
      expect(policies.filter((policy) => may(`iam:${name}`, policy, ceiling))).toEqual([]);
    },
  );

  it('D22 may do nothing else that changes rights: no users, no managed policies, no other identity provider', async () => {
    const writes = (await actionsMatching('iam:*')).filter(({ onlyReads }) => !onlyReads).map(({ name }) => name);
    const [, ...resources] = [
      '',
      under,
      ...others,
      '*',
      ceiling,
      `${iam}:user/eve`,
      `${iam}:oidc-provider/token.actions.githubusercontent.com`,
    ];
    const allowed = writes.filter((action) => resources.some((resource) => [ceiling, undefined].some((one) => may(action, resource, one))));
    const more = ['PassRole', 'PutRolePermissionsBoundary', 'TagRole', 'UntagRole'];
    expect(allowed.sort()).toEqual([...changes, ...more].map((name) => `iam:${name}`).sort());
  });

  it('D22 may what the stacks need of roles, and the plan role may change none', () => {
    const needed = callsOf().filter(({ action }) => action.startsWith('iam:'));
    expect(needed.length).toBeGreaterThan(50);
    expect(needed.filter((call) => !isAllowed(statements, call))).toEqual([]);
    const plan = roles.find(({ path }) => path === 'delivery/plan')!.statements;
    const writes = [...changes, 'PassRole', 'PutRolePermissionsBoundary', 'TagRole'];
    expect(writes.filter((name) => may(`iam:${name}`, under, ceiling, plan))).toEqual([]);
  });

  it('cannot make what another environment or nobody tagged theirs', () => {
    const key = `arn:aws:kms:us-east-1:${production.account}:key/1`;
    const asking = (action: string, tags: ReturnType<typeof tagsOf>) => isAllowed(statements, { action, resource: key, context: tags });
    expect(asking('kms:TagResource', tagsOf(undefined, 'production'))).toBe(true);
    expect(asking('kms:TagResource', tagsOf('production', 'production'))).toBe(true);
    expect(asking('kms:TagResource', tagsOf('staging', 'production'))).toBe(false);
    expect(asking('kms:TagResource', tagsOf(undefined, 'staging'))).toBe(false);
    expect(['production', 'staging', undefined].map((environment) => asking('kms:PutKeyPolicy', tagsOf(environment)))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a ceiling', () => {
  it('is over every role, and all but the workflows’ own are where whoever deploys may make them', () => {
    const made = resourcesOfType(stacks, 'aws_iam_role').map(({ resource }) => resource);
    expect(made.length).toBe(roles.length);
    expect(made.filter(({ permissions_boundary: boundary }) => boundary !== ceiling)).toEqual([]);
    expect(made.filter(({ path }) => path !== '/use1-prod-vera/').map(({ name }) => name)).toEqual([
      'use1-prod-vera-deploy',
      'use1-prod-vera-plan',
      'use1-prod-vera-propose',
      'use1-prod-vera-publish',
    ]);
  });

  it('is over none where the settings name none, and roles stay where they were', () => {
    const made = resourcesOfType(synthesise(leastSettings).stacks, 'aws_iam_role').map(({ resource }) => Object.keys(resource));
    expect(made.flat().filter((key) => /^(?:permissions_boundary|path)$/.test(key))).toEqual([]);
  });

  const own = statementsIn(policyOf(ceilingGrantsOf(parseSettings('production', production), ceiling)));

  it('of our own making leaves room for all that the stacks and the roles need', () => {
    expect(callsOf().filter((call) => !isAllowed(own, { ...call, context: { ...call.context, 'aws:ResourceAccount': '' } }))).toEqual([]);
    const granted = roles.flatMap(({ statements: all }) => all.filter(({ Effect }) => Effect === 'Allow'));
    const through = { 'aws:ViaAWSMCPService': 'true', 'aws:ResourceAccount': production.account, 'iam:PermissionsBoundary': ceiling };
    const missing = granted.flatMap(({ Action, Resource }) =>
      Action.flatMap((action) =>
        Resource.filter((resource) => !isAllowed(own, { action, resource, context: through })).map((one) => `${action} ${one}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('of our own making lets nobody out, and lets through no other service', () => {
    for (const name of changes)
      expect(
        weaker.filter((boundary) => may(`iam:${name}`, under, boundary, own)),
        name,
      ).toEqual([]);
    const never = [
      'iam:DeleteRolePermissionsBoundary',
      'iam:CreatePolicyVersion',
      'iam:AttachRolePolicy',
      'iam:CreateUser',
      'iam:CreateAccessKey',
    ];
    const elsewhere = [
      'ec2:RunInstances',
      'organizations:LeaveOrganization',
      'account:CloseAccount',
      'sso:CreateAccountAssignment',
      'ssm:GetParameter',
    ];
    for (const action of [...never, ...elsewhere])
      expect(
        [under, ceiling, '*'].filter((one) => may(action, one, ceiling, own)),
        action,
      ).toEqual([]);
    expect(others.filter((role) => may('iam:PassRole', role, undefined, own) || may('sts:AssumeRole', role, undefined, own))).toEqual([]);
  });
});
