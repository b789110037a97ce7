import { BedrockagentcoreGateway } from '@cdktf/provider-aws/lib/bedrockagentcore-gateway/index.js';
import { type GatewayCredential, gatewayCredentialOf, gatewayKeysOf, type ServerData } from '@vera/worker/env';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { ServiceRole, trustOfAgentCore } from '../constructs/service-role.ts';
import { shared } from '../constructs/shared.ts';
import { useAws } from '../constructs/use-aws.ts';
import type { GatewaySettings } from '../settings/gateway-schema.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { type ApiTarget, apiTargetsOf } from './api-targets.ts';
import { deploymentKey } from './deployment-key.ts';
import { gatewayGrantsOf, keyProviderNameOf } from './gateway-grants.ts';
import { MachineClient } from './machine-client.ts';
import { Schemas } from './schemas.ts';
import { ServerTarget } from './server-target.ts';
import { serversBehindGateway } from './servers-behind-gateway.ts';
import { Target } from './target.ts';

interface GatewayStackProps {
  readonly settings: Settings;
  readonly gateway: GatewaySettings;
  readonly keyArn: string;
}

/** All at once: adding one to a gateway that exists is refused (aws/aws-cli#10346). */
const mcpVersions = ['2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'];

/** AgentCore's MCP server in front of PagerDuty, Jira and Confluence, made from our own OpenAPI documents, and of MCP servers. */
export class GatewayStack extends TerraformStack {
  readonly url: string;
  readonly arn: string;
  /** Where the worker reads its client from; undefined where it signs with its own role. */
  readonly clientSecretArn: string | undefined;

  constructor(scope: Construct, id: string, { settings, gateway, keyArn }: GatewayStackProps) {
    super(scope, id);
    useAws(this, settings);
    const targets = apiTargetsOf(gateway);
    const servers = serversBehindGateway(settings);
    const schemas = targets.length > 0 ? new Schemas(this, 'schemas', { settings, targets }) : undefined;
    const role = new ServiceRole(this, 'access', {
      settings,
      role: 'gateway',
      service: 'bedrock-agentcore.amazonaws.com',
      trustConditions: trustOfAgentCore(settings),
      grants: gatewayGrantsOf(settings, { schemasArn: schemas?.bucketArn, ...credentialsOf(settings, targets, servers) }),
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
      dependsOn: [...role.policies],
    });
    for (const target of targets)
      new Target(this, target.name, { target, settings, gatewayId: made.gatewayId, schemaUri: schemas?.uriOf(target.name) ?? '' });
    const keyOf = this.keysOf(servers);
    for (const server of servers) new ServerTarget(this, server.name, { server, settings, gatewayId: made.gatewayId, keyOf });
    this.url = shared(this, 'gateway_url', made.gatewayUrl);
    this.arn = shared(this, 'gateway_arn', made.gatewayArn);
    this.clientSecretArn = client && shared(this, 'gateway_client_secret_arn', client.secretArn);
  }

  /** One variable a key, though several servers may take it. */
  private keysOf(servers: readonly ServerData[]): (key: string) => string {
    const keys = [...new Set(servers.flatMap(gatewayKeysOf))];
    const values = new Map(
      keys.map((name) => {
        const takers = servers.filter((server) => gatewayKeysOf(server).includes(name)).map((server) => server.title ?? server.name);
        return [name, deploymentKey(this, `key-${name}`, { name, description: `${name} of ${takers.join(', ')}` })];
      }),
    );
    return (key) => values.get(key) ?? '';
  }
}

function credentialsOf(settings: Settings, targets: readonly ApiTarget[], servers: readonly ServerData[]) {
  const having = (kind: keyof GatewayCredential) => servers.filter((server) => gatewayCredentialOf(server)[kind] !== undefined);
  const providersOf = (named: readonly { readonly name: string }[]) => named.map(({ name }) => keyProviderNameOf(settings, name));
  return { apiKeys: providersOf([...targets, ...having('apiKey')]), clients: providersOf(having('oauth')) };
}
