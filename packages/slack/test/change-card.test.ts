import { growthOf } from '@vera/stand-in-kit/growth-of';
import { describe, expect, test } from 'vitest';
import { changeCard, changeDiff, fitsOnCard } from '../src/change-card.ts';
import { changeOf } from './change-of.ts';

const lines = (mark: string, count: number) => Array.from({ length: count }, (_, index) => `${mark}${index}`).join('\n');

describe('what a person approves', () => {
  test('is on the card to its last character, the title and the names of the fields too', () => {
    const title = `Create the page "${'long '.repeat(50)}" in the space SECRET`;
    const field = `${'name '.repeat(30)}of the field`;
    const change = changeOf({ title, fields: [{ field, after: 'x' }] });
    expect(fitsOnCard(change)).toBe(true);
    const shown = JSON.stringify(changeCard(change, '100.000001').blocks);
    expect(shown).toContain('in the space SECRET');
    expect(shown).toContain('of the field');
  });

  test.each([
    ['a title', { title: 'x'.repeat(501), fields: [] }],
    ['a title that is longer once what no eye sees is made visible', { title: '\u{202e}'.repeat(300), fields: [] }],
    ['the name of a field', { title: 'x', fields: [{ field: 'n'.repeat(201), after: 'x' }] }],
    ['more fields', { title: 'x', fields: Array.from({ length: 31 }, () => ({ field: 'f', after: 'x' })) }],
    ['a text', { title: 'x', fields: [{ field: 'f', after: 'x'.repeat(9_000) }] }],
  ])('is not asked for when %s would be cut', (_, change) => {
    expect(fitsOnCard(change)).toBe(false);
  });

  test('is known in no time, however much would change', async () => {
    const fits = (count: number) =>
      fitsOnCard({ title: 'x', fields: [{ field: 'Text', before: lines('a', count), after: lines('b', count) }] });
    expect(fits(25_000)).toBe(false);
    expect(await growthOf((text) => fits(text.length / 4), 'line')).toBeLessThan(15);
  });

  test('shows what goes and what comes when nearly everything changes', () => {
    const shown = changeDiff({ field: 'Text', before: `${lines('a', 5_000)}\nlast`, after: `${lines('b', 10)}\nlast` });
    expect(shown).toMatch(/^-a0\n-a1\n/);
    expect(shown).toContain('-last\n+b0\n');
    expect(shown).toMatch(/\+b9\n\+last$/);
  });
});

test.each([
  ['expired', {}],
  ['withdrawn', { isWithdrawn: true }],
  ['stopped', { result: { text: 'It was stopped before it began.' } }],
] as const)('a card that is %s says so in a notification, too', (words, more) => {
  expect(changeCard(changeOf({ state: 'expired', ...more }), '100.000001').text).toBe(`Write a note: ${words}`);
});
