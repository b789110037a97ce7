import type { Grants } from '../constructs/grant.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { stateGrantsOf } from './state-grants.ts';

/** What a plan looks at: how things are set up, never what is in them. No conversation, no account, no secret of a person can be read. */
const lookedAt = [
  ...['bedrock:GetGuardrail', 'bedrock:ListTagsForResource', 'cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
  ...['bedrock-agentcore:GetAgentRuntime', 'bedrock-agentcore:GetAgentRuntimeEndpoint', 'bedrock-agentcore:GetApiKeyCredentialProvider'],
  ...[
    'bedrock-agentcore:GetGateway',
    'bedrock-agentcore:GetGatewayTarget',
    'bedrock-agentcore:GetMemory',
    'bedrock-agentcore:ListTagsForResource',
  ],
  ...['cloudwatch:DescribeAlarms', 'cloudwatch:GetDashboard', 'cloudwatch:ListTagsForResource'],
  ...[
    'cognito-idp:DescribeResourceServer',
    'cognito-idp:DescribeUserPool',
    'cognito-idp:DescribeUserPoolClient',
    'cognito-idp:DescribeUserPoolDomain',
  ],
  ...['cognito-idp:GetUserPoolMfaConfig', 'dynamodb:DescribeContinuousBackups', 'dynamodb:DescribeTable', 'dynamodb:DescribeTimeToLive'],
  ...['dynamodb:ListTagsOfResource', 'ecr:DescribeRepositories', 'ecr:GetLifecyclePolicy', 'ecr:ListTagsForResource'],
  ...[
    'events:DescribeRule',
    'events:ListTagsForResource',
    'events:ListTargetsByRule',
    'iam:GetOpenIDConnectProvider',
    'iam:GetRole',
    'iam:GetRolePolicy',
  ],
  ...[
    'iam:ListAttachedRolePolicies',
    'iam:ListRolePolicies',
    'kms:DescribeKey',
    'kms:GetKeyPolicy',
    'kms:GetKeyRotationStatus',
    'kms:ListAliases',
  ],
  ...['kms:ListResourceTags', 'lambda:GetFunction', 'lambda:GetFunctionCodeSigningConfig', 'lambda:GetFunctionEventInvokeConfig'],
  ...['lambda:GetFunctionUrlConfig', 'lambda:GetPolicy', 'lambda:ListTags', 'lambda:ListVersionsByFunction', 'logs:DescribeDeliveries'],
  ...['logs:DescribeLogGroups', 'logs:DescribeMetricFilters', 'logs:GetDelivery', 'logs:GetDeliveryDestination', 'logs:GetDeliverySource'],
  ...['logs:ListTagsForResource', 'secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy', 'sns:GetSubscriptionAttributes'],
  ...['sns:GetTopicAttributes', 'sns:ListTagsForResource', 'sqs:GetQueueAttributes', 'sqs:ListQueueTags'],
] as const;

export function planGrantsOf(settings: Settings): Grants {
  const bucket = `arn:aws:s3:::${nameOf(settings, `${settings.account}-schemas`)}`;
  return {
    look: {
      actions: lookedAt,
      resources: ['*'],
      because: 'a refresh describes whatever the state names, and half of these actions know no resource; none of them reads data',
    },
    schemas: {
      actions: [
        's3:GetBucket*',
        's3:GetAccelerateConfiguration',
        's3:GetEncryptionConfiguration',
        's3:GetLifecycleConfiguration',
        's3:GetReplicationConfiguration',
      ],
      resources: [bucket],
      because: 'a refresh reads every setting a bucket has; the bucket is named to the letter',
    },
    schemaObjects: {
      actions: ['s3:GetObject', 's3:GetObjectTagging', 's3:ListBucket'],
      resources: [bucket, `${bucket}/*`],
      because: 'our own OpenAPI documents, named with a hash',
    },
    ...(settings.gateway?.authorizer === 'cognito' ? { gatewayClient: gatewayClientOf(settings) } : {}),
    ...stateGrantsOf(settings, 'read'),
  };
}

/** The one secret whose value Terraform writes, and therefore reads back. */
function gatewayClientOf(settings: Settings) {
  return {
    actions: ['secretsmanager:GetSecretValue'],
    resources: [`arn:aws:secretsmanager:${settings.region}:${settings.account}:secret:${nameOf(settings, 'gateway-client')}-*`],
    because: 'Secrets Manager ends every ARN with six random characters',
  };
}
