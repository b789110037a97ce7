import { BedrockagentcoreGateway } from '@cdktf/provider-aws/lib/bedrockagentcore-gateway/index.js';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { ServiceRole, trustOfAgentCore } from '../constructs/service-role.ts';
import { useAws } from '../constructs/use-aws.ts';
import type { GatewaySettings } from '../settings/gateway-schema.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { apiTargetsOf } from './api-targets.ts';
import { gatewayGrantsOf } from './gateway-grants.ts';
import { MachineClient } from './machine-client.ts';
import { Schemas } from './schemas.ts';
import { Target } from './target.ts';

interface GatewayStackProps {
  readonly settings: Settings;
  readonly gateway: GatewaySettings;
  readonly keyArn: string;
}

/** All at once: adding one to a gateway that exists is refused (aws/aws-cli#10346). */
const mcpVersions = ['2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'];

/** AgentCore's MCP server in front of PagerDuty, Jira and Confluence, made from our own OpenAPI documents. */
export class GatewayStack extends TerraformStack {
  readonly url: string;
  readonly arn: string;
  /** Where the worker reads its client from; undefined where it signs with its own role. */
  readonly clientSecretArn: string | undefined;

  constructor(scope: Construct, id: string, { settings, gateway, keyArn }: GatewayStackProps) {
    super(scope, id);
    useAws(this, settings);
    const targets = apiTargetsOf(gateway);
    const schemas = new Schemas(this, 'schemas', { settings, targets });
    const role = new ServiceRole(this, 'access', {
      name: nameOf(settings, 'gateway'),
      service: 'bedrock-agentcore.amazonaws.com',
      trustConditions: trustOfAgentCore(settings),
      grants: gatewayGrantsOf(settings, schemas.bucketArn, targets),
    });
    const client = gateway.authorizer === 'cognito' ? new MachineClient(this, 'machine', { settings, keyArn }) : undefined;
    const made = new BedrockagentcoreGateway(this, 'gateway', {
      name: nameOf(settings, 'gateway'),
      description: 'Tools of the company, for Vera',
      roleArn: role.arn,
      protocolType: 'MCP',
      protocolConfiguration: [{ mcp: [{ searchType: 'SEMANTIC', supportedVersions: mcpVersions }] }],
      ...(client ? { authorizerType: 'CUSTOM_JWT', authorizerConfiguration: [client.authorizer] } : { authorizerType: 'AWS_IAM' }),
      ...(gateway.debug ? { exceptionLevel: 'DEBUG' } : {}),
      dependsOn: [role.policy],
    });
    for (const target of targets)
      new Target(this, target.name, { target, settings, gatewayId: made.gatewayId, schemaUri: schemas.uriOf(target.name) });
    this.url = made.gatewayUrl;
    this.arn = made.gatewayArn;
    this.clientSecretArn = client?.secretArn;
  }
}
