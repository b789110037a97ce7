import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SignatureV4 } from '@smithy/signature-v4';
import { McpFailure } from './mcp-failure.ts';
import type { Authorization } from './mcp-server.ts';

/** Region, credentials and hash as an AWS client of this process resolved them. */
export type Signing = Pick<SecretsManagerClient['config'], 'credentials' | 'region' | 'sha256'>;

/** A signature over each request, for one AWS service. */
export function createSignedRequests({ credentials, region, sha256 }: Signing, service: string): Authorization {
  const signer = new SignatureV4({ service, region, credentials, sha256 });
  return {
    async headers({ url, method, headers, body }) {
      const query = Object.fromEntries(url.searchParams);
      const signed = { ...headers, host: url.host };
      const request = { protocol: url.protocol, hostname: url.hostname, path: url.pathname, query, method, headers: signed, body };
      const { host: _, ...added } = await signer.sign(request).then(
        (made) => made.headers,
        (cause: unknown) => {
          throw cause instanceof McpFailure ? cause : new McpFailure('unauthorized', 'the request could not be signed', { cause });
        },
      );
      return added;
    },
  };
}
