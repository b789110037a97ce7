import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type AgentCoreRuntimeEmulator, createAgentCoreRuntime } from '@vera/agent-core-stand-in/create-agent-core-runtime';
import type { CallRecord } from '@vera/aws-stand-in/call-record';
import { createLambda, type LambdaEmulator } from '@vera/aws-stand-in/create-lambda';
import type { FunctionDefinition } from '@vera/aws-stand-in/lambda/function-definition';
import { UsageError } from '@vera/operate/usage-error';
import { type Endpoints, environmentsOf, type Timings, type WorkerSettings } from './environments.ts';
import { failuresQueues, names } from './names.ts';

export interface DeployableOptions {
  readonly record: CallRecord;
  readonly onLog: (entry: { readonly component: string; readonly line: string }) => void;
  readonly worker: WorkerSettings;
  readonly timings?: Timings;
  /** Milliseconds before Lambda's two retries. */
  readonly retryDelays?: readonly number[];
  /** Between two sweeps, in milliseconds. */
  readonly sweepEvery: number;
  readonly runtime?: { readonly idleSeconds?: number; readonly maxLifetimeSeconds?: number };
  /** What stands between the worker and all else, where something does. */
  readonly betweenWorkerAnd?: (endpoints: Omit<Endpoints, 'agentCore'>) => Promise<Omit<Endpoints, 'agentCore'>>;
  /** Variables with which the worker reaches the real Bedrock. */
  readonly realBedrock?: Readonly<Record<string, string>>;
}

const dist = fileURLToPath(new URL('../../../../dist/', import.meta.url));

/** Starts the bundled deployables, each as processes of its own, and gives what runs them. */
export async function startDeployables(options: DeployableOptions, endpoints: Omit<Endpoints, 'agentCore'>, started: AsyncDisposableStack) {
  if (!existsSync(`${dist}worker/main.mjs`))
    throw new UsageError('The deployables are not bundled yet: run `pnpm bundle` first, or `pnpm start`, which does both.');
  const { record, onLog, worker, realBedrock, retryDelays, sweepEvery } = options;
  // Where sweeps come one upon the other, none looks for a minute.
  const timings = { ...(sweepEvery < 60_000 ? { look: 60 } : {}), ...options.timings };
  const environments = environmentsOf({ ...endpoints, agentCore: '' }, timings, worker);
  const seen = options.betweenWorkerAnd ? await options.betweenWorkerAnd(endpoints) : endpoints;
  const workerEnvironment = { ...environmentsOf({ ...seen, agentCore: '' }, timings, worker).worker, ...realBedrock };
  const { platform } = worker;
  const functions = functionsOf({ ...environments, worker: workerEnvironment }).filter(
    ({ name }) => name !== names.worker || platform === 'lambda',
  );
  const lambda: LambdaEmulator = started.use(await createLambda({ record, onLog, functions, ...(retryDelays ? { retryDelays } : {}) }));
  const PORTAL_URL = new URL(lambda.urlOf(names.authPortal)).origin;
  const runtimes = platform === 'lambda' ? [] : [runtimeOf({ ...workerEnvironment, PORTAL_URL }, platform, options.runtime)];
  const agentCore: AgentCoreRuntimeEmulator = started.use(await createAgentCoreRuntime({ record, onLog, runtimes }));
  // Known only now; the first process of a function starts later.
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    [names.invoker]: { AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: agentCore.url },
    [names.sweeper]: { AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: agentCore.url },
    [names.authPortal]: { PUBLIC_URL: PORTAL_URL },
    [names.worker]: { PORTAL_URL },
  };
  for (const { name, environment } of functions) Object.assign(environment, { AWS_ENDPOINT_URL_LAMBDA: lambda.url }, known[name]);
  started.defer(lambda.every(names.sweeper, sweepEvery));
  return { agentCore, lambda, workerVariables: { ...workerEnvironment, PORTAL_URL } };
}

/** As the stacks declare them. */
function functionsOf(environments: ReturnType<typeof environmentsOf>): FunctionDefinition[] {
  const waiting = { timeoutSeconds: 900, maximumEventAgeSeconds: 900 };
  const image = { entry: `${dist}worker/lambda.mjs`, isImage: true, maximumRetryAttempts: 0 };
  return [
    { name: names.receiver, timeoutSeconds: 10, memoryMegabytes: 512, functionUrl: true },
    { name: names.invoker, memoryMegabytes: 256, onFailureDestination: failuresQueues[names.invoker], ...waiting },
    { name: names.sweeper, timeoutSeconds: 120, memoryMegabytes: 256 },
    { name: names.authPortal, timeoutSeconds: 10, memoryMegabytes: 512, functionUrl: true },
    { name: names.worker, memoryMegabytes: 2048, onFailureDestination: failuresQueues[names.worker], ...waiting, ...image },
  ].map((definition) => ({
    entry: `${dist}${definition.name}/handler.mjs`,
    ...definition,
    environment: { ...environments[definition.name] },
  }));
}

function runtimeOf(environment: Readonly<Record<string, string>>, platform: 'v1' | 'v2', own: DeployableOptions['runtime']) {
  return { arn: names.runtimeArn, name: names.worker, entry: `${dist}worker/main.mjs`, environment, platform, warmup: '/warmup', ...own };
}
