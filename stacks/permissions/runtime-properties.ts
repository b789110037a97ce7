import type { ResourceJson } from './stacks-json.ts';

/** What CloudFormation is told of the agent's runtime. */
export interface RuntimeProperties {
  readonly AgentRuntimeName: string;
  readonly RoleArn: string;
  readonly EnvironmentVariables: Readonly<Record<string, string>>;
}

/** Of the runtime in a CloudFormation template, references and all; undefined where there is none in it. */
export function runtimePropertiesIn({ template_body: template }: ResourceJson): RuntimeProperties | undefined {
  const { Resources } = JSON.parse(String(template)) as { Resources: Record<string, { Type: string; Properties: RuntimeProperties }> };
  return Object.values(Resources).find(({ Type }) => Type === 'AWS::BedrockAgentCore::Runtime')?.Properties;
}
