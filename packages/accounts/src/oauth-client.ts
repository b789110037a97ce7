import type { Identity, Tokens } from './account.ts';
import type { Provider } from './provider.ts';

export interface AuthorizeParams {
  readonly state: string;
  readonly redirectUri: string;
  /** PKCE: what the verifier hashes to. Left out of the URL where the provider does not know PKCE. */
  readonly challenge: string;
}

export interface ExchangeParams {
  readonly code: string;
  readonly redirectUri: string;
  readonly verifier: string;
}

/** What a provider said to a code or a refresh token. */
export type GrantAnswer =
  | { readonly kind: 'granted'; readonly tokens: Tokens }
  /** It will not take this one any more, however often it is asked. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It did not answer, or answered nonsense, or does not know us; `reason` is fit for a log. */
  | { readonly kind: 'unavailable'; readonly reason: string };

export type IdentityAnswer =
  | { readonly kind: 'known'; readonly identity: Identity }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** One provider, spoken to with our keys. None of it throws for what the provider does. */
export interface OAuthClient {
  readonly provider: Provider;
  authorizeUrl(params: AuthorizeParams): string;
  exchange(params: ExchangeParams): Promise<GrantAnswer>;
  refresh(refreshToken: string): Promise<GrantAnswer>;
  identify(accessToken: string): Promise<IdentityAnswer>;
  /** Ends the tokens at the provider; false when it did not say that it did. */
  revoke(tokens: Tokens): Promise<boolean>;
}
