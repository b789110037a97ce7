import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { accountsTable } from '@vera/accounts/table';
import type { AgentCoreRuntimeEmulator } from '@vera/agent-core-stand-in/create-agent-core-runtime';
import { createMemory, type MemoryEmulator } from '@vera/agent-core-stand-in/create-memory';
import { keepUsageLog } from '@vera/agent-core-stand-in/usage/keep-usage-log';
import { auditHeadsTable, auditTable } from '@vera/audit/table';
import { type CallRecord, createCallRecord } from '@vera/aws-stand-in/call-record';
import { type CloudWatchLogsEmulator, createCloudWatchLogs } from '@vera/aws-stand-in/create-cloud-watch-logs';
import { createDynamoDb, type DynamoDbEmulator } from '@vera/aws-stand-in/create-dynamo-db';
import { createKms, type KmsEmulator } from '@vera/aws-stand-in/create-kms';
import type { LambdaEmulator } from '@vera/aws-stand-in/create-lambda';
import { createSecretsManager, type SecretsManagerEmulator } from '@vera/aws-stand-in/create-secrets-manager';
import { createTable } from '@vera/aws-stand-in/create-table';
import { createXRay, type XRayEmulator } from '@vera/aws-stand-in/create-x-ray';
import { type BedrockRuntimeEmulator, createBedrockRuntime } from '@vera/bedrock-stand-in/create-bedrock-runtime';
import { createKnowledgeBase, type KnowledgeBaseEmulator } from '@vera/bedrock-stand-in/create-knowledge-base';
import type { Model } from '@vera/bedrock-stand-in/model';
import { ledgerTable } from '@vera/ledger/table';
import { UsageError } from '@vera/operate/usage-error';
import type { SlackEmulator, SlackEmulatorOptions } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import type { Workspace } from '@vera/slack-stand-in/workspace';
import { demoDocuments, demoGuardrail } from './demo-seeds.ts';
import type { Endpoints, WorkerSettings } from './environments.ts';
import { appKeys, logGroupOf, logGroupsOn, names, usageLog } from './names.ts';
import { type DeployableOptions, startDeployables } from './start-deployables.ts';
import { type Providers, registerPortal, startProviders } from './start-providers.ts';
import { type CompanyTools, startTools, type ToolSeeds } from './start-tools.ts';
import { subscribeApp } from './subscribe-app.ts';

export interface SystemOptions extends Partial<Omit<DeployableOptions, 'record' | 'worker'>> {
  readonly slack: Omit<SlackEmulatorOptions, 'stateFile'>;
  readonly model: Model;
  readonly documentsFolder: string;
  /** Where a person opens a document of the knowledge base. */
  readonly linkOf: (path: string) => string;
  /** The company's systems behind the gateway; there is no gateway when left out. */
  readonly tools?: ToolSeeds;
  /** What survives a restart is kept here; nothing survives when left out. */
  readonly dataFolder?: string;
  readonly worker?: Partial<WorkerSettings>;
  /** Lines of debugging are kept with the others. */
  readonly isDebug?: boolean;
}

/** All of Vera on one machine: the emulators, and the bundled deployables as processes of their own. */
export interface LocalSystem extends AsyncDisposable, Providers {
  /** Where the worker runs. */
  readonly platform: WorkerSettings['platform'];
  /** What it runs with; no key is among them. */
  readonly workerVariables: Readonly<Record<string, string>>;
  readonly slack: SlackEmulator;
  readonly secretsManager: SecretsManagerEmulator;
  readonly dynamoDb: DynamoDbEmulator;
  readonly kms: KmsEmulator;
  readonly lambda: LambdaEmulator;
  /** Every line of every component. */
  readonly cloudWatchLogs: CloudWatchLogsEmulator;
  readonly agentCore: AgentCoreRuntimeEmulator;
  readonly bedrock: BedrockRuntimeEmulator;
  readonly knowledgeBase: KnowledgeBaseEmulator;
  readonly memory: MemoryEmulator;
  readonly xRay: XRayEmulator;
  /** Undefined unless started with `tools`. */
  readonly tools: CompanyTools | undefined;
  /** Signs links to the auth portal; new at each start. */
  readonly portalTicketKey: string;
  /** Every AWS call of every component. */
  readonly record: CallRecord;
}

/** Starts everything and connects it; what was started is stopped again when a later part fails. */
export async function startSystem(options: SystemOptions): Promise<LocalSystem> {
  await using started = new AsyncDisposableStack();
  const record = createCallRecord();
  const data = await dataPaths(options.dataFolder);
  const workspace = { ...options.slack.workspace, ...appKeys };
  const slack = started.use(await createSlackEmulator({ ...options.slack, ...data.slack, workspace }));
  const services = await startServices(options, { record, started, kept: data, slack });
  const worker: WorkerSettings = {
    platform: 'v2',
    companyName: 'Northwind Clinic Systems',
    modelId: names.modelId,
    sessionScope: 'thread',
    ...options.worker,
  };
  const cloudWatchLogs = started.use(await createCloudWatchLogs({ record, groups: logGroupsOn(worker.platform), ...data.logs }));
  const { agentCore, lambda, workerVariables } = await startDeployables(
    {
      sweepEvery: 60_000,
      ...options,
      onLog(entry) {
        if (options.isDebug || !debugLine.test(entry.line))
          cloudWatchLogs.put({ ...logGroupOf(entry.component, worker.platform), message: entry.line });
        options.onLog?.(entry);
      },
      record,
      worker,
    },
    { ...endpointsOf(slack, services), ...(options.realBedrock ? { bedrockRuntime: undefined } : {}) },
    started,
  );
  const { platform } = worker;
  if (platform !== 'lambda')
    started.defer(keepUsageLog({ agentCore, platform, write: (line) => cloudWatchLogs.put({ ...usageLog, ...line }) }));
  const receiver = lambda.urlOf(names.receiver).replace(/\/$/, '');
  await subscribeApp(slack, receiver);
  registerPortal(lambda.urlOf(names.authPortal), slack, services);
  const running = started.move();
  return {
    platform: worker.platform,
    workerVariables,
    slack,
    ...services,
    agentCore,
    lambda,
    cloudWatchLogs,
    record,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Told for the page, and for nobody else unless they want it. */
const debugLine = /^\{"time":"[^"]*","level":"debug"/;

type ServiceOptions = Pick<SystemOptions, 'model' | 'documentsFolder' | 'linkOf' | 'tools' | 'worker'>;

interface Started {
  readonly record: CallRecord;
  readonly started: AsyncDisposableStack;
  /** In memory without paths. */
  readonly kept: Pick<DataPaths, 'dynamoDb' | 'memory'>;
  readonly slack: SlackEmulator;
}

/** Where a worker finds all of it. */
export function endpointsOf(slack: Pick<SlackEmulator, 'url'>, services: Services): Omit<Endpoints, 'agentCore'> {
  return {
    slack: slack.url,
    secretsManager: services.secretsManager.url,
    dynamoDb: services.dynamoDb.url,
    bedrockRuntime: services.bedrock.url,
    knowledgeBase: services.knowledgeBase.url,
    memory: services.memory.url,
    kms: services.kms.url,
    xRay: services.xRay.url,
    atlassian: services.atlassian.url,
    atlassianApi: services.atlassianApi.url,
    github: services.github.url,
    ...toolEndpointsOf(services.tools),
  };
}

function toolEndpointsOf(tools: CompanyTools | undefined) {
  if (!tools) return {};
  const { gateway, gatewayClient, aws } = tools;
  return {
    gateway: { url: gateway.mcpUrl, hasClient: gatewayClient !== undefined },
    ...(aws ? { aws: { mcp: aws.mcp.mcpUrl, sts: aws.sts.url } } : {}),
  };
}

export type Services = Awaited<ReturnType<typeof startServices>>;

/** All that stands in for AWS and the company's systems, for a Slack that is there. */
export async function startServices(options: ServiceOptions, { record, started, kept, slack }: Started) {
  const { model, documentsFolder, linkOf } = options;
  const portalTicketKey = randomBytes(32).toString('base64url');
  let providers: Providers | undefined;
  const accounts = () => {
    if (!providers) throw new Error('Nobody has a token before the providers run.');
    return providers.atlassian;
  };
  const tools = options.tools && (await startTools(options.tools, { record, accounts }, started));
  providers = await startProviders(slack.workspace, options.tools && tools && { seeds: options.tools, running: tools }, started);
  const secrets = {
    [names.secret]: { ...options.worker?.ownServers?.keys, ...secretOf(slack.workspace, portalTicketKey) },
    ...(tools?.gatewayClient ? { [names.gatewayClientSecret]: tools.gatewayClient } : {}),
  };
  const secretsManager = started.use(await createSecretsManager({ record, secrets, keyArn: names.keyArn }));
  const dynamoDb = started.use(await createDynamoDb({ record, keyArn: names.keyArn, ...kept.dynamoDb }));
  await createTables(dynamoDb.url);
  const kms = started.use(await createKms({ record, keyArns: [names.keyArn] }));
  const xRay = started.use(await createXRay({ record }));
  const bedrock = started.use(await createBedrockRuntime({ record, model, guardrails: [demoGuardrail] }));
  const demoDay = documentsFolder === demoDocuments ? { writtenFor: '2026-11-23' } : {};
  const knowledge = { record, knowledgeBaseId: names.knowledgeBase.id, folder: documentsFolder, linkOf, ...demoDay };
  const knowledgeBase = started.use(await createKnowledgeBase(knowledge));
  const believes = 'what people say of themselves';
  const memory = started.use(
    await createMemory({ record, memoryId: names.memoryId, strategies: memoryStrategies, believes, ...kept.memory }),
  );
  return { secretsManager, dynamoDb, kms, xRay, ...providers, bedrock, knowledgeBase, memory, tools, portalTicketKey };
}

/** As in `stacks/storage/memory.ts`. */
const memoryStrategies = [{ id: 'facts-0123456789', namespaceTemplate: '/facts/{actorId}/{sessionId}/' }];

function secretOf({ signingSecret, botToken }: Workspace, portalTicketKey: string): Record<string, string> {
  const keys = apps.flatMap((app) => [
    [`${app}_CLIENT_ID`, appKeys.clientId],
    [`${app}_CLIENT_SECRET`, appKeys.clientSecret],
  ]);
  return {
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_BOT_TOKEN: botToken,
    PORTAL_TICKET_KEY: portalTicketKey,
    ...Object.fromEntries(keys),
  };
}

const apps = ['SLACK', 'ATLASSIAN', 'GITHUB'];

async function createTables(endpoint: string): Promise<void> {
  const deployment = { accessKeyId: 'deployment', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: deployment });
  await createTable(client, names.ledgerTable, ledgerTable);
  await createTable(client, names.accountsTable, accountsTable);
  await createTable(client, names.auditTable, auditTable);
  await createTable(client, names.auditHeadsTable, auditHeadsTable);
  client.destroy();
}

interface DataPaths {
  readonly slack: { readonly stateFile?: string };
  readonly dynamoDb: { readonly path?: string };
  readonly memory: { readonly stateFile?: string };
  readonly logs: { readonly folder?: string };
}

async function dataPaths(folder: string | undefined): Promise<DataPaths> {
  if (folder === undefined) return { slack: {}, dynamoDb: {}, memory: {}, logs: {} };
  await writableFolder(folder).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`Conversations cannot be kept in ${folder} (${cause.code}). Choose another place: --data FOLDER`, { cause });
  });
  return {
    slack: { stateFile: join(folder, 'slack.json') },
    dynamoDb: { path: join(folder, 'dynamo-db') },
    memory: { stateFile: join(folder, 'memory.json') },
    logs: { folder: join(folder, 'logs') },
  };
}

/** Makes it where it is not there. That it may be written to is only known once something was. */
async function writableFolder(folder: string): Promise<void> {
  await madeFolder(folder);
  await rmdir(await mkdtemp(join(folder, '.try-')));
}

/** Step by step: with `recursive` Node tries for ever where a folder is never there, as below /proc. */
async function madeFolder(folder: string): Promise<void> {
  await mkdir(folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (error.code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await madeFolder(dirname(folder));
    await mkdir(folder);
  });
}
