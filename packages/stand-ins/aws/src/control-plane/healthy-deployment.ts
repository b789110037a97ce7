import type { ControlAnswer, ControlAnswers } from '../create-control-plane.ts';
import { type KeptRole, keptRoles } from './kept-roles.ts';
import type { Asked } from './read-asked.ts';

/** What a deployment is made of, as far as AWS tells of it. */
export interface HealthyParts {
  readonly account: string;
  readonly region: string;
  readonly environment: string;
  /** What a part is called: `receiver` → `use1-dev-vera-receiver`. */
  readonly nameOf: (role: string) => string;
  readonly worker:
    | {
        readonly on: 'agentcore';
        readonly platform: string;
        readonly image: string;
        readonly servedVersion: string;
        readonly latestVersion: string;
      }
    | { readonly on: 'lambda' };
  readonly timeouts: Readonly<Record<string, number>>;
  readonly reserved: Readonly<Record<string, number>>;
  readonly keys: Readonly<Record<string, string>>;
  readonly keyArn: string;
  readonly hasMemory: boolean;
  readonly guardrail: { readonly id: string; readonly version: string };
  readonly gatewayTargets: readonly string[] | undefined;
  readonly knowledgeBases: readonly { readonly id: string; readonly region?: string | undefined }[];
  /** Inference profiles, with the model behind each. */
  readonly models: Readonly<Record<string, string>>;
  readonly logDays: number;
  readonly isProtected: boolean;
  /** Those that the company keeps itself, by ARN. */
  readonly roles: Readonly<Record<string, KeptRole>>;
  readonly now: number;
}

export const healthyIds = {
  runtime: 'use1_dev_vera_runtime-0123456789',
  memory: 'use1_dev_vera-0123456789',
  gateway: 'use1-dev-vera-gateway-0123456789',
};

/** Of all that a deployment has, each in the shape that AWS's API reference gives it; what is asked of anything else is not there. */
export function healthyDeployment(parts: HealthyParts): ControlAnswers {
  return {
    ...ofLambda(parts),
    ...ofStorage(parts),
    ...ofAgentCore(parts),
    ...ofBedrock(parts),
    ...ofWatching(parts),
    ...keptRoles(parts.roles, parts.now),
  };
}

const functions = ['receiver', 'invoker', 'sweeper', 'auth-portal', 'worker'];

/** By what the path, or a field of the body, names. */
function by(idOf: (asked: Asked) => unknown, answers: Readonly<Record<string, object>>): ControlAnswer {
  return (asked) => answers[String(idOf(asked))];
}

const first = ({ ids }: Asked) => ids[0];
const field =
  (name: string) =>
  ({ body }: Asked) =>
    body[name];
const seconds = (milliseconds: number) => Math.round(milliseconds / 1000);
const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

function ofLambda(parts: HealthyParts): ControlAnswers {
  const { nameOf, region, account, timeouts, reserved, worker } = parts;
  const there = functions.filter((role) => role !== 'worker' || worker.on === 'lambda');
  const variables: Readonly<Record<string, object>> = { invoker: invokerVariables(parts), worker: workerVariables(parts) };
  const configuration = (role: string) => ({
    FunctionName: nameOf(role),
    FunctionArn: `arn:aws:lambda:${region}:${account}:function:${nameOf(role)}`,
    ...(role === 'worker' ? { PackageType: 'Image' } : { PackageType: 'Zip', Runtime: 'nodejs24.x', Handler: 'handler.handler' }),
    Timeout: timeouts[role],
    State: 'Active',
    LastUpdateStatus: 'Successful',
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${nameOf(role)}` },
    Environment: { Variables: variables[role] ?? {} },
  });
  const of = (answer: (role: string) => object) => by(first, Object.fromEntries(there.map((role) => [nameOf(role), answer(role)])));
  return {
    'lambda:GetFunctionConfiguration': of(configuration),
    'lambda:GetFunctionUrlConfig': of((role) => ({ FunctionUrl: `https://${role}.lambda-url.${region}.on.aws/`, AuthType: 'NONE' })),
    'lambda:GetFunctionConcurrency': of((role) => (reserved[role] === undefined ? {} : { ReservedConcurrentExecutions: reserved[role] })),
    'lambda:GetAccountSettings': () => ({
      AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 900 },
      AccountUsage: { FunctionCount: 4 },
    }),
  };
}

function invokerVariables({ worker, nameOf, region, account, environment }: HealthyParts): object {
  if (worker.on === 'lambda') return { WORKER_FUNCTION: nameOf('worker') };
  return {
    AGENT_RUNTIME_ARN: `arn:aws:bedrock-agentcore:${region}:${account}:runtime/${healthyIds.runtime}`,
    AGENT_RUNTIME_QUALIFIER: environment,
  };
}

function workerVariables({ guardrail, hasMemory, gatewayTargets, region, keyArn }: HealthyParts): Record<string, string> {
  return {
    ACCOUNTS_KEY: keyArn,
    GUARDRAIL_ID: guardrail.id,
    GUARDRAIL_VERSION: guardrail.version,
    ...(hasMemory ? { MEMORY_ID: healthyIds.memory } : {}),
    ...(gatewayTargets ? { GATEWAY_URL: `https://${healthyIds.gateway}.gateway.bedrock-agentcore.${region}.amazonaws.com/mcp` } : {}),
  };
}

function ofStorage({ nameOf, keys, keyArn, isProtected, account, region, now, worker }: HealthyParts): ControlAnswers {
  const tables = ['ledger', 'accounts'];
  const ofTables = (answer: (role: string) => object) =>
    by(field('TableName'), Object.fromEntries(tables.map((role) => [nameOf(role), answer(role)])));
  const index = { IndexName: 'open-by-due', IndexStatus: 'ACTIVE' };
  const queues = ['invoker-failures', ...(worker.on === 'lambda' ? ['worker-failures'] : [])];
  const urlOf = (role: string) => `https://sqs.${region}.amazonaws.com/${account}/${nameOf(role)}`;
  return {
    'dynamodb:DescribeTable': ofTables((role) => ({
      Table: {
        TableName: nameOf(role),
        TableStatus: 'ACTIVE',
        DeletionProtectionEnabled: isProtected,
        SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: keyArn },
        ...(role === 'ledger' ? { GlobalSecondaryIndexes: [index] } : {}),
      },
    })),
    'dynamodb:DescribeTimeToLive': ofTables(() => ({ TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' } })),
    'dynamodb:DescribeContinuousBackups': ofTables(() => ({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
      },
    })),
    'dynamodb:Query': ofTables(() => ({ Items: [], Count: 0, ScannedCount: 0 })),
    'secretsmanager:GetSecretValue': by(field('SecretId'), {
      [nameOf('secrets')]: { Name: nameOf('secrets'), SecretString: JSON.stringify(keys) },
    }),
    'secretsmanager:DescribeSecret': by(field('SecretId'), { [nameOf('secrets')]: { Name: nameOf('secrets') } }),
    'kms:DescribeKey': by(field('KeyId'), {
      [keyArn]: {
        KeyMetadata: { Arn: keyArn, KeyId: keyArn.split('/')[1], Enabled: true, KeyState: 'Enabled', KeyUsage: 'ENCRYPT_DECRYPT' },
      },
    }),
    'sqs:GetQueueUrl': by(field('QueueName'), Object.fromEntries(queues.map((role) => [nameOf(role), { QueueUrl: urlOf(role) }]))),
    'sqs:GetQueueAttributes': by(
      field('QueueUrl'),
      Object.fromEntries(queues.map((role) => [urlOf(role), { Attributes: { ApproximateNumberOfMessages: '0' } }])),
    ),
    'sts:GetCallerIdentity': () => ({ Account: account, Arn: `arn:aws:iam::${account}:user/operator`, UserId: `AIDA${seconds(now)}` }),
  };
}

function ofAgentCore(parts: HealthyParts): ControlAnswers {
  const { worker, hasMemory, gatewayTargets, now } = parts;
  const target = (name: string) => ({
    targetId: `T${name.toUpperCase()}`,
    name,
    status: 'READY',
    createdAt: iso(now),
    updatedAt: iso(now),
  });
  const facts = { strategyId: 'facts-0123456789', name: 'facts', type: 'SEMANTIC', namespaces: ['/facts/{actorId}/{sessionId}/'] };
  const memory = { id: healthyIds.memory, name: 'use1_dev_vera', status: 'ACTIVE', eventExpiryDuration: 30 };
  const gateway = { gatewayId: healthyIds.gateway, name: 'use1-dev-vera-gateway', status: 'READY', protocolType: 'MCP' };
  return {
    ...(worker.on === 'agentcore' ? ofRuntime(parts, worker) : {}),
    'bedrock-agentcore:GetMemory': by(
      first,
      hasMemory ? { [healthyIds.memory]: { memory: { ...memory, strategies: [{ ...facts, status: 'ACTIVE' }] } } } : {},
    ),
    'bedrock-agentcore:GetGateway': by(first, gatewayTargets ? { [healthyIds.gateway]: { ...gateway, authorizerType: 'AWS_IAM' } } : {}),
    'bedrock-agentcore:ListGatewayTargets': by(
      first,
      gatewayTargets ? { [healthyIds.gateway]: { items: gatewayTargets.map(target) } } : {},
    ),
  };
}

type OnAgentCore = Extract<HealthyParts['worker'], { readonly on: 'agentcore' }>;

function ofRuntime(parts: HealthyParts, { platform, image, servedVersion, latestVersion }: OnAgentCore): ControlAnswers {
  const { region, account, environment, now } = parts;
  const arn = `arn:aws:bedrock-agentcore:${region}:${account}:runtime/${healthyIds.runtime}`;
  const times = { createdAt: iso(now), lastUpdatedAt: iso(now) };
  const runtime = (version: string) => ({
    ...times,
    agentRuntimeArn: arn,
    agentRuntimeId: healthyIds.runtime,
    agentRuntimeVersion: version,
    status: 'READY',
    platformVersion: platform,
    agentRuntimeArtifact: { containerConfiguration: { containerUri: image } },
    lifecycleConfiguration: { idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 },
    environmentVariables: workerVariables(parts),
  });
  const arns = { agentRuntimeArn: arn, agentRuntimeEndpointArn: `${arn}/runtime-endpoint/${environment}` };
  const endpoint = { ...times, ...arns, name: environment, id: environment, status: 'READY', liveVersion: servedVersion };
  return {
    'bedrock-agentcore:GetAgentRuntime': ({ ids, query }) =>
      ids[0] === healthyIds.runtime ? runtime(query.get('version') ?? latestVersion) : undefined,
    'bedrock-agentcore:GetAgentRuntimeEndpoint': ({ ids }) =>
      ids[0] === healthyIds.runtime && ids[1] === environment ? endpoint : undefined,
  };
}

function ofBedrock({ guardrail, models, knowledgeBases, region, account, now }: HealthyParts): ControlAnswers {
  const profile = ([id, model]: readonly [string, string]) => ({
    inferenceProfileId: id,
    inferenceProfileArn: `arn:aws:bedrock:${region}:${account}:inference-profile/${id}`,
    inferenceProfileName: id,
    status: 'ACTIVE',
    type: 'SYSTEM_DEFINED',
    models: [{ modelArn: `arn:aws:bedrock:${region}::foundation-model/${model}` }],
  });
  const available = (modelId: string) => ({
    modelId,
    agreementAvailability: { status: 'AVAILABLE' },
    authorizationStatus: 'AUTHORIZED',
    entitlementAvailability: 'AVAILABLE',
    regionAvailability: 'AVAILABLE',
  });
  const source = (knowledgeBaseId: string) => ({
    knowledgeBaseId,
    dataSourceId: 'SOURCE0001',
    name: 'documents',
    status: 'AVAILABLE',
    updatedAt: iso(now),
  });
  const job = (knowledgeBaseId: string) => ({
    ...{ knowledgeBaseId, dataSourceId: 'SOURCE0001', ingestionJobId: 'JOB0000001', status: 'COMPLETE' },
    startedAt: iso(now - 3_600_000),
    updatedAt: iso(now - 3_500_000),
    statistics: { numberOfDocumentsScanned: 12, numberOfDocumentsFailed: 0 },
  });
  const ofBases = (answer: (id: string) => object) => by(first, Object.fromEntries(knowledgeBases.map(({ id }) => [id, answer(id)])));
  return {
    'bedrock:GetGuardrail': ({ ids, query }) =>
      ids[0] === guardrail.id && query.get('guardrailVersion') === guardrail.version
        ? { guardrailId: guardrail.id, version: guardrail.version, name: 'vera', status: 'READY', createdAt: iso(now), updatedAt: iso(now) }
        : undefined,
    'bedrock:GetInferenceProfile': by(first, Object.fromEntries(Object.entries(models).map((pair) => [pair[0], profile(pair)]))),
    'bedrock:GetFoundationModelAvailability': by(
      first,
      Object.fromEntries(Object.values(models).map((model) => [model, available(model)])),
    ),
    'bedrock:GetKnowledgeBase': ofBases((id) => ({
      knowledgeBase: { knowledgeBaseId: id, name: id, status: 'ACTIVE', createdAt: iso(now), updatedAt: iso(now) },
    })),
    'bedrock:ListDataSources': ofBases((id) => ({ dataSourceSummaries: [source(id)] })),
    'bedrock:ListIngestionJobs': ofBases((id) => ({ ingestionJobSummaries: [job(id)] })),
  };
}

const usual: Readonly<Record<string, number>> = { Invocations: 10, ActiveSessionCount: 3 };

function ofWatching({ nameOf, worker, logDays, environment, account, region, now }: HealthyParts): ControlAnswers {
  const groups = [
    ...functions.filter((role) => role !== 'worker' || worker.on === 'lambda').map((role) => `/aws/lambda/${nameOf(role)}`),
    ...(worker.on === 'agentcore' ? [`/aws/bedrock-agentcore/runtimes/${healthyIds.runtime}-${environment}`] : []),
  ];
  const quota = {
    ServiceCode: 'bedrock-agentcore',
    QuotaCode: 'L-00000001',
    QuotaName: 'Active session workloads per account',
    Value: 5000,
  };
  return {
    'logs:DescribeLogGroups': ({ body }) => ({
      logGroups: groups
        .filter((name) => name.startsWith(String(body.logGroupNamePrefix ?? '')))
        .map((logGroupName) => ({
          logGroupName,
          retentionInDays: logDays,
          arn: `arn:aws:logs:${region}:${account}:log-group:${logGroupName}:*`,
        })),
    }),
    'servicequotas:ListServiceQuotas': by(field('ServiceCode'), { 'bedrock-agentcore': { Quotas: [quota] } }),
    'cloudwatch:GetMetricData': ({ body }) => ({
      MetricDataResults: (body.MetricDataQueries as readonly { Id: string; MetricStat: { Metric: { MetricName: string } } }[]).map(
        (asked) => ({
          Id: asked.Id,
          StatusCode: 'Complete',
          Timestamps: [seconds(now)],
          Values: [usual[asked.MetricStat.Metric.MetricName] ?? 0],
        }),
      ),
    }),
  };
}
