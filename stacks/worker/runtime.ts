import { CloudformationStack } from '@cdktf/provider-aws/lib/cloudformation-stack/index.js';
import type { ITerraformDependable, TerraformResourceLifecycle } from 'cdktf';
import type { Construct } from 'constructs';
import { addressOf } from '../constructs/address-of.ts';
import { nameOf, runtimeNameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

interface RuntimeProps {
  readonly settings: Settings;
  readonly roleArn: string;
  readonly imageUri: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly dependsOn: ITerraformDependable[];
}

/** Where the process of a session comes from: a snapshot of it, or a start of its own. */
export const platformVersions = { v2: 'V2', v1: 'V1' } as const;

/**
 * The AgentCore runtime, made by CloudFormation: it knows `PlatformVersion`, and Terraform's provider does not
 * (hashicorp/terraform-provider-aws#50081). stacks/README.md says why this way and no other.
 */
export class Runtime {
  /** Not known to a plan that changes the runtime, as no output of a template is then. */
  readonly id: string;
  /** The latest, made by the last change. */
  readonly version: string;
  private readonly stack: CloudformationStack;

  constructor(scope: Construct, props: RuntimeProps) {
    this.stack = new CloudformationStack(scope, 'runtime', {
      name: nameOf(props.settings, 'runtime'),
      templateBody: JSON.stringify(templateOf(props)),
      // AgentCore takes some four minutes for a version of V2: it starts the image and keeps what stands after its first healthy ping.
      timeouts: { create: '30m', update: '30m', delete: '30m' },
      dependsOn: props.dependsOn,
    });
    this.id = this.stack.outputs.lookup('Id');
    this.version = this.stack.outputs.lookup('Version');
  }

  /** For what is named after `id`: it would be made anew with every image otherwise, and is with another runtime only. */
  madeAnewWithIt(attribute: string): TerraformResourceLifecycle {
    return { ignoreChanges: [attribute], replaceTriggeredBy: [`${addressOf(this.stack)}.id`] };
  }
}

function templateOf(props: RuntimeProps) {
  const outputOf = (attribute: string) => ({ Value: { 'Fn::GetAtt': ['Runtime', attribute] } });
  return {
    Description: 'The AgentCore runtime, on a platform that is named.',
    Resources: { Runtime: { Type: 'AWS::BedrockAgentCore::Runtime', Properties: propertiesOf(props) } },
    Outputs: { Id: outputOf('AgentRuntimeId'), Version: outputOf('AgentRuntimeVersion') },
  };
}

/** All of it, each time: an update takes what is left out for its default. */
function propertiesOf({ settings, roleArn, imageUri, environment }: RuntimeProps) {
  const { idleSeconds, lifetimeSeconds } = settings.session;
  return {
    AgentRuntimeName: runtimeNameOf(settings),
    PlatformVersion: platformVersions[settings.platform],
    RoleArn: roleArn,
    AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: imageUri } },
    NetworkConfiguration: networkOf(settings),
    ProtocolConfiguration: 'HTTP',
    LifecycleConfiguration: { IdleRuntimeSessionTimeout: idleSeconds, MaxLifetime: lifetimeSeconds },
    EnvironmentVariables: environment,
  };
}

function networkOf({ network }: Settings) {
  if (network.mode === 'public') return { NetworkMode: 'PUBLIC' };
  const { subnets, securityGroups } = network;
  return { NetworkMode: 'VPC', NetworkModeConfig: { Subnets: subnets, SecurityGroups: securityGroups } };
}
