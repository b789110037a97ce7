import { BedrockagentcoreApiKeyCredentialProvider } from '@cdktf/provider-aws/lib/bedrockagentcore-api-key-credential-provider/index.js';
import type { BedrockagentcoreGatewayTargetCredentialProviderConfiguration } from '@cdktf/provider-aws/lib/bedrockagentcore-gateway-target/index.js';
import type { Construct } from 'constructs';

interface ApiKey {
  /** Of its provider. */
  readonly name: string;
  readonly key: string;
  readonly keyVersion: number;
  readonly header: string;
  /** Stands before the key, with a space between; empty for none. */
  readonly prefix: string;
}

/** A key in AgentCore's vault, and how a target of the gateway sends it. */
export function apiKeyCredential(
  scope: Construct,
  { name, key, keyVersion, header, prefix }: ApiKey,
): BedrockagentcoreGatewayTargetCredentialProviderConfiguration {
  const provider = new BedrockagentcoreApiKeyCredentialProvider(scope, 'key', { name, apiKeyWo: key, apiKeyWoVersion: keyVersion });
  const sent = { credentialLocation: 'HEADER', credentialParameterName: header, ...(prefix ? { credentialPrefix: prefix } : {}) };
  return { apiKey: [{ providerArn: provider.credentialProviderArn, ...sent }] };
}
