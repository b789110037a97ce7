import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Person } from '@vera/accounts/portal-ticket';
import { readStandingRequest, type StandingRequest, toStandingRequest } from './standing-request.ts';

/** A standing request that somebody is asked to say yes to: all of it is in the button, so that nothing is kept before the yes. */
export interface OfferedRequests {
  /** For the button, within its 2,000 characters: good for this person and these words, so long. */
  valueOf(person: Person, standing: StandingRequest, questionId: string): string;
  /** Undefined for what was not offered to this person, or too long ago. */
  read(value: string, person: Person): { readonly standing: StandingRequest; readonly token: string } | undefined;
}

/** Milliseconds, as long as an approval is good. */
const offeredFor = 15 * 60_000;

export function createOfferedRequests(key: string, now: () => number): OfferedRequests {
  const sign = ({ teamId, userId }: Person, rest: string) =>
    createHmac('sha256', key).update(`standing request|${teamId}|${userId}|${rest}`).digest('base64url');
  return {
    valueOf(person, given, questionId) {
      const rest = `${now() + offeredFor}|${questionId}|${JSON.stringify(toStandingRequest(given))}`;
      return `${sign(person, rest)}|${rest}`;
    },
    read(value, person) {
      const [, signature = '', rest = '', until, questionId, json = ''] = /^([\w-]{43})\|((\d+)\|([^|]+)\|(.+))$/s.exec(value) ?? [];
      const isOurs = signature !== '' && timingSafeEqual(Buffer.from(signature), Buffer.from(sign(person, rest)));
      const standing = readStandingRequest(json);
      if (!isOurs || !standing || now() > Number(until)) return undefined;
      return { standing, token: `${questionId}-${signature}` };
    },
  };
}
