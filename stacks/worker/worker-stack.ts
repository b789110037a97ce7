import { BedrockagentcoreAgentRuntimeEndpoint } from '@cdktf/provider-aws/lib/bedrockagentcore-agent-runtime-endpoint/index.js';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { Output } from '../constructs/output.ts';
import { ServiceRole, trustOfAgentCore } from '../constructs/service-role.ts';
import { shared } from '../constructs/shared.ts';
import { useAws } from '../constructs/use-aws.ts';
import { AwsReader, awsReaderArnOf } from './aws-reader.ts';
import { checkPlatform } from './check-platform.ts';
import { Image } from './image.ts';
import { Runtime } from './runtime.ts';
import { type WorkerParts, workerEnvironmentOf } from './worker-environment.ts';
import { workerGrantsOf } from './worker-grants.ts';

/** The agent: its image, its role, the runtime, and the endpoint everything else calls. */
export class WorkerStack extends TerraformStack {
  readonly runtimeArn: string;
  readonly endpointName: string;
  readonly endpointArn: string;
  readonly logGroup: string;

  constructor(scope: Construct, id: string, props: WorkerParts) {
    super(scope, id);
    const { settings, storage } = props;
    useAws(this, settings);
    const role = new ServiceRole(this, 'access', {
      settings,
      role: 'worker',
      service: 'bedrock-agentcore.amazonaws.com',
      trustConditions: trustOfAgentCore(settings),
      grants: workerGrantsOf(props),
    });
    if (awsReaderArnOf(settings)) new AwsReader(this, 'aws-reader', { settings, workerRoleArn: role.arn });
    const image = new Image(this, { settings, repositoryUrl: storage.repositoryUrl });
    const runtime = new Runtime(this, {
      settings,
      roleArn: role.arn,
      imageUri: image.uri,
      environment: workerEnvironmentOf(props),
      dependsOn: [image.built, role.policy],
    });
    this.endpointName = settings.environment;
    // Before the endpoint: AgentCore makes the group with the first line, and then for ever.
    const logs = new CloudwatchLogGroup(this, 'runtime-logs', {
      name: `/aws/bedrock-agentcore/runtimes/${runtime.id}-${this.endpointName}`,
      retentionInDays: settings.logDays,
      lifecycle: runtime.madeAnewWithIt('name'),
    });
    this.logGroup = shared(this, 'runtime_log_group', logs.name);
    const endpoint = new BedrockagentcoreAgentRuntimeEndpoint(this, 'runtime-endpoint', {
      name: this.endpointName,
      agentRuntimeId: runtime.id,
      // Versions never change, so going back is naming an earlier one.
      agentRuntimeVersion: settings.rollBackTo ? String(settings.rollBackTo) : runtime.version,
      dependsOn: [logs],
      lifecycle: runtime.madeAnewWithIt('agent_runtime_id'),
    });
    // Of the endpoint, which knows the id while the runtime changes.
    this.runtimeArn = `arn:aws:bedrock-agentcore:${settings.region}:${settings.account}:runtime/${shared(this, 'runtime_id', endpoint.agentRuntimeId)}`;
    // Beside its runtime's, as AWS makes them; the provider would only tell it after apply.
    this.endpointArn = `${this.runtimeArn}/runtime-endpoint/${this.endpointName}`;
    checkPlatform(this, { settings, runtime, endpoint });
    new Output(this, 'version', {
      value: endpoint.agentRuntimeVersion,
      description: 'what runs; set rollBackTo to an earlier one to go back',
    });
    new Output(this, 'image_uri', { value: image.uri });
  }
}
