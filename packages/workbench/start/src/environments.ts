import type { OwnServers } from '@vera/operate/tools/read-mcp-file';
import type { BudgetData } from '@vera/worker/env';
import { names } from './names.ts';

/** Where the emulators listen. */
export interface Endpoints {
  readonly slack: string;
  readonly secretsManager: string;
  readonly dynamoDb: string;
  readonly agentCore: string;
  /** Undefined: the real Bedrock. */
  readonly bedrockRuntime?: string | undefined;
  readonly knowledgeBase: string;
  readonly memory: string;
  readonly kms: string;
  readonly xRay: string;
  readonly atlassian: string;
  readonly atlassianApi: string;
  readonly github: string;
  /** Undefined: there is none. `hasClient`: it takes tokens of its user pool, not the worker's signature. */
  readonly gateway?: { readonly url: string; readonly hasClient: boolean };
  /** AWS's MCP server, and where its role is taken on. Undefined: it is not switched on. */
  readonly aws?: { readonly mcp: string; readonly sts: string };
}

/** How fast lost questions are noticed, in seconds; the deployables' own defaults where left out. */
export interface Timings {
  readonly receiverGrace?: number;
  readonly sweeperGrace?: number;
  /** Between two looks of one sweep; 60: it looks once. */
  readonly look?: number;
  /** Until a question that reaches no worker is told to be lost. */
  readonly unheld?: number;
  readonly lease?: number;
  readonly heartbeat?: number;
  /** Until a session without work is stopped. */
  readonly stopAfter?: number;
}

export interface WorkerSettings {
  /** AgentCore's platform version, or Lambda. */
  readonly platform: 'v1' | 'v2' | 'lambda';
  readonly companyName: string;
  readonly modelId: string;
  readonly sessionScope: 'thread' | 'channel' | 'user' | 'workspace';
  readonly answerSeconds?: number;
  /** MCP servers of one's own, and where their programs are looked for. */
  readonly ownServers?: OwnServers;
  /** What may be used in a day; nothing has an end where it is left out. */
  readonly budgets?: BudgetData;
  /** Says under each answer what it came to. */
  readonly showsCost?: boolean;
  readonly overlap?: 'fold' | 'queue';
  /** Of how many questions the trace is kept; of all where it is left out. */
  readonly tracedShare?: number;
  /** Tells what tools were given and gave. */
  readonly isTalkative?: boolean;
}

type Environment = Readonly<Record<string, string>>;

/** The variables of each deployable: what a stack sets in AWS, and the endpoint of each service. */
export function environmentsOf(
  endpoints: Endpoints,
  timings: Timings,
  worker: WorkerSettings,
): Readonly<Record<'receiver' | 'invoker' | 'sweeper' | 'auth-portal' | 'worker', Environment>> {
  const ledger = { LEDGER_TABLE: names.ledgerTable, AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamoDb };
  // In AWS days are a setting.
  const audit = { AUDIT_TABLE: names.auditTable, AUDIT_DAYS: '400' };
  const usual = { DEPLOYMENT: names.deployment, SECRET_ID: names.secret, AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager };
  const invoker = { INVOKER_FUNCTION: names.invoker };
  const slack = { SLACK_API_URL: `${endpoints.slack}/api/` };
  const hooks = { SLACK_HOOKS_URL: endpoints.slack };
  const runtime =
    worker.platform === 'lambda'
      ? {}
      : {
          AGENT_RUNTIME_ARN: names.runtimeArn,
          SESSION_SCOPE: worker.sessionScope,
          AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: endpoints.agentCore,
        };
  const accounts = accountsEnvironment(endpoints);
  return {
    receiver: defined({
      ...ledger,
      ...audit,
      ...usual,
      ...invoker,
      ...slack,
      ...hooks,
      SESSION_SCOPE: worker.platform === 'lambda' ? undefined : worker.sessionScope,
      DELIVERY_GRACE_SECONDS: timings.receiverGrace,
      TRACED_SHARE: worker.tracedShare ?? 1,
    }),
    invoker: worker.platform === 'lambda' ? { WORKER_FUNCTION: names.worker } : runtime,
    sweeper: defined({
      ...ledger,
      ...audit,
      AUDIT_HEADS_TABLE: names.auditHeadsTable,
      AWS_ENDPOINT_URL_XRAY: endpoints.xRay,
      ...usual,
      ...invoker,
      ...slack,
      ...runtime,
      DELIVERY_GRACE_SECONDS: timings.sweeperGrace,
      LOOK_SECONDS: timings.look,
      UNHELD_SECONDS: timings.unheld,
      STOP_AFTER_SECONDS: worker.platform === 'lambda' ? undefined : (timings.stopAfter ?? 300),
    }),
    'auth-portal': { ...usual, ...audit, ...accounts, ...invoker, SLACK_URL: endpoints.slack },
    worker: defined({ ...ledger, ...audit, ...usual, ...slack, ...hooks, ...accounts, ...workerEnvironment(endpoints, timings, worker) }),
  };
}

function accountsEnvironment({ atlassian, atlassianApi, github, dynamoDb, kms }: Endpoints) {
  return {
    ACCOUNTS_TABLE: names.accountsTable,
    ACCOUNTS_KEY: names.keyArn,
    ATLASSIAN_AUTH_URL: atlassian,
    ATLASSIAN_API_URL: atlassianApi,
    GITHUB_URL: github,
    GITHUB_API_URL: github,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb,
    AWS_ENDPOINT_URL_KMS: kms,
  };
}

function workerEnvironment(
  { gateway, aws, bedrockRuntime, knowledgeBase, memory, xRay }: Endpoints,
  timings: Timings,
  worker: WorkerSettings,
) {
  return {
    PLATFORM: worker.platform,
    COMPANY_NAME: worker.companyName,
    MODEL_ID: worker.modelId,
    // An account of one's own has no such guardrail.
    GUARDRAIL_ID: bedrockRuntime && names.guardrailId,
    GUARDRAIL_VERSION: bedrockRuntime && names.guardrailVersion,
    MEMORY_ID: names.memoryId,
    AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: memory,
    KNOWLEDGE_BASES: JSON.stringify([names.knowledgeBase]),
    GATEWAY_URL: gateway?.url,
    GATEWAY_CLIENT_SECRET_ID: gateway?.hasClient ? names.gatewayClientSecret : undefined,
    TRACING: worker.tracedShare === 0 ? undefined : 'vera',
    AWS_ENDPOINT_URL_XRAY: xRay,
    AWS_READER_ROLE: aws && names.awsReaderRole,
    AWS_ENDPOINT_URL_STS: aws?.sts,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrockRuntime,
    AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME: knowledgeBase,
    LEASE_SECONDS: timings.lease,
    // As the stack sets it: nobody brings a stop to the very process.
    HEARTBEAT_SECONDS: timings.heartbeat ?? (worker.platform === 'lambda' ? 1 : undefined),
    ANSWER_SECONDS: worker.answerSeconds,
    MCP_SERVERS: JSON.stringify([...(aws ? [`aws=${aws.mcp}`] : []), ...(worker.ownServers?.entries ?? [])]),
    PATH: worker.ownServers?.path,
    BUDGETS: worker.budgets && JSON.stringify(worker.budgets),
    SHOWS_COST: worker.showsCost ? 'true' : undefined,
    OVERLAP: worker.overlap,
    DEBUG_ENABLED: worker.isTalkative ? 'true' : undefined,
  };
}

function defined(values: Readonly<Record<string, string | number | undefined>>): Environment {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}
