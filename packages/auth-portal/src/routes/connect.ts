import type { ProviderId } from '@vera/accounts/account';
import { connectAccount, disconnectAccount } from '@vera/accounts/connect-account';
import { challengeOf, type OAuthClient } from '@vera/accounts/oauth-client';
import type { Person } from '@vera/accounts/portal-ticket';
import type { Question } from '@vera/protocol/question';
import { workFields } from '@vera/protocol/work-fields';
import type { Context } from 'hono';
import type { AuthPortalParams } from '../auth-portal-params.ts';
import { stillAllowedPage } from '../pages/accounts-page.ts';
import { departurePage } from '../pages/leaving-pages.ts';
import { answerNotice } from '../pages/notices.ts';
import { keepResumption, type Session, sessionIn } from '../session.ts';

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
  const { flows, note, log } = params;
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
  await note({ act: 'account', outcome: 'connected', team, asker: user, system: id, account: connection.account.accountId });
  await goOn(context, params, session, id);
  return context.redirect('/', 303);
}

/** What waited for this account goes on, and the next page says so. */
async function goOn(context: Context, params: AuthPortalParams, { person, browser }: Session, provider: ProviderId): Promise<void> {
  const questions = await resumeQuestions(params, person, provider);
  const newest = questions.at(-1);
  if (!newest) return;
  keepResumption(context, params, { browser, questions: questions.length, channelId: newest.channelId });
}

/**
 * Hands on what this person asked and what waited for this account; gives what went on. Never rejects: the account is connected all the
 * same, and the sweeper wakes what stayed behind.
 */
async function resumeQuestions(params: AuthPortalParams, person: Person, provider: ProviderId): Promise<readonly Question[]> {
  const { waiting, log } = params;
  const { teamId: team, userId: user } = person;
  try {
    const questions = await waiting.take(person, provider);
    const resumed = await Promise.all(questions.map(async (question) => ((await hasResumed(params, question)) ? [question] : [])));
    return resumed.flat();
  } catch (error) {
    log.error('questions.not-resumed', { provider, team, user, error });
    return [];
  }
}

async function hasResumed({ forward, log }: AuthPortalParams, question: Question): Promise<boolean> {
  const about = { ...workFields(question), user: question.userId };
  try {
    await forward(question);
    log.info('question.resumed', about);
    return true;
  } catch (error) {
    log.error('question.not-resumed', { ...about, error });
    return false;
  }
}

export async function disconnect(context: Context, params: AuthPortalParams): Promise<Response> {
  const session = sessionIn(context, params);
  if (!session) return answerNotice(context, 'no-session');
  const client = clientIn(context, params);
  if (!client) return answerNotice(context, 'not-found');
  const ended = await disconnectAccount(params, client, session.person);
  const { teamId: team, userId: user } = session.person;
  if (ended) {
    const { isRevoked: revoked, accountId: account } = ended;
    const { id } = client.provider;
    params.log.info('account.disconnected', { provider: id, team, user, revoked });
    const reason = revoked ? undefined : 'not-revoked';
    await params.note({ act: 'account', outcome: 'ended', team, asker: user, system: id, account, reason });
  }
  if (ended?.isRevoked === false) return context.html(stillAllowedPage(client.provider));
  return context.redirect('/', 303);
}

/** The provider that the path names, if it is on. */
function clientIn(context: Context, { clients }: AuthPortalParams): OAuthClient | undefined {
  return [...clients.values()].find(({ provider }) => provider.id === context.req.param('provider'));
}

function redirectUriOf(context: Context, provider: string): string {
  return new URL(`/connected/${provider}`, new URL(context.req.url).origin).href;
}
