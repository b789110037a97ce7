import { listen } from '@vera/stand-in-kit/listen';
import { type AuthorizationParams, answerAuthorization, type OAuthPerson } from './authorization.ts';
import type { Grants } from './grants.ts';
import type { OAuthEmulator, OAuthEmulatorParams } from './oauth-emulator.ts';
import { createTokenEndpoint, type TokenEndpointParams } from './token-endpoint.ts';

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
