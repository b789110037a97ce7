import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SignatureV4 } from '@smithy/signature-v4';
import { readSecrets } from '@vera/service-kit/read-secrets';
import { sdkSecrets } from '@vera/service-kit/sdk-clients';
import * as z from 'zod';
import { gatewayClientSecrets } from '../secrets.ts';
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

interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenUrl: string;
  readonly scope: string;
}

interface Token {
  readonly text: string;
  /** Epoch milliseconds after which another is fetched. */
  readonly until: number;
}

const answerSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().catch(3_600) });

/** A token is renewed five minutes before it ends; one that lives shorter than ten, at half its time. */
const early = 300_000;
const patience = 5_000;

/** OAuth 2.0 client credentials, as Cognito takes them. One token for all, fetched once however many wait for it. `now`: epoch milliseconds. */
export function createClientCredentials(read: () => Promise<ClientCredentials>, now: () => number): Authorization {
  let held: Token | undefined;
  let fetching: Promise<Token> | undefined;
  const token = async (): Promise<Token> => {
    if (held && now() < held.until) return held;
    fetching ??= read()
      .then((credentials) => fetchToken(credentials, now))
      .finally(() => {
        fetching = undefined;
      });
    held = await fetching;
    return held;
  };
  return {
    headers: async () => ({ authorization: `Bearer ${(await token()).text}` }),
    renew: () => {
      held = undefined;
    },
  };
}

async function fetchToken({ clientId, clientSecret, tokenUrl, scope }: ClientCredentials, now: () => number): Promise<Token> {
  const asked = now();
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }).toString(),
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  }).catch((cause: unknown) => {
    throw new McpFailure('unreachable', 'the token endpoint could not be reached', { cause });
  });
  // Its answer may repeat what it was sent, so nothing of it goes further.
  if (!response.ok)
    throw new McpFailure(response.status >= 500 ? 'server-error' : 'unauthorized', `the token endpoint: ${response.status}`);
  const answer = answerSchema.safeParse(await response.json().catch(() => undefined));
  if (!answer.success) throw new McpFailure('malformed', 'the token endpoint gave no token');
  const lifetime = answer.data.expires_in * 1000;
  return { text: answer.data.access_token, until: asked + Math.max(lifetime - early, lifetime / 2) };
}
