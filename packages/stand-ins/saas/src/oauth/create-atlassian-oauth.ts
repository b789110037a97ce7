import { Grants, type IssuedTokens } from './grants.ts';
import type { OAuthEmulator, OAuthEmulatorParams } from './oauth-emulator.ts';
import { startOAuthServer } from './start-oauth-server.ts';

export interface AtlassianSite {
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

export interface AtlassianOAuthParams extends OAuthEmulatorParams {
  readonly sites: readonly AtlassianSite[];
  /** How long an access token is good for; an hour, as at Atlassian. */
  readonly accessSeconds?: number;
}

/** auth.atlassian.com, and of api.atlassian.com what says who somebody is and which sites are open to them; all on one origin. */
export function createAtlassianOAuth(params: AtlassianOAuthParams): Promise<OAuthEmulator> {
  const { accessSeconds = 3_600 } = params;
  // Refresh tokens rotate, lapse after 90 days unused, and are taken once more within ten minutes of their use.
  const lifetimes = { codeSeconds: 300, accessSeconds, refreshSeconds: 90 * 86_400, reuseSeconds: 600 };
  const prefixes = { access: 'eyJhbGciOiJub25lIn0.', refresh: 'eyJyZWZyZXNo.' };
  const grants = new Grants({ now: params.now ?? Date.now, ...lifetimes, prefixes });
  return startOAuthServer({
    ...params,
    grants,
    paths: { authorize: '/authorize', token: '/oauth/token' },
    page: { title: 'Atlassian', colour: '#1868db', refusalOf: refusalOfQuery },
    wording: { refusal, success: (tokens) => success(tokens, accessSeconds) },
    api: {
      '/oauth/revoke': (request) => revoked(grants, params, request),
      '/me': (_, asker) =>
        asker ? Response.json({ account_id: asker.id, name: asker.name, email: asker.email, account_type: 'atlassian' }) : unauthorised(),
      '/oauth/token/accessible-resources': (_, asker) => (asker ? Response.json(resourcesOf(params.sites)) : unauthorised()),
    },
  });
}

function success({ accessToken, refreshToken, scope }: IssuedTokens, accessSeconds: number): Record<string, unknown> {
  // A refresh token only for who asked for it.
  const refresh = scope.split(' ').includes('offline_access') ? { refresh_token: refreshToken } : {};
  return { access_token: accessToken, expires_in: accessSeconds, token_type: 'Bearer', scope, ...refresh };
}

function refusalOfQuery(query: URLSearchParams): string | undefined {
  if (query.get('audience') !== 'api.atlassian.com') return 'audience must be api.atlassian.com';
  if (query.get('response_type') !== 'code') return 'response_type must be code';
  return query.get('scope') ? undefined : 'scope is missing';
}

function refusal(error: 'client' | 'code' | 'refresh-token' | 'grant-type' | 'malformed'): Response {
  const say = (status: number, code: string, description: string) =>
    Response.json({ error: code, error_description: description }, { status });
  switch (error) {
    case 'client':
      return say(401, 'access_denied', 'Unauthorized');
    case 'code':
      return say(403, 'invalid_grant', 'Invalid authorization code');
    case 'refresh-token':
      return say(403, 'invalid_grant', 'Unknown or invalid refresh token.');
    case 'grant-type':
      return say(400, 'unsupported_grant_type', 'Unsupported grant type');
    case 'malformed':
      return say(400, 'invalid_request', 'The body cannot be read');
  }
}

async function revoked(grants: Grants, { clientId, clientSecret }: OAuthEmulatorParams, request: Request): Promise<Response> {
  const fields = new URLSearchParams(await request.text());
  if (fields.get('client_id') !== clientId || fields.get('client_secret') !== clientSecret) return refusal('client');
  // Of a token that is unknown, too, it can be said that it is good for nothing (RFC 7009).
  grants.revoke(fields.get('token') ?? '');
  return new Response(null, { status: 200 });
}

function unauthorised(): Response {
  return Response.json({ code: 401, message: 'Unauthorized' }, { status: 401 });
}

/** Once for each product of a site, as Atlassian lists them. */
function resourcesOf(sites: readonly AtlassianSite[]): unknown[] {
  const scopes = [['read:jira-work', 'write:jira-work'], ['read:page:confluence']];
  return sites.flatMap((site) => scopes.map((granted) => ({ ...site, scopes: granted, avatarUrl: `${site.url}/avatar.png` })));
}
