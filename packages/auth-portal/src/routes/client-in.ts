import type { OAuthClient } from '@vera/accounts/oauth-client';
import type { Context } from 'hono';
import type { AuthPortalParams } from '../auth-portal.ts';

/** The provider that the path names, if it is on. */
export function clientIn(context: Context, { clients }: AuthPortalParams): OAuthClient | undefined {
  return [...clients.values()].find(({ provider }) => provider.id === context.req.param('provider'));
}
