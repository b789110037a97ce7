import {
  BedrockagentcoreGatewayTarget,
  type BedrockagentcoreGatewayTargetCredentialProviderConfiguration,
} from '@cdktf/provider-aws/lib/bedrockagentcore-gateway-target/index.js';
import { BedrockagentcoreOauth2CredentialProvider } from '@cdktf/provider-aws/lib/bedrockagentcore-oauth2-credential-provider/index.js';
import { type GatewayCredential, gatewayCredentialOf, type ServerData } from '@vera/worker/env';
import { Construct } from 'constructs';
import type { Settings } from '../settings/settings.ts';
import { apiKeyCredential } from './api-key-credential.ts';
import { keyProviderNameOf } from './gateway-grants.ts';

interface ServerTargetProps {
  readonly server: ServerData;
  readonly settings: Settings;
  readonly gatewayId: string;
  /** The value of a key, which no state ever holds. */
  readonly keyOf: (key: string) => string;
}

/** An MCP server behind the gateway, with the key or the client that the gateway shows it. */
export class ServerTarget extends Construct {
  constructor(scope: Construct, id: string, props: ServerTargetProps) {
    super(scope, id);
    const { server, gatewayId } = props;
    const { apiKey, oauth } = gatewayCredentialOf(server);
    const credential = (apiKey && this.withKey(apiKey, props)) ?? (oauth && this.withClient(oauth, props));
    new BedrockagentcoreGatewayTarget(this, 'target', {
      name: server.name,
      description: `The tools of ${server.title ?? server.name}`,
      gatewayIdentifier: gatewayId,
      ...(credential ? { credentialProviderConfiguration: [credential] } : {}),
      // Listed when the target is made or changed: this provider does not know the listing mode.
      targetConfiguration: [{ mcp: [{ mcpServer: [{ endpoint: server.url ?? '' }] }] }],
    });
  }

  private withKey(
    { key, ...sent }: NonNullable<GatewayCredential['apiKey']>,
    { server, settings, keyOf }: ServerTargetProps,
  ): BedrockagentcoreGatewayTargetCredentialProviderConfiguration {
    const name = keyProviderNameOf(settings, server.name);
    return apiKeyCredential(this, { ...sent, name, key: keyOf(key), keyVersion: server.keyVersion ?? 1 });
  }

  private withClient(
    { clientId, secretKey, tokenUrl, scopes }: NonNullable<GatewayCredential['oauth']>,
    { server, settings, keyOf }: ServerTargetProps,
  ): BedrockagentcoreGatewayTargetCredentialProviderConfiguration {
    // AgentCore wants an address for people as well, where a client of its own never goes.
    const authorizationServerMetadata = [{ issuer: new URL(tokenUrl).origin, authorizationEndpoint: tokenUrl, tokenEndpoint: tokenUrl }];
    const provider = new BedrockagentcoreOauth2CredentialProvider(this, 'client', {
      name: keyProviderNameOf(settings, server.name),
      credentialProviderVendor: 'CustomOauth2',
      oauth2ProviderConfig: [
        {
          customOauth2ProviderConfig: [
            {
              clientIdWo: 'text' in clientId ? clientId.text : keyOf(clientId.key),
              clientSecretWo: keyOf(secretKey),
              clientCredentialsWoVersion: server.keyVersion ?? 1,
              oauthDiscovery: [{ authorizationServerMetadata }],
            },
          ],
        },
      ],
    });
    return { oauth: [{ providerArn: provider.credentialProviderArn, scopes: [...scopes] }] };
  }
}
