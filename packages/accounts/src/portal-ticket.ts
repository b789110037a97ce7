import { textLimits } from '@vera/protocol/shorten';
import * as z from 'zod/mini';
import { readSignedValue, signValue } from './signed-value.ts';

/** Someone in Slack, by the workspace's id and their own in it. */
export interface Person {
  readonly teamId: string;
  readonly userId: string;
}

/** How somebody and their workspace are called in Slack: to be read by people, and proof of nothing. */
export interface Names {
  readonly person: string;
  readonly team: string;
}

/** For whom a ticket is. */
export interface Addressee extends Person {
  readonly names?: Names | undefined;
}

/** What the holder of a link to the auth portal shows there. `id` tells two tickets of one person apart, so that one can be used up. */
export interface Ticket {
  readonly person: Person;
  readonly names?: Names | undefined;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export type TicketReading =
  | { readonly kind: 'valid'; readonly ticket: Ticket }
  | { readonly kind: 'expired' }
  /** Changed, cut, made with another key, or never a ticket. */
  | { readonly kind: 'forged' };

const lifetime = 10 * 60_000;

const idSchema = z.string().check(z.minLength(1), z.maxLength(64));
const nameSchema = z.string().check(z.maxLength(textLimits.name));
export const namesSchema = z.object({ person: nameSchema, team: nameSchema });
const ticketKind = {
  label: 'ticket-1',
  schema: z.object({
    person: z.object({ teamId: idSchema, userId: idSchema }),
    names: z.optional(namesSchema),
    id: idSchema,
    expiresAt: z.int(),
  }),
  longest: 2048,
};

/** A ticket for ten minutes from `now` (epoch milliseconds). `id` is random and new for each. */
export function issueTicket(key: string, { names, ...person }: Addressee, id: string, now: number): string {
  return signValue(ticketKind, key, { person, ...(names ? { names } : {}), id, expiresAt: now + lifetime });
}

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
export function connectLinkOf(addressee: Addressee, { key, portalUrl, id, now }: ConnectLinkParams): string {
  const url = new URL('/', portalUrl);
  url.searchParams.set('ticket', issueTicket(key, addressee, id, now));
  return url.href;
}

/** Never throws, whatever the text. */
export function readTicket(key: string, text: string, now: number): TicketReading {
  const ticket = readSignedValue(ticketKind, key, text);
  if (!ticket) return { kind: 'forged' };
  return now < ticket.expiresAt ? { kind: 'valid', ticket } : { kind: 'expired' };
}
