import * as z from 'zod';
import type { Authorization } from './authorization.ts';
import { McpFailure } from './mcp-failure.ts';

export interface ClientCredentials {
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
