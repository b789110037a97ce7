import * as z from 'zod';
import { boundedJson } from './bounded-json.ts';
import { createHeld } from './held.ts';
import { McpFailure } from './mcp-failure.ts';
import type { Authorization } from './mcp-server.ts';

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenUrl: string;
  readonly scope?: string | undefined;
  /** Whom the token is for (RFC 8707). */
  readonly resource?: string | undefined;
  /** How the token endpoint wants to know the client, the first that it takes; as a header unless told. */
  readonly methods?: readonly ClientMethod[] | undefined;
  /** Another way to send requests. */
  readonly send?: (url: string, init: RequestInit) => Promise<Response>;
}

export type ClientMethod = 'client_secret_basic' | 'client_secret_post';
export const clientMethods: readonly ClientMethod[] = ['client_secret_basic', 'client_secret_post'];

/**
 * A token that does not say how long it lives is good until the server refuses it; an hour is a guess. It is made of what a header may hold
 * (RFC 6749, appendix A.12); one of a type that we do not know must not be used (7.1).
 */
const answerSchema = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,16000}$/),
  token_type: z
    .string()
    .regex(/^bearer$/i)
    .optional(),
  expires_in: z.coerce.number().positive().catch(3_600),
});

/** A token is renewed five minutes before it ends; one that lives shorter than ten, at half its time. */
const early = 300_000;
const patience = 5_000;

/** OAuth 2.0 client credentials. One token for all, fetched once however many wait for it. `now`: epoch milliseconds. */
export function createClientCredentials(
  read: () => Promise<ClientCredentials>,
  now: () => number,
): Pick<Required<Authorization>, 'headers' | 'renew'> {
  const token = createHeld(async () => fetchToken(await read(), now), now);
  return { headers: async () => ({ authorization: `Bearer ${await token.get()}` }), renew: token.forget };
}

async function fetchToken(credentials: ClientCredentials, now: () => number) {
  const { methods = ['client_secret_basic'] } = credentials;
  const asked = now();
  let response: Response | undefined;
  for (const method of methods) {
    await response?.body?.cancel();
    response = await ask(credentials, method);
    // The client is not known this way; perhaps it is the other way.
    if (response.status !== 400 && response.status !== 401) break;
  }
  // Its answer may repeat what it was sent, so nothing of it goes further.
  if (!response?.ok)
    throw new McpFailure(response && response.status >= 500 ? 'server-error' : 'unauthorized', `the token endpoint: ${response?.status}`);
  const answer = answerSchema.safeParse(await boundedJson(response).catch(() => undefined));
  if (!answer.success) throw new McpFailure('malformed', 'the token endpoint gave no token');
  const lifetime = answer.data.expires_in * 1000;
  return { value: answer.data.access_token, until: asked + Math.max(lifetime - early, lifetime / 2) };
}

function ask(
  { clientId, clientSecret, tokenUrl, scope, resource, send = fetch }: ClientCredentials,
  method: ClientMethod,
): Promise<Response> {
  const basic = `Basic ${Buffer.from([clientId, clientSecret].map(formEncoded).join(':')).toString('base64')}`;
  const body = {
    grant_type: 'client_credentials',
    ...(scope === undefined ? {} : { scope }),
    ...(resource === undefined ? {} : { resource }),
    ...(method === 'client_secret_post' ? { client_id: clientId, client_secret: clientSecret } : {}),
  };
  return send(tokenUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(method === 'client_secret_basic' ? { authorization: basic } : {}),
    },
    body: new URLSearchParams(body).toString(),
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  }).catch((cause: unknown) => {
    throw cause instanceof McpFailure ? cause : new McpFailure('unreachable', 'the token endpoint could not be reached', { cause });
  });
}

/** As RFC 6749, 2.3.1 wants it; what has letters, digits, `-`, `_`, `.` and `*` only is itself. */
function formEncoded(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length);
}
