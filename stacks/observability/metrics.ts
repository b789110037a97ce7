import { serversOf, toolServersOf } from '@vera/worker/env';
import { apiTargetsOf } from '../gateway/api-targets.ts';
import { nameOf, runtimeNameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import type { Watched } from './watched.ts';

/** One metric of CloudWatch, by exactly the dimensions it is emitted with: with one more or one less it is another, which has no data. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Average' | 'Maximum' | 'SampleCount' | 'p50' | 'p95' | 'p99';
}

export type Metrics = ReturnType<typeof metricsOf>;

/** What alarms and the dashboard read. `test/observability/aws-metrics.ts` says where AWS tells of its names and dimensions. */
export function metricsOf(settings: Settings, { functions, worker, ledgerTable, failuresQueue }: Watched) {
  return {
    /** Of what our own lines count: `service-kit/src/measure.ts`. */
    ours: (name: string, statistic: Metric['statistic'] = 'Sum'): Metric => own(settings, name, statistic),
    toolErrors: (server: string, statistic: Metric['statistic'] = 'Sum'): Metric =>
      own(settings, 'tool.errors', statistic, { Server: server }),
    /** Whose errors are counted apart; of Vera's own tools together. */
    toolServers: [...serversIn(settings), 'other'],
    /** Of the lines that CloudWatch could make no metrics of. */
    unmeasured: (name: 'EMFParsingErrors' | 'EMFValidationErrors', logGroup: string): Metric => ({
      namespace: 'AWS/Logs',
      name,
      dimensions: { LogGroupName: logGroup },
      statistic: 'Sum',
    }),
    lambda: (of: keyof Watched['functions'], ...what: MetricOfFunction) => ofFunction(functions[of].functionName, ...what),
    failures: waitingIn(failuresQueue),
    ledger: (name: string): Metric => ({ namespace: 'AWS/DynamoDB', name, dimensions: { TableName: ledgerTable }, statistic: 'Sum' }),
    worker: 'runtimeArn' in worker ? ofRuntime(settings, worker) : ofWorkerFunction(worker),
  };
}

/** Only what is there can fail: of the gateway's own targets those that are switched on. */
function serversIn({ mcpServers, gateway }: Settings): string[] {
  const behind = gateway === undefined ? [] : ['gateway', ...apiTargetsOf(gateway).map(({ name }) => name)];
  return [...toolServersOf(serversOf(mcpServers), false), ...behind];
}

/** The namespace is one for all deployments of an account, which the dimension tells apart. */
function own(settings: Settings, name: string, statistic: Metric['statistic'], more: Metric['dimensions'] = {}): Metric {
  return { namespace: 'Vera', name, dimensions: { Deployment: nameOf(settings), ...more }, statistic };
}

type MetricOfFunction = readonly [name: string, statistic?: Metric['statistic']];

function ofFunction(functionName: string, ...[name, statistic = 'Sum']: MetricOfFunction): Metric {
  return { namespace: 'AWS/Lambda', name, dimensions: { FunctionName: functionName }, statistic };
}

function waitingIn(queue: string): Metric {
  return { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: queue }, statistic: 'Maximum' };
}

function ofRuntime(settings: Settings, { runtimeArn, endpointName }: Extract<Watched['worker'], { runtimeArn: string }>) {
  const agentCore = (name: string, dimensions: Metric['dimensions']): Metric => ({
    namespace: 'AWS/Bedrock-AgentCore',
    name,
    dimensions,
    statistic: 'Sum',
  });
  const service = { Service: 'AgentCore.Runtime' };
  return {
    on: 'agentcore' as const,
    /** Of the calls of our endpoint. */
    agent: (name: string) =>
      agentCore(name, { Name: `${runtimeNameOf(settings)}::${endpointName}`, Operation: 'InvokeAgentRuntime', Resource: runtimeArn }),
    /** Up to an hour late. */
    agentUsage: (name: string) => agentCore(name, { ...service, Resource: runtimeArn }),
    /** Of the whole account: AgentCore does not tell them by runtime. */
    sessions: { ...agentCore('ActiveSessionCount', service), statistic: 'Maximum' } satisfies Metric,
  };
}

function ofWorkerFunction({ functionName, failuresQueue }: Extract<Watched['worker'], { functionName: string }>) {
  return {
    on: 'lambda' as const,
    lambda: (...what: MetricOfFunction) => ofFunction(functionName, ...what),
    failures: waitingIn(failuresQueue),
  };
}
