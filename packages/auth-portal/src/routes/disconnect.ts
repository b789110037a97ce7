import { disconnectAccount } from '@vera/accounts/connect-account';
import type { Context } from 'hono';
import type { AuthPortalParams } from '../auth-portal.ts';
import { answerNotice } from '../pages/answer-notice.ts';
import { stillAllowedPage } from '../pages/still-allowed-page.ts';
import { clientIn } from './client-in.ts';
import { sessionIn } from './cookies.ts';

export async function disconnect(context: Context, params: AuthPortalParams): Promise<Response> {
  const session = sessionIn(context, params);
  if (!session) return answerNotice(context, 'no-session');
  const client = clientIn(context, params);
  if (!client) return answerNotice(context, 'not-found');
  const ended = await disconnectAccount(params, client, session.person);
  const { teamId: team, userId: user } = session.person;
  if (ended) params.log.info('account.disconnected', { provider: client.provider.id, team, user, revoked: ended.isRevoked });
  if (ended?.isRevoked === false) return context.html(stillAllowedPage(client.provider));
  return context.redirect('/', 303);
}
