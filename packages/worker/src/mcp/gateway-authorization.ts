import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readSecrets } from '@vera/service-kit/read-secrets';
import { sdkSecrets } from '@vera/service-kit/sdk-clients';
import { gatewayClientSecrets } from '../secrets.ts';
import { createClientCredentials } from './client-credentials.ts';
import { McpFailure } from './mcp-failure.ts';
import type { Authorization } from './mcp-server.ts';
import { createSignedRequests } from './signed-requests.ts';

/** A gateway with a client secret takes tokens of its user pool; one without takes the worker's own signature. */
export function gatewayAuthorization(secrets: SecretsManagerClient, clientSecretId: string | undefined, now: () => number): Authorization {
  if (!clientSecretId) return createSignedRequests(secrets.config, 'bedrock-agentcore');
  return createClientCredentials(async () => {
    const keys = await readSecrets(sdkSecrets(secrets), clientSecretId, gatewayClientSecrets).catch((cause: unknown) => {
      throw new McpFailure('key-missing', 'the secret of the gateway’s client cannot be used', { cause });
    });
    return {
      clientId: keys.GATEWAY_CLIENT_ID,
      clientSecret: keys.GATEWAY_CLIENT_SECRET,
      tokenUrl: keys.GATEWAY_TOKEN_URL,
      scope: keys.GATEWAY_SCOPE,
    };
  }, now);
}
