import { isValidSlackRequest } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSignedBySlack, type SignedRequest } from '../src/slack-signature.ts';
import { sign, signingSecret } from './sign.ts';

/** From https://docs.slack.dev/authentication/verifying-requests-from-slack. */
const published = {
  timestamp: '1531420618',
  body: Buffer.from(
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  ),
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
};
const now = 1_531_420_618_000;
const isSigned = (change: Partial<SignedRequest> = {}, at = now) => isSignedBySlack({ ...published, ...change }, signingSecret, at);

describe("Slack's signature", () => {
  it('is right for the published example', () => {
    expect(isSigned()).toBe(true);
  });

  it('is wrong for another body, time or secret', () => {
    expect(isSigned({ body: Buffer.from(published.body.toString().replace('foobar', 'foobaz')) })).toBe(false);
    expect(isSigned({ body: new Uint8Array() })).toBe(false);
    expect(isSigned({ timestamp: '1531420619' })).toBe(false);
    expect(isSignedBySlack(published, `${signingSecret} `, now)).toBe(false);
  });

  it('covers the bytes, not the text they stand for', () => {
    const body = Uint8Array.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]);
    const timestamp = published.timestamp;
    expect(isSigned({ body, signature: sign(body, timestamp) })).toBe(true);
    expect(isSigned({ body, signature: sign(new TextDecoder().decode(body), timestamp) })).toBe(false);
  });

  it('R1 missing, or only half there, is none', () => {
    expect(isSigned({ signature: null })).toBe(false);
    expect(isSigned({ timestamp: null })).toBe(false);
    expect(isSigned({ signature: null, timestamp: null })).toBe(false);
    expect(isSigned({ signature: '' })).toBe(false);
    expect(isSigned({ timestamp: '', signature: sign(published.body, '') })).toBe(false);
  });

  it('R2 of another length, or with characters beyond ASCII, is wrong without an exception', () => {
    const { signature } = published;
    const others = [
      signature.slice(0, -1),
      `${signature}0`,
      'v0=',
      'v0',
      signature.slice(3),
      `v1${signature.slice(2)}`,
      signature.toUpperCase(),
      ` ${signature}`,
      `${signature},${signature}`,
      `v0=${'é'.repeat(64)}`,
      `${signature.slice(0, -1)}é`,
      `${signature.slice(0, -2)}é`,
      `v0=${'\u0000'.repeat(64)}`,
      '😀'.repeat(17),
      'x'.repeat(100_000),
    ];
    for (const other of others) expect(isSigned({ signature: other }), other.slice(0, 80)).toBe(false);
  });

  it('R3 is refused six minutes after and six minutes before its time, and taken within five', () => {
    for (const minutes of [-6, 6]) expect(isSigned({}, now + minutes * 60_000)).toBe(false);
    for (const milliseconds of [-300_001, 300_001]) expect(isSigned({}, now + milliseconds)).toBe(false);
    for (const milliseconds of [-300_000, -1, 0, 1, 300_000]) expect(isSigned({}, now + milliseconds)).toBe(true);
  });

  it('R3 is refused with a timestamp that is not a number, though it was signed', () => {
    const odd = [
      '',
      ' ',
      'now',
      'NaN',
      'Infinity',
      '1531420618.5',
      '-1531420618',
      '+1531420618',
      '0x5b47a04a',
      '1.531420618e9',
      ' 1531420618',
      '١٥٣١٤٢٠٦١٨',
      '1531420618,1531420618',
    ];
    for (const timestamp of odd) expect(isSigned({ timestamp, signature: sign(published.body, timestamp) }), timestamp).toBe(false);
  });

  it("agrees with Slack's own framework on any body and any recent time", () => {
    const secrets = fc.constantFrom(signingSecret, 'another');
    const offsets = fc.integer({ min: -600, max: 0 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), offsets, secrets, fc.boolean(), (body, offset, secret, isBroken) => {
        const timestamp = now / 1000 + offset;
        const signature = sign(body, timestamp, secret) + (isBroken ? '0' : '');
        const theirs = isValidSlackRequest({
          signingSecret,
          body,
          headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp },
          nowMilliseconds: now,
        });
        const request = { body: Buffer.from(body), timestamp: String(timestamp), signature };
        expect(isSignedBySlack(request, signingSecret, now)).toBe(theirs);
      }),
      { numRuns: 300 },
    );
  });

  it('has an answer to any bytes and headers', () => {
    const header = fc.option(fc.string({ unit: 'binary' }), { nil: null });
    fc.assert(
      fc.property(fc.uint8Array(), header, header, (body, timestamp, signature) => {
        expect(isSignedBySlack({ body, timestamp, signature }, signingSecret, now)).toBe(false);
      }),
    );
  });
});
