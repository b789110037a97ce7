import type { Person } from '@vera/accounts/portal-ticket';
import type { Context } from 'hono';
import type { AuthPortalParams } from '../auth-portal-params.ts';
import { departurePage } from '../pages/leaving-pages.ts';
import { answerNotice } from '../pages/notices.ts';
import { dropCookie, keepSession, type Visit, visitIn } from '../session.ts';

export async function goSignIn(context: Context, params: AuthPortalParams): Promise<Response> {
  const { flows, random, signIn } = params;
  const visit = visitIn(context, params);
  if (!visit) return answerNotice(context, 'no-session');
  if (!signIn) return answerNotice(context, 'not-set-up');
  const [state, nonce] = [random(), random()];
  await flows.begin(visit.person, state, { to: 'slack', browser: visit.browser, secret: nonce });
  const url = signIn.authorizeUrl({ state, nonce, redirectUri: redirectUriOf(context), teamId: visit.person.teamId });
  return context.html(departurePage('Slack', url));
}

/** Back from Slack: whoever signed in has to be whom the link was made for. Only then is it used up. */
export async function comeBackSignedIn(context: Context, params: AuthPortalParams): Promise<Response> {
  const { flows, log, signIn } = params;
  const visit = visitIn(context, params);
  if (!visit || !signIn) return answerNotice(context, 'no-session');
  const flow = await flows.take(visit.person, context.req.query('state') ?? '');
  if (flow?.to !== 'slack' || flow.browser !== visit.browser) return answerNotice(context, 'out-of-turn');
  const error = context.req.query('error');
  if (error !== undefined) return answerNotice(context, error === 'access_denied' ? 'denied' : 'refused');
  const answer = await signIn.personOf(context.req.query('code') ?? '', { nonce: flow.secret, redirectUri: redirectUriOf(context) });
  if (answer.kind !== 'person') {
    log.warn('portal.sign-in-failed', { outcome: answer.kind, reason: answer.reason });
    return answerNotice(context, answer.kind);
  }
  return letIn(context, params, visit, answer.person);
}

async function letIn(context: Context, params: AuthPortalParams, visit: Visit, signedIn: Person): Promise<Response> {
  const { links, log, random } = params;
  const { person, names, ticket, browser } = visit;
  if (signedIn.teamId !== person.teamId || signedIn.userId !== person.userId) {
    log.warn('portal.another-person', { link: ticket.id, user: signedIn.userId, team: signedIn.teamId });
    dropCookie(context, 'visit');
    return answerNotice(context, 'another-person');
  }
  if (!(await links.use(ticket, browser))) return answerNotice(context, 'used');
  log.info('portal.signed-in', { team: person.teamId, user: person.userId, link: ticket.id });
  dropCookie(context, 'visit');
  keepSession(context, params, { person, names, browser: random() });
  return context.redirect('/', 303);
}

function redirectUriOf(context: Context): string {
  return new URL('/signed-in', new URL(context.req.url).origin).href;
}
