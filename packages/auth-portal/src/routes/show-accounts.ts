import type { Context } from 'hono';
import type { AuthPortalParams } from '../auth-portal.ts';
import { accountsPage } from '../pages/accounts-page.ts';
import { answerNotice } from '../pages/answer-notice.ts';
import { signInPage } from '../pages/sign-in-page.ts';
import { dropCookie, resumptionIn, sessionIn, visitIn } from './cookies.ts';

/** A link that was just opened comes first: it may be for somebody else than who was here before. */
export async function showAccounts(context: Context, params: AuthPortalParams): Promise<Response> {
  const { shelf, clients, signIn, slackUrl } = params;
  const visit = visitIn(context, params);
  if (visit) return signIn ? context.html(signInPage(visit.person)) : answerNotice(context, 'not-set-up');
  const session = sessionIn(context, params);
  if (!session) return answerNotice(context, 'no-session');
  const accounts = await shelf.list(session.person);
  const resumption = resumptionIn(context, params, session);
  if (resumption) dropCookie(context, 'resumption');
  const providers = [...clients.values()].map(({ provider }) => provider);
  return context.html(accountsPage({ person: session.person, accounts, providers, resumption, slackUrl }));
}
