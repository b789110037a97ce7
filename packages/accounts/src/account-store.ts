import type { ConnectedAccount, ProviderId } from './account.ts';
import type { Person } from './portal-ticket.ts';

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
