import * as z from 'zod/mini';
import type { Provider } from '../provider.ts';

export interface AtlassianUrls {
  /** Default `https://auth.atlassian.com`. */
  readonly authUrl?: string | undefined;
  /** Default `https://api.atlassian.com`. */
  readonly apiUrl?: string | undefined;
}

const meSchema = z.object({ account_id: z.string(), name: z.string() });
const sitesSchema = z.array(z.object({ id: z.string(), name: z.string(), url: z.url() }));

/** Jira and Confluence in the cloud: https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/ */
export function atlassian({ authUrl = 'https://auth.atlassian.com', apiUrl = 'https://api.atlassian.com' }: AtlassianUrls): Provider {
  return {
    id: 'atlassian',
    name: 'Atlassian',
    use: 'Jira and Confluence',
    authorizeUrl: `${authUrl}/authorize`,
    tokenUrl: `${authUrl}/oauth/token`,
    scopes: [...jira, ...confluence, 'read:me', 'offline_access'],
    // Without `prompt` Atlassian may send the browser back at once, with the site that was chosen some other day.
    authorizeParams: { audience: 'api.atlassian.com', prompt: 'consent' },
    // Not documented for apps of this kind; state, cookie and the client secret hold the code to this browser and this app.
    hasPkce: false,
    manageUrl: 'https://id.atlassian.com/manage-profile/apps',
    isFinal: (error, description) => error === 'invalid_grant' || (error === 'unauthorized_client' && /refresh_token/.test(description)),
    async identify(read, accessToken) {
      const [me, found] = await Promise.all([
        read(`${apiUrl}/me`, accessToken),
        read(`${apiUrl}/oauth/token/accessible-resources`, accessToken),
      ]);
      const { account_id: accountId, name } = meSchema.parse(me);
      // A site is listed once for each of its products.
      const sites = [...new Map(sitesSchema.parse(found).map((site) => [site.id, site])).values()];
      return { accountId, name, sites: sites.map(({ id, name: siteName, url }) => ({ id, name: siteName, url })) };
    },
    // In the metadata of Atlassian's authorization server, not in its guide: the answer may be no.
    revocation: ({ clientId, clientSecret }, { refreshToken, accessToken }) =>
      new Request(`${authUrl}/oauth/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, token: refreshToken ?? accessToken }),
      }),
  };
}

const jira = ['read:jira-work', 'write:jira-work', 'read:jira-user', 'read:servicedesk-request', 'write:servicedesk-request'];
const confluence = ['search:confluence', 'read:page:confluence', 'write:page:confluence', 'read:space:confluence'];
