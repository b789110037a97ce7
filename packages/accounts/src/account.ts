import * as z from 'zod/mini';

export const providerIdSchema = z.enum(['atlassian', 'github']);
export type ProviderId = z.output<typeof providerIdSchema>;

/** One of the Atlassian sites that a token opens; `id` is the cloud id in the paths of its API. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

/** Who somebody is at a provider, as the provider says. */
export interface Identity {
  readonly accountId: string;
  readonly name: string;
  /** Empty where a provider has no such thing. */
  readonly sites: readonly Site[];
}

/** An account that a person connected. */
export interface ConnectedAccount extends Identity {
  readonly provider: ProviderId;
  /** Epoch milliseconds. */
  readonly connectedAt: number;
  /** `expired`: the provider takes its refresh token no more; the person has to connect it again. */
  readonly state: 'connected' | 'expired';
}

/** What a provider gave. Never logged, never in a URL, stored sealed only. */
export interface Tokens {
  readonly accessToken: string;
  /** Epoch milliseconds; undefined: it does not expire. */
  readonly accessExpiresAt?: number | undefined;
  /** A new one with each refresh; undefined: it cannot be refreshed. */
  readonly refreshToken?: string | undefined;
}
