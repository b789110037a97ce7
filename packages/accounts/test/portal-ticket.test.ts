import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { issueTicket, readTicket } from '../src/portal-ticket.ts';
import { readSignedValue, signValue } from '../src/signed-value.ts';

const key = 'a-key-of-thirty-two-characters-x';
const ann = { teamId: 'T01', userId: 'U0ANN' };
const now = 1_766_458_030_000;
const tenMinutes = 600_000;
const ticket = issueTicket(key, ann, 'id-1', now);

/** Any UTF-16 text, halves of characters among them. */
const anyText = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength, maxLength }).map((units) => String.fromCharCode(...units));
const odd = anyText(1, 64);
const anyone = fc.record({ teamId: odd, userId: odd });

describe('a portal ticket', () => {
  it('keeps the longest names that people have, in a link that Slack takes', () => {
    const names = { person: '谁'.repeat(80), team: '"'.repeat(80) };
    const named = issueTicket(key, { ...ann, names }, 'i'.repeat(64), now);
    expect(readTicket(key, named, now)).toMatchObject({ kind: 'valid', ticket: { names } });
    expect(() => issueTicket(key, { ...ann, names: { ...names, team: 'x'.repeat(81) } }, 'id-1', now)).toThrow();
  });

  it('says whose it is, which one it is and until when, for ten minutes', () => {
    const valid = { kind: 'valid', ticket: { person: ann, id: 'id-1', expiresAt: now + tenMinutes } };
    expect(readTicket(key, ticket, now)).toEqual(valid);
    expect(readTicket(key, ticket, now + tenMinutes - 1)).toEqual(valid);
    expect(readTicket(key, ticket, now + tenMinutes)).toEqual({ kind: 'expired' });
    expect(readTicket(key, ticket, Number.MAX_SAFE_INTEGER)).toEqual({ kind: 'expired' });
  });

  it('keeps whatever ids it was given apart, and fits a URL as it is', () => {
    fc.assert(
      fc.property(anyone, odd, anyone, (person, id, other) => {
        const text = issueTicket(key, person, id, now);
        expect(text).toMatch(/^[\w.-]{1,2048}$/);
        expect(readTicket(key, text, now)).toMatchObject({ kind: 'valid', ticket: { person, id } });
        const isSame = person.teamId === other.teamId && person.userId === other.userId;
        expect(issueTicket(key, other, id, now) === text).toBe(isSame);
      }),
    );
    const glued = [ann, { teamId: 'T0', userId: '1U0ANN' }, { teamId: 'T01","userId":"U0', userId: 'ANN' }];
    expect(new Set(glued.map((person) => issueTicket(key, person, 'id-1', now))).size).toBe(3);
  });

  it('is refused after any change of any character', () => {
    const isRefused = (changed: string) => changed === ticket || readTicket(key, changed, now).kind === 'forged';
    const change = fc.record({ at: fc.nat(ticket.length), removed: fc.nat(3), added: anyText(0, 3) });
    fc.assert(fc.property(change, ({ at, removed, added }) => isRefused(ticket.slice(0, at) + added + ticket.slice(at + removed))));
    for (let at = 0; at < ticket.length; at += 1) {
      const neighbour = String.fromCharCode(ticket.charCodeAt(at) ^ 1);
      const [before, after] = [ticket.slice(0, at), ticket.slice(at + 1)];
      expect([before + after, before + neighbour + after].map(isRefused), `at ${at}`).toEqual([true, true]);
    }
  });

  it('is refused in every other spelling of the same bytes', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. ';
    for (const last of alphabet) {
      const spelt = ticket.slice(0, -1) + last;
      if (spelt !== ticket) expect(readTicket(key, spelt, now)).toEqual({ kind: 'forged' });
    }
    for (const spelt of [`${ticket}=`, `${ticket}\n`, ` ${ticket}`, `${ticket}.`, ticket.toUpperCase(), ticket.replace('.', '..')])
      expect(readTicket(key, spelt, now)).toEqual({ kind: 'forged' });
  });

  it('does not live longer when its time is changed, and does not even count as expired then', () => {
    const stretched = Buffer.from(ticket.split('.')[1]!, 'base64url')
      .toString()
      .replace(/\d{13}/, '9999999999999');
    const [label, , signature] = ticket.split('.');
    const forged = `${label}.${Buffer.from(stretched).toString('base64url')}.${signature}`;
    for (const at of [now, now + 2 * tenMinutes]) expect(readTicket(key, forged, at)).toEqual({ kind: 'forged' });
  });

  it('is refused by whoever has another key', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 32 }), (other) => {
        fc.pre(other !== key);
        expect(readTicket(other, ticket, now)).toEqual({ kind: 'forged' });
      }),
    );
  });

  it('is forged, and nothing throws, for any other text', () => {
    const parts = fc.array(fc.oneof(anyText(0, 20), fc.constantFrom('ticket-1', '', '.', '%00', '\ud800')));
    const texts = fc.oneof(
      odd,
      anyText(0, 3000),
      parts.map((all) => all.join('.')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(readTicket(key, text, now)).toEqual({ kind: 'forged' });
      }),
    );
    expect(readTicket(key, 'a'.repeat(5_000_000), now)).toEqual({ kind: 'forged' });
  });

  it('is not made for nobody, nor for a name without end', () => {
    for (const userId of ['', 'U'.repeat(65)]) expect(() => issueTicket(key, { teamId: 'T01', userId }, 'id-1', now)).toThrow();
  });
});

describe('a signed value', () => {
  const schema = z.object({ person: z.object({ teamId: z.string(), userId: z.string() }), id: z.string(), expiresAt: z.int() });
  const value = { person: ann, id: 'id-1', expiresAt: now + tenMinutes };

  it('of one kind is refused as another, though key and shape are the same', () => {
    const session = { label: 'session-1', schema, longest: 2048 };
    expect(readSignedValue(session, key, signValue(session, key, value))).toEqual(value);
    for (const text of [ticket, ticket.replace('ticket-1', 'session-1')]) expect(readSignedValue(session, key, text)).toBeUndefined();
    expect(readTicket(key, signValue(session, key, value), now)).toEqual({ kind: 'forged' });
    expect(signValue({ ...session, label: 'ticket-1' }, key, value)).toBe(ticket);
  });

  it('of another shape is refused, though it was signed', () => {
    const loose = { label: 'ticket-1', schema: z.unknown(), longest: 2048 };
    for (const odd of [null, 'text', { ...value, expiresAt: 'never' }, { ...value, person: {} }])
      expect(readTicket(key, signValue(loose, key, odd), now)).toEqual({ kind: 'forged' });
  });

  it('is not read beyond its longest', () => {
    const kind = { label: 'note-1', schema: z.string(), longest: 100 };
    const long = signValue(kind, key, 'x'.repeat(100));
    expect(readSignedValue(kind, key, long)).toBeUndefined();
    expect(readSignedValue({ ...kind, longest: 1000 }, key, long)).toBe('x'.repeat(100));
  });
});
