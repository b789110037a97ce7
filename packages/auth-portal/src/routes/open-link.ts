import { readTicket, type TicketReading } from '@vera/accounts/portal-ticket';
import type { Context } from 'hono';
import type { AuthPortalParams } from '../auth-portal.ts';
import { answerNotice } from '../pages/answer-notice.ts';
import { issueVisit } from '../session.ts';
import { keepCookie, sessionIn } from './cookies.ts';

/**
 * A ticket for a cookie: the ticket leaves the address bar, and what stays is of no use to whoever reads over a shoulder. It is not used up
 * by this: previews and scanners open links, too.
 */
export async function openLink(context: Context, params: AuthPortalParams): Promise<Response> {
  const { key, links, log, random } = params;
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
  keepCookie(context, 'visit', issueVisit(key, ticket, random()));
  return context.redirect('/', 303);
}

function readingOf(tickets: readonly string[], { key, now }: AuthPortalParams): TicketReading {
  // Two tickets in one link were put there by someone who hopes that two readers take different ones.
  return tickets.length === 1 ? readTicket(key, tickets[0] ?? '', now()) : { kind: 'forged' };
}
