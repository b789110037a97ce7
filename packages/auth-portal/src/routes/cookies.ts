import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { AuthPortalParams } from '../auth-portal.ts';
import { type Resumption, readResumption, readSession, readVisit, type Session, sessionSeconds, type Visit } from '../session.ts';

type CookieName = 'session' | 'visit' | 'resumption';

/** What the browser showed of itself. */
export function sessionIn(context: Context, { key, now }: AuthPortalParams): Session | undefined {
  return readSession(key, getCookie(context, 'session', 'host') ?? '', now());
}

export function visitIn(context: Context, { key, now }: AuthPortalParams): Visit | undefined {
  return readVisit(key, getCookie(context, 'visit', 'host') ?? '', now());
}

/** What the page is to say once. */
export function resumptionIn(context: Context, { key, now }: AuthPortalParams, session: Session): Resumption | undefined {
  return readResumption(key, getCookie(context, 'resumption', 'host') ?? '', session, now());
}

export function keepCookie(context: Context, name: CookieName, value: string): void {
  setCookie(context, name, value, {
    prefix: 'host',
    httpOnly: true,
    secure: true,
    // Strict would not survive the way back from Slack or a provider: that is a navigation from another site.
    sameSite: 'Lax',
    maxAge: sessionSeconds,
  });
}

export function dropCookie(context: Context, name: CookieName): void {
  deleteCookie(context, name, { prefix: 'host', secure: true });
}
