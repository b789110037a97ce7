/** What a session used in a while that ends at `at`. */
export interface Used {
  readonly runtimeArn: string;
  readonly sessionId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** How long the while was; AWS's are a second, more or less. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** What is billed of memory: on V1 the most that the session held so far, on V2 what it holds. */
  readonly gigabytes: number;
}

/** AWS bills no session for less: https://aws.amazon.com/bedrock/agentcore/pricing. */
const leastGigabytes = 0.125;

/**
 * A line of USAGE_LOGS, as they were seen; the table of
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-runtime-metrics.html names the fields and not how they nest.
 */
export function usageLine({ runtimeArn, sessionId, at, seconds, cpuSeconds, gigabytes }: Used): string {
  const [, , , region = '', account = '', runtime = ''] = runtimeArn.split(':');
  return JSON.stringify({
    resource_arn: runtimeArn,
    event_timestamp: at,
    resource: { 'cloud.provider': 'aws', 'service.name': 'AgentCore.Runtime', 'cloud.region': region },
    attributes: {
      'account.id': account,
      time_elapsed_seconds: Number(seconds.toFixed(2)),
      'agent.name': runtime.replace(/^runtime\//, '').replace(/-\w{10}$/, ''),
      region,
      'session.id': sessionId,
      'resource.id': `${runtimeArn}/runtime-endpoint/DEFAULT`,
    },
    metrics: {
      'agent.runtime.memory.gb_hours.used': (Math.max(leastGigabytes, gigabytes) * seconds) / 3600,
      'agent.runtime.vcpu.hours.used': cpuSeconds / 3600,
    },
  });
}
