import { BedrockagentcoreAgentRuntimeEndpoint } from '@cdktf/provider-aws/lib/bedrockagentcore-agent-runtime-endpoint/index.js';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { Output } from '../constructs/output.ts';
import { shared } from '../constructs/shared.ts';
import type { Settings } from '../settings/settings.ts';
import { checkPlatform } from './check-platform.ts';
import { Runtime } from './runtime.ts';
import { keepRuntimeLogs } from './runtime-logs.ts';
import { UsageLogs } from './usage-logs.ts';

interface AgentCoreProps {
  readonly settings: Settings;
  readonly roleArn: string;
  readonly imageUri: string;
  readonly environment: Record<string, string>;
  readonly logKey: string | undefined;
  readonly dependsOn: ITerraformDependable[];
}

/** The worker on AgentCore: the runtime, and the endpoint everything else calls. */
export class AgentCore {
  readonly runtimeArn: string;
  readonly endpointName: string;
  readonly endpointArn: string;
  readonly logGroup: string;

  constructor(scope: Construct, props: AgentCoreProps) {
    const { settings, logKey } = props;
    const runtime = new Runtime(scope, props);
    this.endpointName = settings.environment;
    const endpoint = new BedrockagentcoreAgentRuntimeEndpoint(scope, 'runtime-endpoint', {
      name: this.endpointName,
      agentRuntimeId: runtime.id,
      // Versions never change, so going back is naming an earlier one.
      agentRuntimeVersion: settings.rollBackTo ? String(settings.rollBackTo) : runtime.version,
      lifecycle: runtime.madeAnewWithIt('agent_runtime_id'),
    });
    // Of the endpoint, which knows the id while the runtime changes.
    this.runtimeArn = `arn:aws:bedrock-agentcore:${settings.region}:${settings.account}:runtime/${shared(scope, 'runtime_id', endpoint.agentRuntimeId)}`;
    // Beside its runtime's, as AWS makes them; the provider would only tell it after apply.
    this.endpointArn = `${this.runtimeArn}/runtime-endpoint/${this.endpointName}`;
    this.logGroup = shared(scope, 'runtime_log_group', keepRuntimeLogs(scope, { settings, runtime, endpoint, logKey }));
    checkPlatform(scope, { settings, runtime, endpoint });
    if (settings.usageLogs === 'on') new UsageLogs(scope, 'usage', { settings, runtimeArn: this.runtimeArn, logKey });
    new Output(scope, 'version', {
      value: endpoint.agentRuntimeVersion,
      description: 'what runs; set rollBackTo to an earlier one to go back',
    });
  }
}
