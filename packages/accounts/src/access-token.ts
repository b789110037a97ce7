import type { ProviderId, Site } from './account.ts';
import type { Person } from './portal-ticket.ts';

/** What somebody who wants to act as a person gets. */
export type AccessToken =
  | { readonly kind: 'token'; readonly token: string; readonly accountId: string; readonly sites: readonly Site[] }
  | { readonly kind: 'not-connected' }
  /** The provider takes the account's refresh token no more, or our key opens it no more: the person has to connect it again. */
  | { readonly kind: 'expired' }
  /** The provider or our store does not answer just now; nothing is lost. */
  | { readonly kind: 'unavailable' };

/**
 * Never throws. The token is good for another minute at least, as far as we know: `refused` is one that the provider no longer takes, as after
 * a person ended the connection there; then another one is got, or the account has expired.
 */
export type AccessTokenOf = (person: Person, provider: ProviderId, refused?: string) => Promise<AccessToken>;
