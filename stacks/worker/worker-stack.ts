import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { Output } from '../constructs/output.ts';
import { ServiceRole, trustOfAgentCore } from '../constructs/service-role.ts';
import { useAws } from '../constructs/use-aws.ts';
import { AgentCore } from './agent-core.ts';
import { AwsReader, awsReaderArnOf } from './aws-reader.ts';
import { Image } from './image.ts';
import { letGoOfEarlierLogs } from './runtime-logs.ts';
import { type WorkerParts, workerEnvironmentOf } from './worker-environment.ts';
import { WorkerFunction } from './worker-function.ts';
import { agentCoreGrantsOf, workerGrantsOf } from './worker-grants.ts';

/** The agent: its image, its role, and what runs it. */
export class WorkerStack extends TerraformStack {
  /** As the settings say: a runtime with its endpoint, or a function. */
  readonly runsOn: AgentCore | WorkerFunction;

  constructor(scope: Construct, id: string, props: WorkerParts) {
    super(scope, id);
    const { settings, storage } = props;
    const { repositoryUrl, repositoryArn, logKey } = storage;
    useAws(this, settings);
    letGoOfEarlierLogs(this);
    const isOnLambda = settings.worker.on === 'lambda';
    const image = new Image(this, { settings, repositoryUrl, repositoryArn, logKey });
    this.runsOn = isOnLambda ? this.onLambda(props, image) : this.onAgentCore(props, image);
    new Output(this, 'image_uri', { value: image.uri });
  }

  private onAgentCore(props: WorkerParts, image: Image): AgentCore {
    const { settings, storage } = props;
    const role = new ServiceRole(this, 'access', {
      settings,
      role: 'worker',
      service: 'bedrock-agentcore.amazonaws.com',
      trustConditions: trustOfAgentCore(settings),
      grants: { ...workerGrantsOf(props), ...agentCoreGrantsOf(settings, image.repositoryArn) },
    });
    this.readAws(props, role.arn);
    return new AgentCore(this, {
      settings,
      roleArn: role.arn,
      imageUri: image.uri,
      environment: workerEnvironmentOf(props),
      logKey: storage.logKey,
      dependsOn: [image.built, ...role.policies],
    });
  }

  private onLambda(props: WorkerParts, image: Image): WorkerFunction {
    const { settings, storage } = props;
    const worker = new WorkerFunction(this, {
      settings,
      image,
      environment: workerEnvironmentOf(props),
      logKey: storage.logKey,
      grants: workerGrantsOf(props),
    });
    this.readAws(props, worker.roleArn);
    return worker;
  }

  private readAws({ settings }: WorkerParts, workerRoleArn: string): void {
    if (awsReaderArnOf(settings) && !settings.roles['aws-reader']) new AwsReader(this, 'aws-reader', { settings, workerRoleArn });
  }
}
