/** What an access token stands for. */
export interface TokenGrant {
  readonly accountId: string;
  /** All of them when left out. */
  readonly scopes?: readonly string[];
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
}

/** The OAuth access tokens of a site: whoever issues them says here whose they are. Jira and Confluence share one. */
export interface AccessTokens {
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
