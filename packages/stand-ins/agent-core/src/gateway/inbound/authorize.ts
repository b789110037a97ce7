import { createPublicKey, createVerify, type JsonWebKey } from 'node:crypto';
import { AwsError } from '@vera/aws-stand-in/aws-error';
import { callerOf } from '@vera/aws-stand-in/caller';
import { GatewayRefusal } from '../refusals.ts';

/** How a gateway knows who calls it: tokens of an identity provider, signatures of IAM, or not at all. */
export type Authorizer =
  | {
      readonly kind: 'CUSTOM_JWT';
      /** Ends in `/.well-known/openid-configuration`. */
      readonly discoveryUrl: string;
      /** Compared with the claim `client_id`, which is all a Cognito access token says of its audience. */
      readonly allowedClients?: readonly string[];
      /** Compared with the claim `aud`. */
      readonly allowedAudience?: readonly string[];
      /** One of them has to be in the claim `scope`. */
      readonly allowedScopes?: readonly string[];
    }
  | { readonly kind: 'AWS_IAM' }
  | { readonly kind: 'NONE' };

interface AuthorizeParts {
  readonly authorizer: Authorizer;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Lets a request in or throws a `GatewayRefusal`. Gives who signed it, if the gateway wants signatures. */
export async function authorize(request: Request, { authorizer, now }: AuthorizeParts): Promise<string | undefined> {
  switch (authorizer.kind) {
    case 'NONE':
      return undefined;
    case 'AWS_IAM':
      return signerOf(request);
    case 'CUSTOM_JWT': {
      const token = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
      if (!token) throw unauthorized(request, 'Missing Bearer token');
      const verdict = await checkJwt(token, authorizer, now);
      if (verdict.kind === 'invalid') throw unauthorized(request, 'Invalid Bearer token');
      if (verdict.kind === 'insufficient') throw new GatewayRefusal(403, -32002, 'Insufficient scope');
      return undefined;
    }
  }
}

function signerOf(request: Request): string {
  try {
    return callerOf(request, 'bedrock-agentcore').accessKeyId;
  } catch (error) {
    throw error instanceof AwsError ? unsigned(error) : error;
  }
}

function unsigned(cause: AwsError): GatewayRefusal {
  return new GatewayRefusal(403, -32002, cause.message, { headers: { 'x-amzn-errortype': cause.type }, cause });
}

export function unauthorized(request: Request, message: string): GatewayRefusal {
  const metadata = `${new URL(request.url).origin}/.well-known/oauth-protected-resource`;
  return new GatewayRefusal(401, -32001, message, { headers: { 'www-authenticate': `Bearer resource_metadata="${metadata}"` } });
}

type JwtAuthorizer = Extract<Authorizer, { kind: 'CUSTOM_JWT' }>;

type JwtVerdict = { readonly kind: 'accepted' } | { readonly kind: 'invalid' } | { readonly kind: 'insufficient' };

/** Checks a token as the authorizer says: signature by a key of the issuer, issuer, time, client, audience, scope. */
async function checkJwt(token: string, authorizer: JwtAuthorizer, now: number): Promise<JwtVerdict> {
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

interface Jwt {
  readonly keyId: string;
  readonly claims: Readonly<Record<string, unknown>>;
  isSignedBy(key: JsonWebKey): boolean;
}

/** A token taken apart; nothing for what is no RS256 token. `isSignedBy` is yet to be asked. */
function readJwt(token: string): Jwt | undefined {
  const [head, payload, signature, ...rest] = token.split('.');
  const header = objectOf(head);
  const claims = objectOf(payload);
  if (!header || !claims || !signature || rest.length > 0 || header.alg !== 'RS256' || typeof header.kid !== 'string') return undefined;
  return {
    keyId: header.kid,
    claims,
    isSignedBy: (key) =>
      createVerify('RSA-SHA256')
        .update(`${head}.${payload}`)
        .verify(createPublicKey({ key, format: 'jwk' }), signature, 'base64url'),
  };
}

function objectOf(part: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
