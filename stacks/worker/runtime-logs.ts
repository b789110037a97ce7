import type { BedrockagentcoreAgentRuntimeEndpoint } from '@cdktf/provider-aws/lib/bedrockagentcore-agent-runtime-endpoint/index.js';
import type { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { runScript } from '../constructs/run-script.ts';
import { tagsOf } from '../constructs/use-aws.ts';
import type { Settings } from '../settings/settings.ts';
import type { Runtime } from './runtime.ts';

interface RuntimeLogsProps {
  readonly settings: Settings;
  readonly runtime: Runtime;
  readonly endpoint: BedrockagentcoreAgentRuntimeEndpoint;
  readonly logKey: string | undefined;
}

/**
 * Retention, key and tags of the log groups that AgentCore makes itself: of the endpoint that AWS adds to each runtime with the runtime, of ours with
 * the first line, or never. As a resource of Terraform's a group has to be new, and whether these are is nobody's to say
 * (hashicorp/terraform-provider-aws#47629), so that a script sets them right, whatever there is, with each version of the runtime. Returns the
 * name of the group of our endpoint.
 */
export function keepRuntimeLogs(scope: Construct, { settings, runtime, endpoint, logKey }: RuntimeLogsProps): string {
  const groupOf = (name: string) => `/aws/bedrock-agentcore/runtimes/${endpoint.agentRuntimeId}-${name}`;
  const group = groupOf(settings.environment);
  const kept = { log_groups: [group, groupOf('DEFAULT')].join(' '), retention_in_days: String(settings.logDays) };
  runScript(scope, 'runtime-log', {
    script: 'keep-logs',
    triggers: { ...kept, ...(logKey === undefined ? {} : { kms_key_id: logKey }), RUNTIME_VERSION: runtime.version },
    environment: {
      LOG_GROUPS: kept.log_groups,
      RETENTION_DAYS: kept.retention_in_days,
      ...(logKey === undefined ? {} : { LOG_KEY: logKey }),
      LOG_TAGS: JSON.stringify(tagsOf(settings)),
      AWS_ACCOUNT: settings.account,
      AWS_REGION: settings.region,
    },
    dependsOn: [endpoint],
  });
  return group;
}

/** Where Terraform made our endpoint's group, it lets go of it, and of no line in it. */
export function letGoOfEarlierLogs(stack: TerraformStack): void {
  stack.addOverride('removed', [{ from: 'aws_cloudwatch_log_group.runtime-logs', lifecycle: { destroy: false } }]);
}
