import { type Answer, listen } from '@vera/stand-in-kit/listen';
import { type AuthorizationParams, answerAuthorization, type OAuthPerson } from './authorization.ts';
import type { Grants, IssuedTokens } from './grants.ts';
import type { OAuthEmulator, OAuthEmulatorParams, OAuthFault } from './oauth-emulator.ts';

type Route = (request: Request, asker: OAuthPerson | undefined) => Response | Promise<Response>;

export interface OAuthServerParams extends OAuthEmulatorParams {
  readonly grants: Grants;
  readonly paths: { readonly authorize: string; readonly token: string };
  readonly page: Pick<AuthorizationParams, 'title' | 'colour' | 'refusalOf'>;
  readonly wording: Pick<TokenEndpointParams, 'refusal' | 'success'>;
  /** By path; told whose access token came along. */
  readonly api: Readonly<Record<string, Route>>;
}

/** A provider on one origin: consent page, token endpoint, and what its API says to who has a token. */
export async function startOAuthServer(params: OAuthServerParams): Promise<OAuthEmulator> {
  const { grants, paths, page, wording, api, clientId, clientSecret, people } = params;
  const redirectUris = new Set<string>();
  const tokens = createTokenEndpoint({ grants, clientId, clientSecret, ...wording });
  const personOf = (token: string) => people.find(({ id }) => id === grants.personIdOf(token));
  const server = await listen((request, bindings) => {
    const { pathname } = new URL(request.url);
    if (pathname === paths.authorize) return answerAuthorization({ grants, clientId, people, redirectUris, ...page }, request);
    if (pathname === paths.token && request.method === 'POST') return tokens.answer(request, bindings);
    const asker = personOf(request.headers.get('authorization')?.replace(/^(?:Bearer|token) /i, '') ?? '');
    return api[pathname]?.(request, asker) ?? Response.json({ message: 'Not Found' }, { status: 404 });
  }, params.port);
  return {
    ...server,
    tokenRequests: tokens.tokenRequests,
    inject: tokens.inject,
    allowRedirect: (uri) => void redirectUris.add(uri),
    personOf,
    revoke: (token) => void grants.revoke(token),
  };
}

interface TokenEndpointParams {
  readonly grants: Grants;
  readonly clientId: string;
  readonly clientSecret: string;
  /** How the provider says no. */
  readonly refusal: (error: 'client' | 'code' | 'refresh-token' | 'grant-type' | 'malformed') => Response;
  readonly success: (tokens: IssuedTokens) => Record<string, unknown>;
}

interface TokenEndpoint extends Pick<OAuthEmulator, 'tokenRequests' | 'inject'> {
  readonly answer: Answer;
}

/** Codes and refresh tokens for tokens, as form or JSON. */
function createTokenEndpoint(params: TokenEndpointParams): TokenEndpoint {
  const tokenRequests: { grantType: string; status: number }[] = [];
  const faults: OAuthFault[] = [];
  return {
    tokenRequests,
    inject: (fault) => void faults.push(fault),
    async answer(request, { incoming }) {
      const fault = faults.shift();
      if (fault === 'unavailable') return new Response('Service Unavailable', { status: 503 });
      if (fault === 'malformed') return new Response('<html>It works!</html>');
      const fields = await fieldsOf(request);
      const response = fields ? granted(params, fields) : params.refusal('malformed');
      tokenRequests.push({ grantType: fields?.get('grant_type') ?? '', status: response.status });
      if (fault === 'lost-response') incoming.socket.destroy();
      return response;
    },
  };
}

function granted(params: TokenEndpointParams, fields: URLSearchParams): Response {
  const { grants, clientId, clientSecret, refusal, success } = params;
  const field = (name: string) => fields.get(name) ?? '';
  if (field('client_id') !== clientId || field('client_secret') !== clientSecret) return refusal('client');
  const ok = (tokens: IssuedTokens) => Response.json(success(tokens), { headers: { 'cache-control': 'no-store' } });
  switch (field('grant_type')) {
    case 'authorization_code': {
      const tokens = grants.redeem(field('code'), field('redirect_uri'), fields.get('code_verifier') ?? undefined);
      return tokens ? ok(tokens) : refusal('code');
    }
    case 'refresh_token': {
      const tokens = grants.refresh(field('refresh_token'));
      return tokens ? ok(tokens) : refusal('refresh-token');
    }
    default:
      return refusal('grant-type');
  }
}

async function fieldsOf(request: Request): Promise<URLSearchParams | undefined> {
  const text = await request.text();
  if (!request.headers.get('content-type')?.includes('json')) return new URLSearchParams(text);
  try {
    return new URLSearchParams(JSON.parse(text) as Record<string, string>);
  } catch {
    return undefined;
  }
}
