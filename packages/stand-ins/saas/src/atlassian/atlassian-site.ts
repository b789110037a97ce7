import type { AccessTokens } from './access-tokens.ts';
import type { AtlassianPerson } from './atlassian-person.ts';

/** What Jira and Confluence of one customer share. */
export interface AtlassianSite {
  /** The site's id, part of the addresses that OAuth tokens are good for. */
  readonly cloudId: string;
  readonly people: readonly AtlassianPerson[];
  /** API tokens, for Basic authentication with the person's e-mail. */
  readonly apiTokens: readonly { readonly email: string; readonly token: string }[];
  readonly tokens: AccessTokens;
}
