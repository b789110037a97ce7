import type { AccessToken, AccessTokenOf } from './access-token.ts';
import type { ProviderId, StoredAccount, Tokens } from './account.ts';
import type { Person } from './portal-ticket.ts';
import { type AccessTokensParams, refreshTokens } from './refresh-tokens.ts';
import { openTokens, SealError } from './seal.ts';

/** Milliseconds before a token's end at which a new one is asked for, while the old one still serves if there is none to be had. */
const early = 5 * 60_000;
/** A token with less than this left is not handed out: whoever gets it has yet to use it. */
const least = 60_000;
/** How long somebody waits for another one's refresh; longer than a lease. */
const longestWait = 40_000;
const pause = 100;

/** Hands out access tokens and refreshes them, one refresh at a time however many ask at once. */
export function createAccessTokens(params: AccessTokensParams): AccessTokenOf {
  return async (person, provider, refused) => {
    try {
      return await accessToken(params, { person, provider, refused });
    } catch (error) {
      // Nothing is written: where only the key's name is wrong, all is well again once it is right.
      if (error instanceof SealError) {
        params.log.error('account.sealed-for-good', { provider, error });
        return { kind: 'expired' };
      }
      params.log.error('account.unavailable', { provider, error });
      return { kind: 'unavailable' };
    }
  };
}

interface Wanted {
  readonly person: Person;
  readonly provider: ProviderId;
  readonly refused: string | undefined;
}

async function accessToken(params: AccessTokensParams, { person, provider, refused }: Wanted): Promise<AccessToken> {
  const { rotation, seal, clients, now, wait, log } = params;
  const client = clients.get(provider);
  if (!client) return { kind: 'unavailable' };
  for (const giveUpAt = now() + longestWait; now() < giveUpAt; await wait(pause)) {
    const seen = await rotation.read(person, provider);
    if (!seen) return { kind: 'not-connected' };
    if (seen.account.state === 'expired') return { kind: 'expired' };
    const tokens = await openTokens(seal, seen.sealed, person, provider);
    const left = tokens.accessToken === refused ? 0 : lifeLeft(tokens, now());
    if (left > early) return handedOut(seen, tokens.accessToken);
    const outcome = await refreshTokens(params, client, { person, seen, tokens });
    if (outcome.kind === 'token') return handedOut(seen, outcome.token);
    // Whoever may not or cannot refresh takes what there is, as long as it lasts.
    if (outcome.kind !== 'changed' && left > least) return handedOut(seen, tokens.accessToken);
    if (outcome.kind === 'unavailable') return { kind: 'unavailable' };
  }
  log.warn('account.refresh-waited-for-too-long', { provider });
  return { kind: 'unavailable' };
}

function lifeLeft({ accessExpiresAt = Number.POSITIVE_INFINITY }: Tokens, at: number): number {
  return accessExpiresAt - at;
}

function handedOut({ account: { accountId, sites } }: StoredAccount, token: string): AccessToken {
  return { kind: 'token', token, accountId, sites };
}
