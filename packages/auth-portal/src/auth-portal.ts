import { readTicket } from '@vera/accounts/portal-ticket';
import type { Log } from '@vera/service-kit/log';
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { accountsPage } from './pages/accounts-page.ts';
import { noticePage } from './pages/notice-page.ts';
import { type Notice, wordsFor } from './pages/words-for.ts';
import { withSecurityHeaders } from './security-headers.ts';
import { issueSession, readSession, sessionSeconds } from './session.ts';

export interface AuthPortalParams {
  /** Signs tickets and sessions. */
  readonly key: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

export type AuthPortal = (request: Request) => Promise<Response>;

const cookieName = 'session';

/** The pages on which a person sees and, in time, connects their accounts. */
export function createAuthPortal(params: AuthPortalParams): AuthPortal {
  const { log } = params;
  const app = new Hono();
  app.use(withSecurityHeaders);
  app.get('/', (context) => {
    const tickets = context.req.queries('ticket');
    return tickets ? exchange(context, tickets, params) : show(context, params);
  });
  app.all('/', (context) => {
    context.header('allow', 'GET, HEAD');
    return notice(context, 'not-allowed');
  });
  app.notFound((context) => notice(context, 'not-found'));
  app.onError((error, context) => {
    log.error('portal.failed', { error });
    return notice(context, 'failed');
  });
  return async (request) => app.fetch(request);
}

/** A ticket for a cookie: the ticket leaves the address bar, and what stays is of no use to whoever reads over a shoulder. */
function exchange(context: Context, tickets: readonly string[], { key, now, log }: AuthPortalParams): Response | Promise<Response> {
  // Two tickets in one link were put there by someone who hopes that two readers take different ones.
  const reading = tickets.length === 1 ? readTicket(key, tickets[0] ?? '', now()) : ({ kind: 'forged' } as const);
  if (reading.kind !== 'valid') {
    log.warn('portal.ticket-refused', { reason: reading.kind });
    return notice(context, reading.kind);
  }
  const { person, id } = reading.ticket;
  log.info('portal.opened', { team: person.teamId, user: person.userId, link: id });
  setCookie(context, cookieName, issueSession(key, person, now()), {
    prefix: 'host',
    httpOnly: true,
    secure: true,
    // Strict would not survive the redirect: a click in Slack is a navigation from another site, and so is what follows from it.
    sameSite: 'Lax',
    maxAge: sessionSeconds,
  });
  return context.redirect('/', 303);
}

function show(context: Context, { key, now }: AuthPortalParams): Response | Promise<Response> {
  const person = readSession(key, getCookie(context, cookieName, 'host') ?? '', now());
  return person ? context.html(accountsPage(person)) : notice(context, 'no-session');
}

function notice(context: Context, kind: Notice): Response | Promise<Response> {
  const words = wordsFor(kind);
  return context.html(noticePage(words), words.status);
}
