import type { Person } from '@vera/accounts/portal-ticket';
import { readSignedValue, signValue } from '@vera/accounts/signed-value';
import * as z from 'zod/mini';

/** Seconds a browser that showed a ticket may look at the pages. */
export const sessionSeconds = 15 * 60;

const sessionKind = {
  label: 'session-1',
  schema: z.object({ person: z.object({ teamId: z.string(), userId: z.string() }), expiresAt: z.int() }),
  longest: 2048,
};

/** The value of the session's cookie. `now` is epoch milliseconds. */
export function issueSession(key: string, person: Person, now: number): string {
  return signValue(sessionKind, key, { person, expiresAt: now + sessionSeconds * 1000 });
}

/** Whose session it is; undefined when it has ended or is not one of ours. The browser's own clock is not trusted to end it. */
export function readSession(key: string, text: string, now: number): Person | undefined {
  const session = readSignedValue(sessionKind, key, text);
  return session && now < session.expiresAt ? session.person : undefined;
}
