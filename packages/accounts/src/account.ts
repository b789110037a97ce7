import * as z from 'zod/mini';
import type { Person } from './portal-ticket.ts';

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

/** An account with its tokens, sealed, and what guards them against two writers. */
export interface StoredAccount {
  readonly account: ConnectedAccount;
  readonly sealed: Uint8Array;
  /** Another one after each write of the tokens. */
  readonly revision: string;
  /** Until when somebody refreshes the tokens, epoch milliseconds; 0 when nobody does. */
  readonly leasedUntil: number;
}

/** For the portal: what a person connected. */
export interface AccountShelf {
  list(person: Person): Promise<readonly ConnectedAccount[]>;
  /** Takes the place of what was there for this provider. Gives what was there. */
  put(person: Person, account: ConnectedAccount, sealed: Uint8Array): Promise<StoredAccount | undefined>;
  /** Gives what was there. */
  remove(person: Person, provider: ProviderId): Promise<StoredAccount | undefined>;
}

/** For whoever refreshes. Each write holds only while the tokens are those that were read: false when they are others, or gone. */
export interface TokenRotation {
  read(person: Person, provider: ProviderId): Promise<StoredAccount | undefined>;
  /** One at a time may refresh: false while another one does. */
  lease(person: Person, seen: StoredAccount, milliseconds: number): Promise<boolean>;
  rotate(person: Person, seen: StoredAccount, sealed: Uint8Array): Promise<boolean>;
  expire(person: Person, seen: StoredAccount): Promise<boolean>;
  release(person: Person, seen: StoredAccount): Promise<void>;
}
