import { workerPermissions } from '@vera/worker/permissions';
import { type Grant, type Grants, grantsOf, type Target } from '../constructs/grant.ts';
import { tracesOf } from '../constructs/traces-of.ts';
import { runtimeNameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { accountsKeyOf, usingKey } from '../storage/key-access.ts';
import { awsReaderArnOf } from './aws-reader.ts';
import type { WorkerParts } from './worker-environment.ts';

export function workerGrantsOf({ settings, storage, gateway }: Omit<WorkerParts, 'authPortal'>): Grants {
  const awsReader = awsReaderArnOf(settings);
  return {
    ...grantsOf(workerPermissions, {
      secret: { resources: [storage.secretArn] },
      ledgerTable: { resources: [storage.tables.ledger.arn] },
      ledgerIndex: { resources: [storage.tables.ledger.indexArn] },
      auditTable: { resources: [storage.tables.audit.arn] },
      model: modelTargetsOf(settings),
      guardrail: { resources: [storage.safeguard.arn] },
      knowledgeBase: knowledgeBaseTargetsOf(settings),
      memory: storage.memory ? { resources: [storage.memory.arn] } : [],
      gateway: gateway && !gateway.clientSecretArn ? { resources: [gateway.arn] } : [],
      gatewayClient: gateway?.clientSecretArn ? { resources: [gateway.clientSecretArn] } : [],
      awsReader: awsReader ? { resources: [awsReader] } : [],
      traces: tracesOf(settings),
      accountsTable: { resources: [storage.tables.accounts.arn] },
      accountsKey: accountsKeyOf(storage),
    }),
    key: usingKey(storage.keyArn, settings.region, ['dynamodb', 'secretsmanager']),
    ...(awsReader ? { notThroughMcp } : {}),
  };
}

/** AWS's MCP server acts with the rights of whoever signs: with these the model could ask for the worker's secret. */
const notThroughMcp: Grant = {
  effect: 'Deny',
  actions: ['*'],
  resources: ['*'],
  conditions: { Bool: { 'aws:ViaAWSMCPService': 'true' } },
  because: 'the model reaches AWS with the rights of the reader, never with these',
};

function knowledgeBaseTargetsOf({ knowledgeBases, region, account }: Settings) {
  if (knowledgeBases.length === 0) return [];
  const arns = knowledgeBases.map((base) => `arn:aws:bedrock:${base.region ?? region}:${account}:knowledge-base/${base.id}`);
  return { resources: [...new Set(arns)] };
}

/** The model that answers, and those that helpers may use. */
export function modelTargetsOf({ model, region, account }: Pick<Settings, 'model' | 'region' | 'account'>): readonly Target[] {
  const ids = new Set([model.id, ...Object.values(model.helpers)]);
  return [...ids].flatMap((id) => profileTargetsOf(id, `arn:aws:bedrock:${region}:${account}`));
}

/** An inference profile needs two permissions: on itself, and on the models it routes to, in whichever region. */
function profileTargetsOf(id: string, here: string): readonly Target[] {
  const isOwn = id.startsWith('arn:');
  const profile = isOwn ? id : `${here}:inference-profile/${id}`;
  const foundationModel = isOwn ? '*' : id.replace(/^[a-z-]+\./, '');
  return [
    { resources: [profile] },
    {
      resources: [`arn:aws:bedrock:*::foundation-model/${foundationModel}`],
      conditions: { StringLike: { 'bedrock:InferenceProfileArn': profile } },
      because: isOwn
        ? 'the profile chooses region and model, and its ARN names neither; the condition allows what goes through this profile only'
        : 'the profile chooses the region; the condition allows the model through this profile only',
    },
  ];
}

/** What AgentCore itself does with the worker's role: fetch the image, write down what the worker prints. */
export function agentCoreGrantsOf(settings: Settings, repositoryArn: string): Grants {
  const logs = `arn:aws:logs:${settings.region}:${settings.account}:log-group`;
  const ours = `${logs}:/aws/bedrock-agentcore/runtimes/${runtimeNameOf(settings)}-*`;
  return {
    image: {
      actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [repositoryArn],
      because: 'AgentCore fetches the image',
    },
    imageToken: {
      actions: ['ecr:GetAuthorizationToken'],
      resources: ['*'],
      because: 'AgentCore fetches the image; ECR knows no resource for this action',
    },
    logGroups: {
      actions: ['logs:CreateLogGroup', 'logs:DescribeLogStreams'],
      resources: [ours],
      because: 'AgentCore keeps a log group a runtime and endpoint, named with an id it makes itself',
    },
    logLines: {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${ours}:log-stream:*`],
      because: 'AgentCore writes what the worker prints, into a stream a session',
    },
  };
}
