import { createHash } from 'node:crypto';
import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod/mini';
import type { Identity, Tokens } from './account.ts';
import type { ClientKeys, Provider } from './provider.ts';

export interface AuthorizeParams {
  readonly state: string;
  readonly redirectUri: string;
  /** PKCE: what the verifier hashes to. Left out of the URL where the provider does not know PKCE. */
  readonly challenge: string;
}

export interface ExchangeParams {
  readonly code: string;
  readonly redirectUri: string;
  readonly verifier: string;
}

/** What a provider said to a code or a refresh token. */
export type GrantAnswer =
  | { readonly kind: 'granted'; readonly tokens: Tokens }
  /** It will not take this one any more, however often it is asked. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It did not answer, or answered nonsense, or does not know us; `reason` is fit for a log. */
  | { readonly kind: 'unavailable'; readonly reason: string };

export type IdentityAnswer =
  | { readonly kind: 'known'; readonly identity: Identity }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** One provider, spoken to with our keys. None of it throws for what the provider does. */
export interface OAuthClient {
  readonly provider: Provider;
  authorizeUrl(params: AuthorizeParams): string;
  exchange(params: ExchangeParams): Promise<GrantAnswer>;
  refresh(refreshToken: string): Promise<GrantAnswer>;
  identify(accessToken: string): Promise<IdentityAnswer>;
  /** Ends the tokens at the provider; false when it did not say that it did. */
  revoke(tokens: Tokens): Promise<boolean>;
}

export interface OAuthClientParams {
  readonly provider: Provider;
  readonly keys: ClientKeys;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** How long a provider may take for one answer; a refresh lease has to outlast it. */
const patience = 5_000;

/** Speaks to one provider over its HTTP endpoints. */
export function createOAuthClient({ provider, keys, now }: OAuthClientParams): OAuthClient {
  const ask = (fields: Readonly<Record<string, string>>) =>
    askForTokens(provider, { client_id: keys.clientId, client_secret: keys.clientSecret, ...fields }, now);
  return {
    provider,
    authorizeUrl({ state, redirectUri, challenge }) {
      const url = new URL(provider.authorizeUrl);
      const standard = { response_type: 'code', client_id: keys.clientId, redirect_uri: redirectUri, state };
      const scope: Record<string, string> = provider.scopes.length > 0 ? { scope: provider.scopes.join(' ') } : {};
      const pkce: Record<string, string> = provider.hasPkce ? { code_challenge: challenge, code_challenge_method: 'S256' } : {};
      for (const [name, value] of Object.entries({ ...provider.authorizeParams, ...standard, ...scope, ...pkce }))
        url.searchParams.set(name, value);
      return url.href;
    },
    exchange: ({ code, redirectUri, verifier }) =>
      ask({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        ...(provider.hasPkce ? { code_verifier: verifier } : {}),
      }),
    refresh: (refreshToken) => ask({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    identify: (accessToken) => identify(provider, accessToken),
    async revoke(tokens) {
      try {
        return (await sent(provider.revocation(keys, tokens))).ok;
      } catch {
        return false;
      }
    },
  };
}

const grantedSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  refresh_token: z.optional(z.string().check(z.minLength(1))),
  expires_in: z.optional(z.coerce.number().check(z.positive())),
});
const refusedSchema = z.object({ error: z.string(), error_description: z.optional(z.string()) });

async function askForTokens(provider: Provider, fields: Readonly<Record<string, string>>, now: () => number): Promise<GrantAnswer> {
  const asked = new Request(provider.tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(fields),
  });
  try {
    const response = await sent(asked);
    const body: unknown = await response.json().catch(() => undefined);
    // GitHub refuses with status 200.
    const refused = refusedSchema.safeParse(body);
    if (refused.success) return refusalOf(provider, refused.data.error, refused.data.error_description ?? '');
    if (!response.ok) return { kind: 'unavailable', reason: `status ${response.status}` };
    return { kind: 'granted', tokens: tokensOf(grantedSchema.parse(body), now()) };
  } catch (error) {
    return { kind: 'unavailable', reason: reasonOf(error) };
  }
}

function refusalOf({ isFinal }: Provider, error: string, description: string): GrantAnswer {
  return { kind: isFinal(error, description) ? 'refused' : 'unavailable', reason: shorten(error, textLimits.name) };
}

function tokensOf({ access_token, refresh_token, expires_in }: z.output<typeof grantedSchema>, at: number): Tokens {
  return {
    accessToken: access_token,
    ...(refresh_token === undefined ? {} : { refreshToken: refresh_token }),
    ...(expires_in === undefined ? {} : { accessExpiresAt: at + expires_in * 1000 }),
  };
}

async function identify(provider: Provider, token: string): Promise<IdentityAnswer> {
  const read = async (url: string, accessToken: string): Promise<unknown> => {
    const response = await sent(new Request(url, { headers: { accept: 'application/json', authorization: `Bearer ${accessToken}` } }));
    if (!response.ok) throw new Error(`status ${response.status}`);
    return response.json();
  };
  try {
    return { kind: 'known', identity: await provider.identify(read, token) };
  } catch (error) {
    return { kind: 'unavailable', reason: reasonOf(error) };
  }
}

/** A redirect would carry the keys to a place nobody named. */
function sent(request: Request): Promise<Response> {
  return fetch(request, { redirect: 'error', signal: AbortSignal.timeout(patience) });
}

/** The kind of failure only: a parser's message would quote what it read. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return /^status \d+$/.test(error.message) ? error.message : error.name;
}

/** What the provider is shown of a verifier before it sees the verifier (PKCE, S256). */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
