import type { Grants } from '../constructs/grant.ts';
import { networkGrantsOf } from '../constructs/network-access.ts';
import { existingRolesOf, nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { awsReaderGrantsOf } from '../worker/aws-reader.ts';
import { rightsOf } from './deploy-grants.ts';
import { actionsOf, placeOf } from './part.ts';
import { partsOf } from './parts-of.ts';

/** All that the stacks are made of. */
const services = [
  ...[
    'bedrock',
    'bedrock-agentcore',
    'cloudformation',
    'cloudwatch',
    'codebuild',
    'cognito-idp',
    'dynamodb',
    'ecr',
    'events',
    'kms',
    'lambda',
    'logs',
  ],
  ...['s3', 'secretsmanager', 'sns', 'sqs', 'xray'],
];

/**
 * The most that any role of an environment may do, whoever writes its policies: a policy for companies that have no such ceiling yet. Rights
 * over rights end at roles that are under it themselves, so that it holds for what they make as well.
 */
export function ceilingGrantsOf(settings: Settings, ceiling: string): Grants {
  const { account, roles } = placeOf(settings);
  const iam = `arn:aws:iam::${account}`;
  const { looks } = awsReaderGrantsOf(settings);
  return {
    services: {
      actions: [...services, ...(settings.front ? ['cloudfront', 'wafv2'] : [])].map((service) => `${service}:*`),
      resources: ['*'],
      because: 'a ceiling bounds which services; which of their resources, the policy of each role says',
    },
    ...(looks ? { looks } : {}),
    ...inNetworkOf(settings),
    ownRoles: {
      actions: actionsOf('iam', 'ListInstanceProfilesForRole PassRole TagRole UntagRole').concat('sts:AssumeRole'),
      resources: [roles, ...existingRolesOf(settings.roles).map(([, arn]) => arn)],
      because: 'in this folder there is no role without the ceiling; what a role that the company made may do, the company says',
    },
    ...rightsOf(settings, ceiling),
    roleSettings: {
      actions: actionsOf(
        'iam',
        'GetOpenIDConnectProvider GetPolicy GetPolicyVersion GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies',
      ),
      resources: [roles, `${iam}:role/${nameOf(settings, '*')}`, `${iam}:policy/${nameOf(settings, '*')}`, `${iam}:oidc-provider/*`],
      because: 'a plan reads how they are set up',
    },
    linkedRoles: {
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [`${iam}:role/aws-service-role/*.bedrock-agentcore.amazonaws.com/AWSServiceRoleForBedrockAgentCore*`],
      because: 'AgentCore makes its own two roles with the first runtime of an account',
    },
  };
}

/** Of functions in a network, and of who puts them there; none of it where there is no such network. */
function inNetworkOf(settings: Settings): Grants {
  const { interfaces, interfacesSeen } = networkGrantsOf(settings, '');
  const { network } = partsOf(settings).surroundings;
  const names = [...(interfacesSeen?.actions ?? []), ...(network?.make ?? [])];
  return interfaces && interfacesSeen ? { interfaces, interfacesSeen: { ...interfacesSeen, actions: [...new Set(names)] } } : {};
}
