import type { Listening } from '@vera/stand-in-kit/listen';
import type { OAuthPerson } from './authorization.ts';

export interface OAuthEmulatorParams {
  readonly port?: number;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who has an account there. */
  readonly people: readonly OAuthPerson[];
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** What the token endpoint does wrong; `lost-response` does the work and cuts the line. */
export type OAuthFault = 'unavailable' | 'lost-response' | 'malformed';

export interface OAuthEmulator extends Listening {
  /** Registers a redirect URI of the app, as a person does in the provider's console. */
  allowRedirect(uri: string): void;
  /** Whose access token it is; undefined once it expired or was revoked. */
  personOf(accessToken: string): OAuthPerson | undefined;
  /** What the token endpoint was asked, in order. */
  readonly tokenRequests: readonly { readonly grantType: string; readonly status: number }[];
  /** For the next calls of the token endpoint; stacks. */
  inject(fault: OAuthFault): void;
  /** What a person does on the provider's own page: ends all that this token's consent gave. */
  revoke(token: string): void;
}
