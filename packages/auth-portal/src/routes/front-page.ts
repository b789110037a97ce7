import { readTicket, type TicketReading } from '@vera/accounts/portal-ticket';
import type { Context } from 'hono';
import type { AuthPortalParams } from '../auth-portal-params.ts';
import { accountsPage } from '../pages/accounts-page.ts';
import { signInPage } from '../pages/leaving-pages.ts';
import { answerNotice } from '../pages/notices.ts';
import { dropCookie, keepVisit, resumptionIn, sessionIn, visitIn } from '../session.ts';

/**
 * A ticket for a cookie: the ticket leaves the address bar, and what stays is of no use to whoever reads over a shoulder. It is not used up
 * by this: previews and scanners open links, too.
 */
export async function openLink(context: Context, params: AuthPortalParams): Promise<Response> {
  const { links, log } = params;
  const reading = readingOf(context.req.queries('ticket') ?? [], params);
  if (reading.kind !== 'valid') {
    log.warn('portal.ticket-refused', { reason: reading.kind });
    return answerNotice(context, reading.kind);
  }
  const { ticket } = reading;
  const { teamId, userId } = ticket.person;
  const present = sessionIn(context, params)?.person;
  // Whoever is in already has no need of the link.
  if (present?.teamId === teamId && present.userId === userId) return context.redirect('/', 303);
  if (await links.isUsed(ticket)) {
    log.warn('portal.ticket-refused', { reason: 'used', link: ticket.id });
    return answerNotice(context, 'used');
  }
  log.info('portal.opened', { team: teamId, user: userId, link: ticket.id });
  keepVisit(context, params, ticket);
  return context.redirect('/', 303);
}

function readingOf(tickets: readonly string[], { key, now }: AuthPortalParams): TicketReading {
  // Two tickets in one link were put there by someone who hopes that two readers take different ones.
  return tickets.length === 1 ? readTicket(key, tickets[0] ?? '', now()) : { kind: 'forged' };
}

/** A link that was just opened comes first: it may be for somebody else than who was here before. */
export async function showAccounts(context: Context, params: AuthPortalParams): Promise<Response> {
  const { shelf, clients, signIn, slackUrl } = params;
  const visit = visitIn(context, params);
  if (visit) return signIn ? context.html(signInPage(visit)) : answerNotice(context, 'not-set-up');
  const session = sessionIn(context, params);
  if (!session) return answerNotice(context, 'no-session');
  const accounts = await shelf.list(session.person);
  const resumption = resumptionIn(context, params, session);
  if (resumption) dropCookie(context, 'resumption');
  const providers = [...clients.values()].map(({ provider }) => provider);
  return context.html(accountsPage({ session, accounts, providers, resumption, slackUrl }));
}
