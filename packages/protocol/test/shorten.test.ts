import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shorten, textLimits, wholeEnd } from '../src/shorten.ts';

const limits = fc.oneof(fc.nat(40), fc.constantFrom(...Object.values(textLimits)));
/** Lone surrogates, emoji of several parts, accents that stand by themselves. */
const texts = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 200 }),
  fc.array(fc.constantFrom('👩‍👩‍👧‍👦', '🇩🇪', '👍🏽', 'e\u0301', '😀', 'x', '&', '\r\n'), { maxLength: 80 }).map((parts) => parts.join('')),
);
const long = fc.tuple(texts, fc.nat(800)).map(([text, times]) => text.repeat(times % 97 === 0 ? times : 1));
const escapedSize = (text: string) => text.replaceAll('&', '&amp;').length;

describe('a shortened text', () => {
  test('any text is well-formed within any limit, and its beginning with the notice when it was cut', () => {
    fc.assert(
      fc.property(long, limits, fc.constantFrom('…', '', '\n(Cut here.)'), (text, limit, notice) => {
        const short = shorten(text, limit, { notice });
        expect(short.isWellFormed()).toBe(true);
        expect(short.length).toBeLessThanOrEqual(limit);
        const whole = text.toWellFormed();
        if (whole.length <= limit) {
          expect(short).toBe(whole);
          return;
        }
        const end = notice.length <= limit ? notice : '';
        expect(short.endsWith(end)).toBe(true);
        expect(whole.startsWith(short.slice(0, short.length - end.length))).toBe(true);
      }),
    );
  });

  test('is cut where people see one character end, and gives up no more than that one', () => {
    fc.assert(
      fc.property(texts, fc.nat(300), (text, end) => {
        const at = wholeEnd(text, end);
        const starts = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ index }) => index);
        if (end >= text.length) {
          expect(at).toBe(text.length);
          return;
        }
        const nearest = starts.findLast((index) => index <= end) ?? 0;
        // What is longer than a character can be is parted all the same, and flags in a row may pair up otherwise.
        if (end - nearest < 60 && !/\p{Regional_Indicator}/u.test(text)) expect(at).toBe(nearest);
        expect([at <= end, end - at <= 64]).toEqual([true, true]);
      }),
    );
  });

  test('of escapes as many fit as the limit takes, and hardly fewer', () => {
    fc.assert(
      fc.property(texts, limits, (text, limit) => {
        const short = shorten(text, limit, { sizeOf: escapedSize });
        expect(escapedSize(short)).toBeLessThanOrEqual(limit);
        if (escapedSize(text.toWellFormed()) <= limit) expect(short).toBe(text.toWellFormed());
      }),
    );
    expect(shorten('&'.repeat(100), 101, { sizeOf: escapedSize })).toBe(`${'&'.repeat(20)}…`);
  });

  test.each([
    ['a family', `${'x'.repeat(8)}👩‍👩‍👧‍👦!`, 12, `${'x'.repeat(8)}…`],
    ['an accent', 'xe\u0301x', 3, 'x…'],
    ['half a character that was there', 'a\ud83d', 5, 'a\ufffd'],
    ['no room for the notice', 'abc', 0, ''],
    ['no room at all', 'abc', -3, ''],
    ['a family far into a long text', `${'x'.repeat(200)}👩‍👩‍👧‍👦!`, 204, `${'x'.repeat(200)}…`],
    ['what stands before a character far into a long text', `${'x'.repeat(200)}yz`, 201, `${'x'.repeat(200)}…`],
    ['half a sign above one letter that has many', `x${'\u{1d165}'.repeat(150)}`, 201, `x${'\u{1d165}'.repeat(99)}…`],
    ['one letter under many accents', `x${'\u0301'.repeat(300)}`, 200, `x${'\u0301'.repeat(198)}…`],
  ])('%s', (_, text, limit, short) => {
    expect(shorten(text, limit)).toBe(short);
  });
});
