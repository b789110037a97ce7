import { Grants, type IssuedTokens } from './grants.ts';
import type { OAuthEmulator, OAuthEmulatorParams } from './oauth-emulator.ts';
import { startOAuthServer } from './start-oauth-server.ts';

const [accessSeconds, refreshSeconds] = [28_800, 15_897_600];

/** The sign-in of a GitHub App whose user tokens expire, and of api.github.com the user and the end of a grant; all on one origin. */
export function createGitHubOAuth(params: OAuthEmulatorParams): Promise<OAuthEmulator> {
  // A refresh token is good for one use: there is no second chance for an answer that got lost.
  const lifetimes = { codeSeconds: 600, accessSeconds, refreshSeconds, reuseSeconds: -1 };
  const grants = new Grants({ now: params.now ?? Date.now, ...lifetimes, prefixes: { access: 'ghu_', refresh: 'ghr_' } });
  return startOAuthServer({
    ...params,
    grants,
    paths: { authorize: '/login/oauth/authorize', token: '/login/oauth/access_token' },
    page: { title: 'GitHub', colour: '#24292f', refusalOf: () => undefined },
    wording: { refusal, success },
    api: {
      '/user': (_, asker) =>
        asker
          ? Response.json({ id: Number(asker.id), login: asker.name, email: asker.email, type: 'User' })
          : Response.json({ message: 'Bad credentials' }, { status: 401 }),
      [`/applications/${params.clientId}/grant`]: (request) => ended(grants, params, request),
    },
  });
}

function success({ accessToken, refreshToken }: IssuedTokens): Record<string, unknown> {
  const refresh = { refresh_token: refreshToken, refresh_token_expires_in: refreshSeconds };
  return { access_token: accessToken, expires_in: accessSeconds, ...refresh, scope: '', token_type: 'bearer' };
}

/** With status 200, as GitHub says no. */
function refusal(error: 'client' | 'code' | 'refresh-token' | 'grant-type' | 'malformed'): Response {
  const say = (code: string, description: string) => Response.json({ error: code, error_description: description });
  switch (error) {
    case 'client':
      return say('incorrect_client_credentials', 'The client_id and/or client_secret passed are incorrect.');
    case 'code':
      return say('bad_verification_code', 'The code passed is incorrect or expired.');
    case 'refresh-token':
      return say('bad_refresh_token', 'The refresh token passed is incorrect or expired.');
    case 'grant-type':
    case 'malformed':
      return say('unsupported_grant_type', 'The grant_type is not supported.');
  }
}

async function ended(grants: Grants, { clientId, clientSecret }: OAuthEmulatorParams, request: Request): Promise<Response> {
  const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  if (request.method !== 'DELETE' || request.headers.get('authorization') !== expected)
    return Response.json({ message: 'Not Found' }, { status: 404 });
  const { access_token: token = '' } = (await request.json()) as { access_token?: string };
  if (!grants.revoke(token)) return Response.json({ message: 'Validation Failed' }, { status: 422 });
  return new Response(null, { status: 204 });
}
