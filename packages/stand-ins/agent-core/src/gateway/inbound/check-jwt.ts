import type { JsonWebKey } from 'node:crypto';
import type { Authorizer } from './authorizer.ts';
import { readJwt } from './read-jwt.ts';

type JwtAuthorizer = Extract<Authorizer, { kind: 'CUSTOM_JWT' }>;

export type JwtVerdict = { readonly kind: 'accepted' } | { readonly kind: 'invalid' } | { readonly kind: 'insufficient' };

/** Checks a token as the authorizer says: signature by a key of the issuer, issuer, time, client, audience, scope. */
export async function checkJwt(token: string, authorizer: JwtAuthorizer, now: number): Promise<JwtVerdict> {
  const jwt = readJwt(token);
  const provider = await providerOf(authorizer.discoveryUrl);
  const key = provider.keys.find(({ kid }) => kid === jwt?.keyId);
  if (!jwt || !key || !jwt.isSignedBy(key)) return { kind: 'invalid' };
  const { claims } = jwt;
  const isTimely = typeof claims.exp === 'number' && claims.exp * 1_000 > now;
  // Cognito's id tokens are for the person's own application, not for an API.
  const isAccessToken = claims.token_use === undefined || claims.token_use === 'access';
  if (claims.iss !== provider.issuer || !isTimely || !isAccessToken) return { kind: 'invalid' };
  const { allowedClients, allowedAudience, allowedScopes } = authorizer;
  if (allowedClients && !allowedClients.includes(String(claims.client_id))) return { kind: 'invalid' };
  if (allowedAudience && !wordsOf(claims.aud).some((audience) => allowedAudience.includes(audience))) return { kind: 'invalid' };
  if (allowedScopes && !wordsOf(claims.scope).some((scope) => allowedScopes.includes(scope))) return { kind: 'insufficient' };
  return { kind: 'accepted' };
}

function wordsOf(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.map(String);
  return typeof claim === 'string' ? claim.split(' ') : [];
}

type PublishedKey = JsonWebKey & { readonly kid?: string };

async function providerOf(discoveryUrl: string): Promise<{ issuer: string; keys: readonly PublishedKey[] }> {
  const { issuer, jwks_uri } = (await documentAt(discoveryUrl)) as { issuer: string; jwks_uri: string };
  const { keys } = (await documentAt(jwks_uri)) as { keys: readonly PublishedKey[] };
  return { issuer, keys };
}

async function documentAt(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.json();
}
