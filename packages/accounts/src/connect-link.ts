import { issueTicket, type Person } from './portal-ticket.ts';

export interface ConnectLinkParams {
  /** `PORTAL_TICKET_KEY`. */
  readonly key: string;
  /** The auth portal's URL. */
  readonly portalUrl: string;
  /** Random and new for each link. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A link for this person alone: for one use, for ten minutes. It goes into an ephemeral message, never into a thread. */
export function connectLinkOf(person: Person, { key, portalUrl, id, now }: ConnectLinkParams): string {
  const url = new URL('/', portalUrl);
  url.searchParams.set('ticket', issueTicket(key, person, id, now));
  return url.href;
}
