import type { Person } from '@vera/accounts/portal-ticket';

export interface SignInParams {
  readonly state: string;
  readonly nonce: string;
  readonly redirectUri: string;
  /** The workspace to sign in to. */
  readonly teamId: string;
}

export type SignInAnswer =
  | { readonly kind: 'person'; readonly person: Person }
  /** The code or what came for it does not hold; `reason` is fit for a log. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Proves whose browser it is. Does not throw for what Slack does. */
export interface SignIn {
  authorizeUrl(params: SignInParams): string;
  personOf(code: string, params: Pick<SignInParams, 'nonce' | 'redirectUri'>): Promise<SignInAnswer>;
}
