import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Authorization } from './authorization.ts';
import { McpFailure } from './mcp-failure.ts';

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
