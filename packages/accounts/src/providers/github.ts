import * as z from 'zod/mini';
import type { Provider } from '../provider.ts';

export interface GitHubUrls {
  /** Default `https://github.com`. */
  readonly webUrl?: string | undefined;
  /** Default `https://api.github.com`. */
  readonly apiUrl?: string | undefined;
}

const userSchema = z.object({ id: z.number(), login: z.string() });

/**
 * A GitHub App acting as a person: its user tokens expire and are refreshed when the app says so. What it may do is set in the app, so
 * there are no scopes. https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app
 */
export function github({ webUrl = 'https://github.com', apiUrl = 'https://api.github.com' }: GitHubUrls): Provider {
  return {
    id: 'github',
    name: 'GitHub',
    use: 'issues, pull requests and code',
    authorizeUrl: `${webUrl}/login/oauth/authorize`,
    tokenUrl: `${webUrl}/login/oauth/access_token`,
    scopes: [],
    authorizeParams: {},
    hasPkce: true,
    manageUrl: 'https://github.com/settings/apps/authorizations',
    isFinal: (error) => error === 'bad_refresh_token' || error === 'bad_verification_code',
    async identify(read, accessToken) {
      const { id, login } = userSchema.parse(await read(`${apiUrl}/user`, accessToken));
      return { accountId: String(id), name: login, sites: [] };
    },
    revocation: ({ clientId, clientSecret }, { accessToken }) =>
      new Request(`${apiUrl}/applications/${clientId}/grant`, {
        method: 'DELETE',
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        },
        body: JSON.stringify({ access_token: accessToken }),
      }),
  };
}
