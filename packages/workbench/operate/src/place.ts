import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { type DeployedSettings, deployment } from './deployment.ts';
import { UsageError } from './usage-error.ts';

/** The services that commands ask, by the AWS client's own names for their endpoints' variables. */
const services = [
  ...(['DYNAMODB', 'LAMBDA', 'SECRETS_MANAGER', 'BEDROCK_AGENTCORE', 'CLOUDWATCH_LOGS', 'CLOUDWATCH', 'SQS', 'KMS', 'STS', 'IAM'] as const),
  ...(['BEDROCK_AGENTCORE_CONTROL', 'BEDROCK', 'BEDROCK_AGENT', 'SERVICE_QUOTAS', 'ECR'] as const),
] as const;
export type Service = (typeof services)[number];

/** Where a command looks: a deployment in AWS, or the system that `pnpm start` runs on this machine. */
export interface Place {
  readonly isLocal: boolean;
  readonly region: string;
  /** What a part is called there: a function, a table, the secret. Its role as in the stacks: `receiver`, `ledger`; `runtime`: of AgentCore, empty on Lambda. */
  readonly nameOf: (role: string) => string;
  /** What a client of that service is made with. */
  readonly clientOf: (service: Service) => ClientOptions;
  /** The worker's variables, where they are known without asking. */
  readonly workerVariables?: Readonly<Record<string, string>> | undefined;
  /** What runs the worker there. */
  readonly runsOn: RunsOn;
  /** Slack's Web API, where it is another one than Slack's own. */
  readonly slackApi?: string | undefined;
}

export type RunsOn = 'v1' | 'v2' | 'lambda';

export interface ClientOptions {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** What `pnpm start` tells of itself in its data folder while it runs. Holds no key. */
export const runningSchema = z.object({
  pid: z.number(),
  region: z.string(),
  page: z.string(),
  /** Slack's Web API. */
  slackApi: z.optional(z.string()),
  names: z.record(z.string(), z.string()),
  endpoints: z.partialRecord(z.enum(services), z.string()),
  runsOn: z.enum(['v1', 'v2', 'lambda']),
  /** The worker's variables. */
  worker: z.record(z.string(), z.string()),
});
export type Running = z.infer<typeof runningSchema>;

/** Of every command that can look at both. */
export const placeOptions = { local: { type: 'boolean' }, data: { type: 'string' } } as const;

export const placeHelp = `  --local         the system that pnpm start runs on this machine, not the deployment of stacks/environments/$VERA_ENVIRONMENT.ts
  --data FOLDER   where that one keeps its conversations (default .vera)`;

export function placeOf({ local, data }: { readonly local?: boolean | undefined; readonly data?: string | undefined }): Place {
  return local || data !== undefined ? localPlace(data ?? fileURLToPath(new URL('../../../../.vera', import.meta.url))) : deployed();
}

function deployed(): Place {
  const { region, functionNameOf, runtime, environment, settings } = deployment();
  const others: Readonly<Record<string, string>> = { runtime, endpoint: environment };
  const nameOf = (role: string) => others[role] ?? functionNameOf(role);
  return { isLocal: false, region, nameOf, clientOf: () => ({ region }), runsOn: runsOnOf(settings) };
}

function runsOnOf({ worker, platform }: DeployedSettings): RunsOn {
  return worker.on === 'lambda' ? 'lambda' : platform;
}

function localPlace(folder: string): Place {
  const { region, names, endpoints, slackApi, runsOn, worker } = runningIn(folder);
  return {
    isLocal: true,
    region,
    slackApi,
    runsOn,
    workerVariables: worker,
    nameOf: (role) => names[role] ?? role,
    clientOf(service) {
      const endpoint = endpoints[service];
      if (endpoint === undefined) throw new UsageError(`The system on this machine has no ${service.toLowerCase()}.`);
      return { region, endpoint, credentials: { accessKeyId: 'operator', secretAccessKey: 'none' } };
    },
  };
}

/** Beside the conversations. */
export function runningFile(folder: string): string {
  return join(folder, 'running.json');
}

function runningIn(folder: string): Running {
  const words = `No Vera runs on this machine with its conversations in ${folder}: pnpm start, and leave it running.`;
  try {
    const running = runningSchema.parse(JSON.parse(readFileSync(runningFile(folder), 'utf8')));
    process.kill(running.pid, 0);
    return running;
  } catch (cause) {
    throw new UsageError(words, { cause });
  }
}
