import { type Names, namesSchema, type Person, type Ticket } from '@vera/accounts/portal-ticket';
import { readSignedValue, signValue } from '@vera/accounts/signed-value';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod/mini';
import type { AuthPortalParams } from './auth-portal-params.ts';

/** Seconds a browser that proved whose it is may see and change that person's connections. */
const sessionSeconds = 15 * 60;

/** Somebody who proved to be this person. */
export interface Session {
  readonly person: Person;
  readonly names?: Names | undefined;
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
const sessionKind = {
  label: 'session-2',
  schema: z.object({ person, names: z.optional(namesSchema), browser: z.string(), expiresAt: z.int() }),
  longest: 2048,
};
const visitKind = {
  label: 'visit-1',
  schema: z.object({ person, names: z.optional(namesSchema), browser: z.string(), id: z.string(), expiresAt: z.int() }),
  longest: 2048,
};
const resumptionKind = {
  label: 'resumption-1',
  schema: z.object({ browser: z.string(), questions: z.int(), channelId: z.string(), expiresAt: z.int() }),
  longest: 2048,
};

/** Whose session it is; undefined when it has ended or is not one of ours. The browser's own clock is not trusted to end it. */
export function sessionIn(context: Context, { key, now }: AuthPortalParams): Session | undefined {
  return unexpired(readSignedValue(sessionKind, key, textIn(context, 'session')), now());
}

export function keepSession(context: Context, { key, now }: AuthPortalParams, session: Session): void {
  keepCookie(context, 'session', signValue(sessionKind, key, { ...session, expiresAt: now() + sessionSeconds * 1000 }));
}

/** Who opened a link, as long as its ticket is good. */
export function visitIn(context: Context, { key, now }: AuthPortalParams): Visit | undefined {
  const visit = unexpired(readSignedValue(visitKind, key, textIn(context, 'visit')), now());
  if (!visit) return undefined;
  const { person: who, names, browser, id, expiresAt } = visit;
  return { person: who, names, browser, ticket: { person: who, id, expiresAt } };
}

/** Takes the ticket's place. */
export function keepVisit(context: Context, { key, random }: AuthPortalParams, ticket: Ticket): void {
  keepCookie(context, 'visit', signValue(visitKind, key, { ...ticket, browser: random() }));
}

/** What the page is to say once; undefined in any other session than the one it happened in. */
export function resumptionIn(context: Context, { key, now }: AuthPortalParams, { browser }: Session): Resumption | undefined {
  const resumption = unexpired(readSignedValue(resumptionKind, key, textIn(context, 'resumption')), now());
  return resumption?.browser === browser ? resumption : undefined;
}

/** Outlasts one redirect. Signed, so that a page tells nobody what another site made up. */
export function keepResumption(context: Context, { key, now }: AuthPortalParams, resumption: Resumption): void {
  keepCookie(context, 'resumption', signValue(resumptionKind, key, { ...resumption, expiresAt: now() + 60_000 }));
}

type CookieName = 'session' | 'visit' | 'resumption';

export function dropCookie(context: Context, name: CookieName): void {
  deleteCookie(context, name, { prefix: 'host', secure: true });
}

function unexpired<Value extends { readonly expiresAt: number }>(value: Value | undefined, at: number): Value | undefined {
  return value && at < value.expiresAt ? value : undefined;
}

function textIn(context: Context, name: CookieName): string {
  return getCookie(context, name, 'host') ?? '';
}

function keepCookie(context: Context, name: CookieName, value: string): void {
  setCookie(context, name, value, {
    prefix: 'host',
    httpOnly: true,
    secure: true,
    // Strict would not survive the way back from Slack or a provider: that is a navigation from another site.
    sameSite: 'Lax',
    maxAge: sessionSeconds,
  });
}
