import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readSecrets } from '@vera/service-kit/read-secrets';
import { sdkSecrets } from '@vera/service-kit/sdk-clients';
import * as z from 'zod';
import { gatewayClientSecrets } from '../secrets.ts';
import { createHeld } from './held.ts';
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

interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenUrl: string;
  readonly scope: string;
}

const answerSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().catch(3_600) });

/** A token is renewed five minutes before it ends; one that lives shorter than ten, at half its time. */
const early = 300_000;
const patience = 5_000;

/** OAuth 2.0 client credentials, as Cognito takes them. One token for all, fetched once however many wait for it. `now`: epoch milliseconds. */
export function createClientCredentials(read: () => Promise<ClientCredentials>, now: () => number): Authorization {
  const token = createHeld(async () => fetchToken(await read(), now), now);
  return {
    headers: async () => ({ authorization: `Bearer ${await token.get()}` }),
    renew: token.forget,
  };
}

async function fetchToken({ clientId, clientSecret, tokenUrl, scope }: ClientCredentials, now: () => number) {
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
  return { value: answer.data.access_token, until: asked + Math.max(lifetime - early, lifetime / 2) };
}
