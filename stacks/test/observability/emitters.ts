import type { MetricPoint } from '@vera/aws-stand-in/embedded-metrics';
import { type ServerEntry, serversOf, toolServersOf } from '@vera/worker/env';
import { createReferences } from '../../permissions/references.ts';
import { runtimePropertiesIn } from '../../permissions/runtime-properties.ts';
import { resourcesOfType, type StacksJson } from '../../permissions/stacks-json.ts';
import { type Measured, metricsToldBy } from './counted-lines.ts';

/** What a deployment has that emits metrics and writes logs, by the values that AWS puts into the dimensions. */
export interface Emitters {
  readonly dimensions: Readonly<Record<string, readonly string[]>>;
  /** Which package's code writes into a log group. */
  readonly packages: Readonly<Record<string, string>>;
  /** Each metric of ours that a package's code tells, with the deployment's own variables. */
  readonly told: readonly MetricPoint[];
  /** By package, what its process is given. */
  readonly measured: Readonly<Record<string, Measured>>;
}

export function emittersOf(stacks: StacksJson): Emitters {
  const references = createReferences(stacks);
  const each = (type: string, argument: string) =>
    resourcesOfType(stacks, type).map(({ stack, id }) => references.attributeOf(stack, type, id, argument));
  const functions = resourcesOfType(stacks, 'aws_lambda_function').map(({ stack, resource }) => ({
    stack,
    variables: (resource.environment as { variables?: Variables } | undefined)?.variables ?? {},
    name: references.textOf(stack, String(resource.function_name)),
    logGroup: references.textOf(stack, (resource.logging_config as { log_group: string }).log_group),
  }));
  const agentCore = agentCoreIn(stacks);
  const measured = Object.fromEntries([
    ...functions.flatMap(({ stack, variables }) => ('DEPLOYMENT' in variables ? [[stack, measuredBy(variables)] as const] : [])),
    ...(agentCore ? [['worker', measuredBy(agentCore.variables)] as const] : []),
  ]);
  const packages = { ...Object.fromEntries(functions.map(({ stack, logGroup }) => [logGroup, stack])), ...agentCore?.packages };
  return {
    dimensions: {
      FunctionName: functions.map(({ name }) => name),
      QueueName: each('aws_sqs_queue', 'name'),
      TableName: each('aws_dynamodb_table', 'name'),
      LogGroupName: Object.keys(packages),
      ...agentCore?.dimensions,
    },
    packages,
    measured,
    told: Object.entries(measured).flatMap(([name, given]) => metricsToldBy(name, given)),
  };
}

type Variables = Readonly<Record<string, string>>;

function measuredBy({ DEPLOYMENT: deployment = '', MCP_SERVERS = '[]', ...rest }: Variables): Measured {
  return { deployment, servers: toolServersOf(serversOf(JSON.parse(MCP_SERVERS) as ServerEntry[]), 'GATEWAY_URL' in rest) };
}

/** Undefined where the worker is a function. */
function agentCoreIn(stacks: StacksJson): (Pick<Emitters, 'dimensions' | 'packages'> & { readonly variables: Variables }) | undefined {
  const references = createReferences(stacks);
  const [endpoint] = resourcesOfType(stacks, 'aws_bedrockagentcore_agent_runtime_endpoint').map(({ stack, id }) => {
    const of = (argument: string) => references.attributeOf(stack, 'aws_bedrockagentcore_agent_runtime_endpoint', id, argument);
    return { arn: of('agent_runtime_endpoint_arn'), runtimeId: of('agent_runtime_id'), name: of('name') };
  });
  const runtime = resourcesOfType(stacks, 'aws_cloudformation_stack').flatMap(({ resource }) => runtimePropertiesIn(resource) ?? [])[0];
  if (!endpoint || !runtime) return undefined;
  return {
    variables: runtime.EnvironmentVariables,
    dimensions: {
      Name: [`${runtime.AgentRuntimeName}::${endpoint.name}`],
      Operation: ['InvokeAgentRuntime'],
      Resource: [endpoint.arn.replace(/\/runtime-endpoint\/.*$/, '')],
      Service: ['AgentCore.Runtime'],
    },
    // AgentCore's own name for it: what a runtime prints goes there and nowhere else.
    packages: { [`/aws/bedrock-agentcore/runtimes/${endpoint.runtimeId}-${endpoint.name}`]: 'worker' },
  };
}
