import type { ConnectedAccount } from '@vera/accounts/account';
import type { Person } from '@vera/accounts/portal-ticket';

/** What somebody has connected at one provider that is on. */
export interface Connection {
  /** As people know the provider, and what an account there is good for. */
  readonly provider: { readonly name: string; readonly use: string };
  /** Undefined: none. */
  readonly account?: Pick<ConnectedAccount, 'name' | 'sites' | 'state'> | undefined;
}

/** Where people see and change what they have connected. */
export interface AccountDesk {
  connectionsOf(person: Person): Promise<readonly Connection[]>;
  /** A link of theirs alone, good once and for ten minutes, which tells them for whom it is. */
  linkFor(person: Person): Promise<string>;
}
