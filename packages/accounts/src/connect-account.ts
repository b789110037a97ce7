import type { AccountShelf, ConnectedAccount, ProviderId, StoredAccount } from './account.ts';
import type { ExchangeParams, OAuthClient } from './oauth-client.ts';
import type { Person } from './portal-ticket.ts';
import { openTokens, type Seal, tokenSealerFor } from './seal.ts';

export interface ConnectParams {
  readonly shelf: AccountShelf;
  readonly seal: Seal;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export type Connection =
  | { readonly kind: 'connected'; readonly account: ConnectedAccount }
  /** The code was old, used or not for us: begin again. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** A code for an account: the provider's tokens, whose they are, both stored, tokens sealed. */
export async function connectAccount(
  params: ConnectParams,
  client: OAuthClient,
  person: Person,
  code: ExchangeParams,
): Promise<Connection> {
  const { shelf, seal, now } = params;
  const { id: provider } = client.provider;
  const close = await tokenSealerFor(seal, person, provider);
  const answer = await client.exchange(code);
  if (answer.kind !== 'granted') return answer;
  const who = await client.identify(answer.tokens.accessToken);
  if (who.kind !== 'known') {
    await client.revoke(answer.tokens);
    return who;
  }
  const account: ConnectedAccount = { provider, ...who.identity, connectedAt: now(), state: 'connected' };
  const before = await shelf.put(person, account, close(answer.tokens));
  // Of the same account it is the same grant: ending it would end the new tokens, too.
  if (before && before.account.accountId !== account.accountId) await revokeStored(params, client, person, before);
  return { kind: 'connected', account };
}

/** Ends a connection here and then at the provider; what the latter said, or undefined when there was no connection. */
export async function disconnectAccount(
  params: ConnectParams,
  client: OAuthClient,
  person: Person,
): Promise<{ readonly isRevoked: boolean; readonly accountId: string } | undefined> {
  const provider: ProviderId = client.provider.id;
  const removed = await params.shelf.remove(person, provider);
  return removed && { isRevoked: await revokeStored(params, client, person, removed), accountId: removed.account.accountId };
}

async function revokeStored({ seal }: ConnectParams, client: OAuthClient, person: Person, { sealed }: StoredAccount): Promise<boolean> {
  try {
    return await client.revoke(await openTokens(seal, sealed, person, client.provider.id));
  } catch {
    // Sealed with a key that is gone: here it is ended all the same.
    return false;
  }
}
