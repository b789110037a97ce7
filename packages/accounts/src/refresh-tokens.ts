import type { Log } from '@vera/service-kit/log';
import type { ProviderId, StoredAccount, TokenRotation, Tokens } from './account.ts';
import type { GrantAnswer, OAuthClient } from './oauth-client.ts';
import type { Person } from './portal-ticket.ts';
import { type Seal, tokenSealerFor } from './seal.ts';

/** What access tokens are read, refreshed and kept with. */
export interface AccessTokensParams {
  readonly rotation: TokenRotation;
  readonly seal: Seal;
  /** The providers that are on. */
  readonly clients: ReadonlyMap<ProviderId, OAuthClient>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log: Log;
}

interface Refreshable {
  readonly person: Person;
  readonly seen: StoredAccount;
  readonly tokens: Tokens;
}

type Refreshed =
  | { readonly kind: 'token'; readonly token: string }
  /** Another one refreshes it. */
  | { readonly kind: 'busy' }
  /** What was read is no longer what there is: read it again. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'unavailable' };

/** Outlasts two tries at the provider and the write after them, with the patience of the clients made for both. */
const leaseMilliseconds = 30_000;

/** A refresh whose answer got lost may have happened: providers take the same token once more for a while, so it is asked for at once. */
const tries = 2;

/** One refresh at the provider, under a lease, so that a rotating refresh token is used once and its successor is kept. */
export async function refreshTokens(params: AccessTokensParams, client: OAuthClient, what: Refreshable): Promise<Refreshed> {
  const { rotation, seal, log } = params;
  const { person, seen, tokens } = what;
  const { provider } = seen.account;
  const { refreshToken } = tokens;
  if (refreshToken === undefined) return lapse(params, what, 'nothing to refresh it with');
  if (!(await rotation.lease(person, seen, leaseMilliseconds))) return { kind: 'busy' };
  // Before the provider is asked: once the old token is used, all that is left to do is one write.
  const close = await tokenSealerFor(seal, person, provider).catch(async (error: unknown) => {
    await rotation.release(person, seen);
    throw error;
  });
  const answer = await patiently(params, () => client.refresh(refreshToken));
  switch (answer.kind) {
    case 'granted': {
      // GitHub, Atlassian: always a new one. A provider that sends none means that the old one stays.
      const next = { refreshToken, ...answer.tokens };
      return keep(params, client, what, { tokens: next, sealed: close(next) });
    }
    case 'refused':
      return lapse(params, what, answer.reason);
    case 'unavailable':
      log.warn('account.refresh-failed', { provider, reason: answer.reason });
      await rotation.release(person, seen);
      return { kind: 'unavailable' };
  }
}

async function patiently({ wait }: AccessTokensParams, ask: () => Promise<GrantAnswer>): Promise<GrantAnswer> {
  let answer = await ask();
  for (let tried = 1; answer.kind === 'unavailable' && tried < tries; tried += 1) {
    await wait(200);
    answer = await ask();
  }
  return answer;
}

async function keep(
  { rotation, wait, log }: AccessTokensParams,
  client: OAuthClient,
  { person, seen }: Refreshable,
  { tokens, sealed }: { readonly tokens: Tokens; readonly sealed: Uint8Array },
): Promise<Refreshed> {
  const { provider } = seen.account;
  if (await persistently(wait, () => rotation.rotate(person, seen, sealed))) {
    log.info('account.refreshed', { provider });
    return { kind: 'token', token: tokens.accessToken };
  }
  // Disconnected or connected anew while the provider answered: what it just gave belongs to nobody any more.
  if (!(await rotation.read(person, provider))) await client.revoke(tokens);
  return { kind: 'changed' };
}

/** The one write that must not be given up lightly: without it the new refresh token is lost. */
async function persistently(wait: AccessTokensParams['wait'], write: () => Promise<boolean>): Promise<boolean> {
  for (let left = 2; left > 0; left -= 1) {
    try {
      return await write();
    } catch {
      await wait(500);
    }
  }
  return write();
}

async function lapse({ rotation, log }: AccessTokensParams, { person, seen }: Refreshable, reason: string): Promise<Refreshed> {
  if (await rotation.expire(person, seen)) log.warn('account.expired', { provider: seen.account.provider, reason });
  return { kind: 'changed' };
}
