import type { Grants } from '../constructs/grant.ts';
import { nameOf, underscoredNameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { agentCoreActions, keyActions } from './deploy-actions.ts';
import { planGrantsOf } from './plan-grants.ts';
import { stateGrantsOf } from './state-grants.ts';

const namedOnly = 'every action of the service, on things that carry our name and on nothing else';
const madeByAws = 'every action a deployment needs here, on things whose ids AWS makes up';

/** Whoever deploys makes roles, so this role is as strong as what it may give away: it is bound to our names, and to a branch or an approval. */
export function deployGrantsOf(settings: Settings): Grants {
  return {
    ...planGrantsOf(settings),
    ...stateGrantsOf(settings, 'write'),
    ...namedGrantsOf(settings),
    ...unnamedGrantsOf(settings),
    beforeItExists: {
      actions: [
        ...['bedrock:CreateGuardrail', 'cognito-idp:CreateUserPool', 'ecr:GetAuthorizationToken', 'iam:CreateServiceLinkedRole'],
        ...['kms:CreateKey', 'logs:CreateDelivery', 'sts:GetCallerIdentity'],
      ],
      resources: ['*'],
      because: 'these know no resource before it exists',
    },
  };
}

function namedGrantsOf(settings: Settings): Grants {
  const name = nameOf(settings);
  const arn = arnIn(settings);
  const bucket = `arn:aws:s3:::${nameOf(settings, `${settings.account}-schemas`)}`;
  return {
    named: {
      actions: ['cloudformation:*', 'cloudwatch:*', 'dynamodb:*', 'ecr:*', 'events:*', 'lambda:*', 'secretsmanager:*', 'sns:*', 'sqs:*'],
      resources: [
        arn('cloudformation', `stack/${name}-*`),
        arn('cloudwatch', `alarm:${name}-*`),
        `arn:aws:cloudwatch::${settings.account}:dashboard/${name}`,
        arn('dynamodb', `table/${name}-*`),
        arn('ecr', `repository/${name}-*`),
        arn('events', `rule/${name}-*`),
        arn('lambda', `function:${name}-*`),
        ...[`${name}-*`, `bedrock-agentcore-identity!default/apikey/${name}-*`].map((secret) => arn('secretsmanager', `secret:${secret}`)),
        arn('sns', `${name}-*`),
        arn('sqs', `${name}-*`),
      ],
      because: namedOnly,
    },
    roles: {
      actions: ['iam:*Role', 'iam:*RolePolicy', 'iam:ListRolePolicies', 'iam:ListAttachedRolePolicies', 'iam:UpdateRoleDescription'],
      resources: [`arn:aws:iam::${settings.account}:role/${name}-*`],
      because: namedOnly,
    },
    logs: { actions: ['logs:*'], resources: logsOf(settings), because: namedOnly },
    schemaBucket: {
      actions: ['s3:*'],
      resources: [bucket, `${bucket}/*`],
      because: 'one bucket, which holds nothing but our OpenAPI documents',
    },
  };
}

function unnamedGrantsOf(settings: Settings): Grants {
  const arn = arnIn(settings);
  const ours = { StringEquals: { 'aws:ResourceTag/vera:bot': settings.botName } };
  const agentCoreKinds = ['runtime', 'gateway', 'memory', 'token-vault', 'workload-identity-directory'];
  return {
    agentCore: {
      actions: agentCoreActions,
      resources: agentCoreKinds.map((kind) => arn('bedrock-agentcore', `${kind}/*`)),
      because: madeByAws,
    },
    guardrail: {
      actions: ['bedrock:CreateGuardrailVersion', 'bedrock:DeleteGuardrail', 'bedrock:TagResource', 'bedrock:UpdateGuardrail'],
      resources: [arn('bedrock', 'guardrail/*')],
      because: madeByAws,
    },
    key: { actions: keyActions, resources: [arn('kms', 'key/*')], conditions: ours, because: `${madeByAws}; the tag keeps it to our own` },
    keyAlias: { actions: ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'], resources: [arn('kms', `alias/${nameOf(settings)}`)] },
    pool: {
      actions: ['cognito-idp:*'],
      resources: [arn('cognito-idp', 'userpool/*')],
      conditions: ours,
      because: `${madeByAws}; the tag keeps it to our own`,
    },
  };
}

function logsOf(settings: Settings): string[] {
  const arn = arnIn(settings);
  const groups = [
    `/aws/lambda/${nameOf(settings)}-*`,
    `/aws/bedrock-agentcore/runtimes/${underscoredNameOf(settings)}_*`,
    '/aws/vendedlogs/bedrock/knowledge-base/*',
  ];
  const deliveries = ['delivery-source', 'delivery-destination'].map((kind) => `${kind}:${nameOf(settings)}-*`);
  return [...groups.map((group) => `log-group:${group}`), ...deliveries, 'delivery:*'].map((resource) => arn('logs', resource));
}

function arnIn({ region, account }: Settings) {
  return (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
}
