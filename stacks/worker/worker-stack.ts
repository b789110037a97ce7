import { BedrockagentcoreAgentRuntime } from '@cdktf/provider-aws/lib/bedrockagentcore-agent-runtime/index.js';
import { BedrockagentcoreAgentRuntimeEndpoint } from '@cdktf/provider-aws/lib/bedrockagentcore-agent-runtime-endpoint/index.js';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { Output } from '../constructs/output.ts';
import { ServiceRole, trustOfAgentCore } from '../constructs/service-role.ts';
import { useAws } from '../constructs/use-aws.ts';
import { nameOf, underscoredNameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { AwsReader, awsReaderArnOf } from './aws-reader.ts';
import { Image } from './image.ts';
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
      name: nameOf(settings, 'worker'),
      service: 'bedrock-agentcore.amazonaws.com',
      trustConditions: trustOfAgentCore(settings),
      grants: workerGrantsOf(props),
    });
    if (awsReaderArnOf(settings)) new AwsReader(this, 'aws-reader', { settings, workerRoleArn: role.arn });
    const image = new Image(this, { settings, repositoryUrl: storage.repositoryUrl });
    const runtime = new BedrockagentcoreAgentRuntime(this, 'runtime', {
      agentRuntimeName: underscoredNameOf(settings, 'worker'),
      roleArn: role.arn,
      agentRuntimeArtifact: [{ containerConfiguration: [{ containerUri: image.uri }] }],
      networkConfiguration: [networkOf(settings)],
      protocolConfiguration: [{ serverProtocol: 'HTTP' }],
      lifecycleConfiguration: [{ idleRuntimeSessionTimeout: settings.session.idleSeconds, maxLifetime: settings.session.lifetimeSeconds }],
      environmentVariables: workerEnvironmentOf(props),
      dependsOn: [image.built, role.policy],
    });
    this.runtimeArn = runtime.agentRuntimeArn;
    this.endpointName = settings.environment;
    const name = `/aws/bedrock-agentcore/runtimes/${runtime.agentRuntimeId}-${this.endpointName}`;
    // Before the endpoint: AgentCore makes the group with the first line, and then for ever.
    const logs = new CloudwatchLogGroup(this, 'logs', { name, retentionInDays: settings.logDays });
    this.logGroup = logs.name;
    // Beside its runtime's, as AWS makes them; the provider would only tell it after apply.
    this.endpointArn = `${runtime.agentRuntimeArn}/runtime-endpoint/${this.endpointName}`;
    const endpoint = new BedrockagentcoreAgentRuntimeEndpoint(this, 'endpoint', {
      name: this.endpointName,
      agentRuntimeId: runtime.agentRuntimeId,
      // Versions never change, so going back is naming an earlier one.
      agentRuntimeVersion: settings.rollBackTo ? String(settings.rollBackTo) : runtime.agentRuntimeVersion,
      dependsOn: [logs],
    });
    new Output(this, 'version', {
      value: endpoint.agentRuntimeVersion,
      description: 'what runs; set rollBackTo to an earlier one to go back',
    });
    new Output(this, 'image_uri', { value: image.uri });
  }
}

function networkOf({ network }: Settings) {
  if (network.mode === 'public') return { networkMode: 'PUBLIC' };
  const { subnets, securityGroups } = network;
  return { networkMode: 'VPC', networkModeConfig: [{ subnets, securityGroups }] };
}
