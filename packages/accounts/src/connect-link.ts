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

/**
 * What that message says, in Slack's mrkdwn. `need` says what the account is wanted for, as plain text; left out when the person asked by
 * themselves.
 */
export function connectLinkText(link: string, need?: string): string {
  const why = need === undefined ? 'Here you see and connect your accounts' : `To ${plain(need)} I need your own account`;
  return `${why}: <${link}|open your accounts>. Only you can see this link. It works once, for ten minutes.`;
}

const longestNeed = 200;

/** A title that a ticket or a model made up must neither mention anybody nor be a link, beside ours least of all. */
function plain(text: string): string {
  const line = text.replace(/\s+/g, ' ').slice(0, longestNeed);
  return line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
