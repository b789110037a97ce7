import type { ProviderId } from '@vera/accounts/account';
import { connectAccount } from '@vera/accounts/connect-account';
import { challengeOf } from '@vera/accounts/oauth-client';
import type { Context } from 'hono';
import type { AuthPortalParams } from '../auth-portal.ts';
import { answerNotice } from '../pages/answer-notice.ts';
import { departurePage } from '../pages/departure-page.ts';
import { issueResumption, type Session } from '../session.ts';
import { clientIn } from './client-in.ts';
import { keepCookie, sessionIn } from './cookies.ts';
import { resumeQuestions } from './resume-questions.ts';

export async function goConnect(context: Context, params: AuthPortalParams): Promise<Response> {
  const { flows, random } = params;
  const session = sessionIn(context, params);
  if (!session) return answerNotice(context, 'no-session');
  const client = clientIn(context, params);
  if (!client) return answerNotice(context, 'not-found');
  const { id, name } = client.provider;
  const [state, verifier] = [random(), random()];
  await flows.begin(session.person, state, { to: id, browser: session.browser, secret: verifier });
  const url = client.authorizeUrl({ state, challenge: challengeOf(verifier), redirectUri: redirectUriOf(context, id) });
  return context.html(departurePage(name, url));
}

/** Back from a provider: the code is good for the browser that left, and for the person who signed in there, only. */
export async function comeBackConnected(context: Context, params: AuthPortalParams): Promise<Response> {
  const { flows, log } = params;
  const session = sessionIn(context, params);
  if (!session) return answerNotice(context, 'no-session');
  const client = clientIn(context, params);
  if (!client) return answerNotice(context, 'not-found');
  const { id } = client.provider;
  const flow = await flows.take(session.person, context.req.query('state') ?? '');
  if (flow?.to !== id || flow.browser !== session.browser) return answerNotice(context, 'out-of-turn');
  const error = context.req.query('error');
  if (error !== undefined) return answerNotice(context, error === 'access_denied' ? 'denied' : 'refused');
  const code = { code: context.req.query('code') ?? '', verifier: flow.secret, redirectUri: redirectUriOf(context, id) };
  const connection = await connectAccount(params, client, session.person, code);
  const { teamId: team, userId: user } = session.person;
  if (connection.kind !== 'connected') {
    log.warn('account.connect-failed', { provider: id, outcome: connection.kind, reason: connection.reason });
    return answerNotice(context, connection.kind);
  }
  log.info('account.connected', { provider: id, team, user });
  await goOn(context, params, session, id);
  return context.redirect('/', 303);
}

/** What waited for this account goes on, and the next page says so. */
async function goOn(context: Context, params: AuthPortalParams, { person, browser }: Session, provider: ProviderId): Promise<void> {
  const questions = await resumeQuestions(params, person, provider);
  const newest = questions.at(-1);
  if (!newest) return;
  const resumption = { browser, questions: questions.length, channelId: newest.channelId };
  keepCookie(context, 'resumption', issueResumption(params.key, resumption, params.now()));
}

function redirectUriOf(context: Context, provider: string): string {
  return new URL(`/connected/${provider}`, new URL(context.req.url).origin).href;
}
