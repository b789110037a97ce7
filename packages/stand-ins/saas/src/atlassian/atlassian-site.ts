/** What Jira and Confluence of one customer share. */
export interface AtlassianSite {
  /** The site's id, part of the addresses that OAuth tokens are good for. */
  readonly cloudId: string;
  readonly people: readonly AtlassianPerson[];
  /** API tokens, for Basic authentication with the person's e-mail. */
  readonly apiTokens: readonly { readonly email: string; readonly token: string }[];
  readonly tokens: AccessTokens;
}

/** An account at the Atlassian site. */
export interface AtlassianPerson {
  readonly accountId: string;
  /** How the data files name the person. */
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  /** May look, may not change anything: the account behind a gateway's key. */
  readonly readsOnly?: boolean;
}

/** What an access token stands for. */
interface TokenGrant {
  readonly accountId: string;
  /** All of them when left out. */
  readonly scopes?: readonly string[];
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
}

/** The OAuth access tokens of a site: whoever issues them says here whose they are. Jira and Confluence share one. */
interface AccessTokens {
  grant(token: string, grant: TokenGrant): void;
  revoke(token: string): void;
  grantOf(token: string, now: number): TokenGrant | undefined;
}

export function createAccessTokens(): AccessTokens {
  const grants = new Map<string, TokenGrant>();
  return {
    grant: (token, grant) => void grants.set(token, grant),
    revoke: (token) => void grants.delete(token),
    grantOf(token, now) {
      const grant = grants.get(token);
      return grant?.expiresAt !== undefined && grant.expiresAt <= now ? undefined : grant;
    },
  };
}
