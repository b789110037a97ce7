import type { Settings } from '../settings/settings.ts';
import { actionsOf, idsAreMadeUp, type Parts, placeOf } from './part.ts';
import { surroundingPartsOf } from './surrounding-parts.ts';

/**
 * All that the stacks contain, or would contain with other settings: what a change of settings takes away must still be taken down, after
 * the roles were changed. In groups, as one managed policy takes 6,144 characters.
 */
export function partsOf(settings: Settings) {
  return {
    data: dataPartsOf(settings),
    machinery: { ...machineryPartsOf(settings), ...roleAndLogPartsOf(settings) },
    knowledge: { ...deliveryPartsOf(settings), ...knowledgeBasePartsOf(settings) },
    agents: { ...agentPartsOf(settings), ...taggedPartsOf(settings) },
    surroundings: surroundingPartsOf(settings),
  } satisfies Readonly<Record<string, Parts>>;
}

/** Changed by a person. */
const workflowRoleNames = ['plan', 'propose', 'deploy', 'publish'];
const makingGroups = '*KmsKey *RetentionPolicy CreateLogGroup DeleteLogGroup TagResource UntagResource';
const because = 'each carries our name, and another ending';
const tags = 'TagResource UntagResource';

/** What holds people's words and secrets: made, changed and removed by name, and never read. */
function dataPartsOf(settings: Settings): Parts {
  const { name, arn, account } = placeOf(settings);
  const bucket = `arn:aws:s3:::${name}-${account}`;
  return {
    tables: {
      resources: [arn('dynamodb', `table/${name}-*`)],
      because,
      look: actionsOf('dynamodb', 'DescribeContinuousBackups DescribeTable DescribeTimeToLive ListTagsOfResource'),
      make: actionsOf('dynamodb', `CreateTable DeleteTable UpdateContinuousBackups UpdateTable UpdateTimeToLive ${tags}`),
    },
    secrets: {
      resources: [arn('secretsmanager', `secret:${name}-*`)],
      because,
      look: actionsOf('secretsmanager', 'DescribeSecret GetResourcePolicy'),
      make: actionsOf('secretsmanager', `CreateSecret DeleteSecret PutSecretValue UpdateSecret* ${tags}`),
    },
    targetSecrets: {
      resources: [arn('secretsmanager', `secret:bedrock-agentcore-identity!default/*/${name}-*`)],
      because: 'AgentCore keeps the key of each target there, in the name of whoever makes the target',
      look: [],
      make: actionsOf('secretsmanager', 'CreateSecret DeleteSecret PutSecretValue TagResource UpdateSecret'),
    },
    queues: {
      resources: [arn('sqs', `${name}-*`)],
      because,
      look: actionsOf('sqs', 'GetQueueAttributes ListQueueTags'),
      make: actionsOf('sqs', 'CreateQueue DeleteQueue SetQueueAttributes TagQueue UntagQueue'),
    },
    codeBuckets: {
      resources: [`${bucket}-schemas`, `${bucket}-schemas/*`, `${bucket}-sources`],
      because: 'two buckets, named to the letter, which hold nothing but our own OpenAPI documents and the sources of images',
      look: [
        ...actionsOf('s3', 'GetAccelerateConfiguration GetBucket* GetEncryptionConfiguration GetLifecycleConfiguration GetObject'),
        ...actionsOf('s3', 'GetObjectTagging GetReplicationConfiguration ListBucket ListTagsForResource'),
      ],
      make: ['s3:*'],
    },
    sources: {
      resources: [`${bucket}-sources/*`],
      because: 'the sources of an image that is built in the account, which go there before',
      look: [],
      make: ['s3:*'],
    },
  };
}

/** Code, and what starts it, watches it and stores it. None of it holds people's words: a deployment may do with it what it likes. */
function machineryPartsOf(settings: Settings): Parts {
  const { name, arn, account } = placeOf(settings);
  return {
    machinery: {
      resources: [
        arn('cloudformation', `stack/${name}-*`),
        arn('codebuild', `project/${name}-*`),
        arn('cloudwatch', `alarm:${name}-*`),
        `arn:aws:cloudwatch::${account}:dashboard/${name}`,
        arn('ecr', `repository/${name}-*`),
        arn('events', `rule/${name}-*`),
        arn('lambda', `function:${name}-*`),
        arn('sns', `${name}-*`),
      ],
      because: 'whatever of these services carries our name, and nothing else',
      look: [
        ...actionsOf('cloudformation', 'DescribeStacks GetTemplate'),
        ...actionsOf('cloudwatch', 'DescribeAlarms GetDashboard ListTagsForResource'),
        'codebuild:BatchGetProjects',
        ...actionsOf('ecr', 'DescribeRepositories GetLifecyclePolicy GetRepositoryPolicy ListTagsForResource'),
        ...actionsOf('events', 'DescribeRule ListTagsForResource ListTargetsByRule'),
        ...actionsOf('lambda', 'GetFunction GetFunctionCodeSigningConfig GetFunctionEventInvokeConfig GetFunctionUrlConfig GetPolicy'),
        ...actionsOf('lambda', 'ListTags ListVersionsByFunction'),
        ...actionsOf('sns', 'GetSubscriptionAttributes GetTopicAttributes ListTagsForResource'),
      ],
      // Action by action, the policy would be longer than IAM allows.
      make: ['cloudformation:*', 'cloudwatch:*', 'codebuild:*', 'ecr:*', 'events:*', 'lambda:*', 'sns:*'],
    },
  };
}

/** Who may do what, and what the code prints: set up, and in the case of the logs never read. */
function roleAndLogPartsOf(settings: Settings): Parts {
  const { name, underscored, arn, account, roles } = placeOf(settings);
  const iam = `arn:aws:iam::${account}`;
  return {
    // What changes their rights takes the ceiling: `deploy-grants.ts`.
    roles: {
      resources: [roles],
      because,
      look: actionsOf('iam', 'GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies'),
      make: actionsOf('iam', 'ListInstanceProfilesForRole TagRole UntagRole'),
    },
    // Named to the letter, and changed by a person: whoever deploys does not lift their own limits.
    workflowRoles: {
      resources: workflowRoleNames.map((role) => `${iam}:role/${name}-${role}`),
      because: 'those of the workflows, named to the letter',
      look: actionsOf('iam', 'GetRole ListAttachedRolePolicies ListRolePolicies'),
      make: [],
    },
    workflowPolicies: {
      resources: workflowRoleNames.map((role) => `${iam}:policy/${name}-${role}-*`),
      because: 'one policy a group of services',
      look: actionsOf('iam', 'GetPolicy GetPolicyVersion'),
      make: [],
    },
    logs: {
      resources: [
        arn('logs', `log-group:/aws/lambda/${name}-*`),
        arn('logs', `log-group:/aws/codebuild/${name}-*`),
        arn('logs', `log-group:/aws/bedrock-agentcore/runtimes/${underscored}_*`),
        arn('logs', `log-group:/aws/vendedlogs/bedrock-agentcore/${name}-*`),
      ],
      because: 'each group carries our name, and AWS is asked for it with and without a :* behind it',
      // Filters made the metrics before version 0.2: an upgrade removes them, a step back makes them again.
      look: actionsOf('logs', 'DescribeMetricFilters ListTagsForResource'),
      make: actionsOf('logs', `*MetricFilter ${makingGroups}`),
    },
  };
}

/** The one knowledge base of each region; a star for several, as IAM limits policies. */
function knowledgeBasesIn({ knowledgeBases, region }: Settings): { readonly id: string; readonly region: string }[] {
  const byRegion = Map.groupBy(knowledgeBases, (base) => base.region ?? region);
  return [...byRegion].map(([there, bases]) => {
    const [id = '', ...others] = new Set(bases.map((base) => base.id));
    return { id: others.length > 0 ? '*' : id, region: there };
  });
}

function knowledgeBaseGroupsOf(settings: Settings): string[] {
  return knowledgeBasesIn(settings).map(({ id, region }) => {
    const group = `log-group:/aws/vendedlogs/bedrock/knowledge-base/APPLICATION_LOGS/${id === '*' ? '' : id}*`;
    return placeOf(settings).arn('logs', group, region);
  });
}

const agentCore = (names: string) => actionsOf('bedrock-agentcore', names);

/** Runtime, gateway and memory. Nothing here reads a person's memory, a key or a token. */
function agentPartsOf(settings: Settings): Parts {
  const { name, underscored, arn } = placeOf(settings);
  const arnOf = (resource: string) => arn('bedrock-agentcore', resource);
  const directory = arnOf('workload-identity-directory/default');
  return {
    agents: {
      resources: [arnOf(`runtime/${underscored}_*`), arnOf(`gateway/${name}-*`), arnOf(`memory/${underscored}-*`)],
      because: 'AgentCore adds ten random characters to our names',
      look: agentCore('GetAgentRuntimeEndpoint GetGateway GetGatewayTarget GetMemory ListTagsForResource'),
      make: [
        ...agentCore(
          '*AgentRuntimeEndpoint *GatewayTarget AllowVendedLogDeliveryForResource DeleteAgentRuntime DeleteGateway DeleteMemory GetAgentRuntime',
        ),
        ...agentCore('SynchronizeGatewayTargets TagResource UntagResource UpdateAgentRuntime UpdateGateway UpdateMemory'),
      ],
    },
    targetKeys: {
      resources: [arnOf('token-vault/default'), arnOf(`token-vault/default/*credentialprovider/${name}-*`)],
      because: 'one key or client a target of the gateway, named after it',
      look: agentCore('GetApiKeyCredentialProvider GetOauth2CredentialProvider'),
      make: agentCore('*ApiKeyCredentialProvider *Oauth2CredentialProvider'),
    },
    identities: {
      resources: [directory, ...[`${name}-*`, `${underscored}_*`].map((identity) => `${directory}/workload-identity/${identity}`)],
      because: 'AgentCore gives each runtime and gateway an identity, in the name of whoever makes it',
      look: [],
      make: agentCore('*WorkloadIdentity'),
    },
    guardrails: {
      resources: [arn('bedrock', 'guardrail/*')],
      // No condition on the tag: while it waits for a guardrail to be gone, Terraform asks for one that has no tags any more.
      because: 'AWS makes up the ids; how a guardrail is set up is no secret',
      look: actionsOf('bedrock', 'GetGuardrail ListTagsForResource'),
      make: [],
    },
  };
}

/** What carries our tag, because AWS makes up its name. */
function taggedPartsOf(settings: Settings): Parts {
  const { arn, tagged, name } = placeOf(settings);
  return {
    keys: {
      resources: [arn('kms', 'key/*')],
      conditions: tagged,
      because: idsAreMadeUp,
      look: actionsOf('kms', 'DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags'),
      make: actionsOf('kms', `*Alias *KeyRotation PutKeyPolicy ScheduleKeyDeletion ${tags} UpdateKeyDescription`),
    },
    keyAlias: {
      resources: [arn('kms', `alias/${name}`)],
      because: 'an alias takes permission on itself and on its key',
      look: [],
      make: ['kms:*Alias'],
    },
    pools: {
      resources: [arn('cognito-idp', 'userpool/*')],
      conditions: tagged,
      because: `${idsAreMadeUp}; the pool has no users`,
      look: [
        ...actionsOf('cognito-idp', 'DescribeResourceServer DescribeUserPool DescribeUserPoolClient GetUserPoolMfaConfig'),
        'cognito-idp:ListTagsForResource',
      ],
      make: ['cognito-idp:*'],
    },
    ownGuardrails: {
      resources: [arn('bedrock', 'guardrail/*')],
      conditions: tagged,
      because: idsAreMadeUp,
      look: [],
      make: actionsOf('bedrock', `CreateGuardrailVersion DeleteGuardrail ${tags} UpdateGuardrail`),
    },
  };
}

/** How what AWS logs only when asked to gets into its group: of sessions, and of each knowledge base in its own region. */
function deliveryPartsOf(settings: Settings): Parts {
  const { name, arn } = placeOf(settings);
  const regions = new Set([settings.region, ...knowledgeBasesIn(settings).map((base) => base.region)]);
  return {
    deliveries: {
      resources: [...regions].flatMap((region) => [`delivery-*:${name}-*`, 'delivery:*'].map((resource) => arn('logs', resource, region))),
      because: 'source and destination carry our name, and another ending; AWS makes up the ids of deliveries',
      look: actionsOf('logs', 'GetDelivery GetDeliveryDestination GetDeliverySource ListTagsForResource'),
      make: actionsOf(
        'logs',
        '*DeliveryDestination *DeliverySource CreateDelivery DeleteDelivery TagResource UntagResource UpdateDeliveryConfiguration',
      ),
    },
  };
}

/** The log of each knowledge base's ingestion, in the knowledge base's own region; nothing where there is none. */
function knowledgeBasePartsOf(settings: Settings): Parts {
  const bases = knowledgeBasesIn(settings);
  if (bases.length === 0) return {};
  const { arn } = placeOf(settings);
  return {
    knowledgeBaseLogs: {
      resources: knowledgeBaseGroupsOf(settings),
      because: 'each group carries the id of a knowledge base, and AWS is asked for it with and without a :* behind it',
      look: actionsOf('logs', 'ListTagsForResource'),
      make: actionsOf('logs', makingGroups),
    },
    knowledgeBase: {
      resources: bases.map(({ id, region }) => arn('bedrock', `knowledge-base/${id}`, region)),
      because:
        'whoever has its log delivered must be allowed to by the knowledge base; several in a region are allowed as one, as IAM limits policies',
      look: [],
      make: ['bedrock:AllowVendedLogDeliveryForResource'],
    },
  };
}
