import { createReferences } from '../../permissions/references.ts';
import { runtimePropertiesIn } from '../../permissions/runtime-properties.ts';
import { resourcesOfType, type StacksJson } from '../../permissions/stacks-json.ts';

/** What a deployment has that emits metrics and writes logs, by the values that AWS puts into the dimensions. */
export interface Emitters {
  readonly dimensions: Readonly<Record<string, readonly string[]>>;
  /** Which package's code writes into a log group. */
  readonly packages: Readonly<Record<string, string>>;
}

export function emittersOf(stacks: StacksJson): Emitters {
  const references = createReferences(stacks);
  const each = (type: string, argument: string) =>
    resourcesOfType(stacks, type).map(({ stack, id }) => references.attributeOf(stack, type, id, argument));
  const functions = resourcesOfType(stacks, 'aws_lambda_function').map(({ stack, resource }) => ({
    stack,
    name: references.textOf(stack, String(resource.function_name)),
    logGroup: references.textOf(stack, (resource.logging_config as { log_group: string }).log_group),
  }));
  return {
    dimensions: {
      FunctionName: functions.map(({ name }) => name),
      QueueName: each('aws_sqs_queue', 'name'),
      TableName: each('aws_dynamodb_table', 'name'),
      ...agentCoreIn(stacks)?.dimensions,
    },
    packages: {
      ...Object.fromEntries(functions.map(({ stack, logGroup }) => [logGroup, stack])),
      ...agentCoreIn(stacks)?.packages,
    },
  };
}

/** Undefined where the worker is a function. */
function agentCoreIn(stacks: StacksJson): Emitters | undefined {
  const references = createReferences(stacks);
  const [endpoint] = resourcesOfType(stacks, 'aws_bedrockagentcore_agent_runtime_endpoint').map(({ stack, id }) => {
    const of = (argument: string) => references.attributeOf(stack, 'aws_bedrockagentcore_agent_runtime_endpoint', id, argument);
    return { arn: of('agent_runtime_endpoint_arn'), runtimeId: of('agent_runtime_id'), name: of('name') };
  });
  const runtime = resourcesOfType(stacks, 'aws_cloudformation_stack').flatMap(({ resource }) => runtimePropertiesIn(resource) ?? [])[0];
  if (!endpoint || !runtime) return undefined;
  return {
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
