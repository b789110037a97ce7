import { type CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import type { Place } from '../place.ts';

export interface LogGroup {
  readonly component: string;
  readonly name: string;
}

const functions = ['receiver', 'invoker', 'worker', 'sweeper', 'auth-portal'] as const;

/**
 * Where each component's lines are. Of a worker on AgentCore only the beginning of the name is known before it is deployed, hence the look; none is
 * there before its first line.
 */
export async function logGroupsOf(place: Place, client: CloudWatchLogsClient): Promise<readonly LogGroup[]> {
  const runtime = place.nameOf('runtime');
  const isOnAgentCore = runtime !== '';
  const named = functions
    .filter((role) => role !== 'worker' || !isOnAgentCore)
    .map((component) => ({ component, name: `/aws/lambda/${place.nameOf(component)}` }));
  if (!isOnAgentCore) return named;
  // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-view.html
  const logGroupNamePrefix = `/aws/bedrock-agentcore/runtimes/${runtime}-`;
  const found: LogGroup[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix }))
    for (const { logGroupName: name = '' } of logGroups)
      if (name.endsWith(`-${place.nameOf('endpoint')}`)) found.push({ component: 'worker', name });
  return [...named, ...found];
}
