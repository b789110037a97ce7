import type { Person, Ticket } from '@vera/accounts/portal-ticket';
import { readSignedValue, signValue } from '@vera/accounts/signed-value';
import * as z from 'zod/mini';

/** Seconds a browser that proved whose it is may see and change that person's connections. */
export const sessionSeconds = 15 * 60;

/** Somebody who proved to be this person. */
export interface Session {
  readonly person: Person;
  /** Random; tells this browser from others of the same person. */
  readonly browser: string;
}

/** Somebody who opened a link that was made for this person, and proved nothing yet. */
export interface Visit extends Session {
  readonly ticket: Ticket;
}

/** What went on when somebody connected an account, for the page they see next. */
export interface Resumption {
  /** Of the session in which it was. */
  readonly browser: string;
  readonly questions: number;
  /** Where the newest of them was asked. */
  readonly channelId: string;
}

const person = z.object({ teamId: z.string(), userId: z.string() });
const sessionKind = { label: 'session-2', schema: z.object({ person, browser: z.string(), expiresAt: z.int() }), longest: 2048 };
const visitKind = {
  label: 'visit-1',
  schema: z.object({ person, browser: z.string(), id: z.string(), expiresAt: z.int() }),
  longest: 2048,
};
const resumptionKind = {
  label: 'resumption-1',
  schema: z.object({ browser: z.string(), questions: z.int(), channelId: z.string(), expiresAt: z.int() }),
  longest: 2048,
};

/** The value of the session's cookie. `now` is epoch milliseconds. */
export function issueSession(key: string, session: Session, now: number): string {
  return signValue(sessionKind, key, { ...session, expiresAt: now + sessionSeconds * 1000 });
}

/** Whose session it is; undefined when it has ended or is not one of ours. The browser's own clock is not trusted to end it. */
export function readSession(key: string, text: string, now: number): Session | undefined {
  const session = readSignedValue(sessionKind, key, text);
  return session && now < session.expiresAt ? session : undefined;
}

/** The value of the cookie that takes the ticket's place: as long as the ticket is good. */
export function issueVisit(key: string, ticket: Ticket, browser: string): string {
  return signValue(visitKind, key, { ...ticket, browser });
}

export function readVisit(key: string, text: string, now: number): Visit | undefined {
  const visit = readSignedValue(visitKind, key, text);
  if (!visit || now >= visit.expiresAt) return undefined;
  const { person: who, browser, id, expiresAt } = visit;
  return { person: who, browser, ticket: { person: who, id, expiresAt } };
}

/** The value of a cookie that outlasts one redirect. Signed, so that a page tells nobody what another site made up. */
export function issueResumption(key: string, resumption: Resumption, now: number): string {
  return signValue(resumptionKind, key, { ...resumption, expiresAt: now + 60_000 });
}

/** Undefined in any other session than the one it happened in. */
export function readResumption(key: string, text: string, { browser }: Session, now: number): Resumption | undefined {
  const resumption = readSignedValue(resumptionKind, key, text);
  return resumption && now < resumption.expiresAt && resumption.browser === browser ? resumption : undefined;
}
