import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SignatureV4 } from '@smithy/signature-v4';
import { readSecrets } from '@vera/service-kit/read-secrets';
import { sdkSecrets } from '@vera/service-kit/sdk-clients';
import { gatewayClientSecrets } from '../secrets.ts';
import { createClientCredentials } from './client-credentials.ts';
import { McpFailure } from './mcp-failure.ts';
import type { Authorization } from './mcp-server.ts';

/** A gateway with a client secret takes tokens of its user pool; one without takes the worker's own signature. */
export function gatewayAuthorization(secrets: SecretsManagerClient, clientSecretId: string | undefined, now: () => number): Authorization {
  if (!clientSecretId) return createSignedRequests(secrets, 'bedrock-agentcore');
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

/** The worker's own signature, with region, credentials and hash as an AWS client of this process resolved them. */
export function createSignedRequests({ config }: SecretsManagerClient, service: string): Authorization {
  const { credentials, region, sha256 } = config;
  const signer = new SignatureV4({ service, region, credentials, sha256 });
  return {
    async headers({ url, method, headers, body }) {
      const query = Object.fromEntries(url.searchParams);
      const signed = { ...headers, host: url.host };
      const request = { protocol: url.protocol, hostname: url.hostname, path: url.pathname, query, method, headers: signed, body };
      const { host: _, ...added } = await signer.sign(request).then(
        (made) => made.headers,
        (cause: unknown) => {
          throw new McpFailure('unauthorized', 'the request could not be signed', { cause });
        },
      );
      return added;
    },
  };
}
