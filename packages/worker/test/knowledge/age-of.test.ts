import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOf } from '../../src/knowledge/age-of.ts';

const now = Date.UTC(2026, 10, 30, 12);
const params = { now, outdatedDays: 180 };
const outdated = { told: 'outdated, last updated 2026-02-28, 9 months ago', warning: 'outdated: 9 months old' };
const undated = { told: 'undated', warning: 'undated' };
const nineMonthsAgo = Date.UTC(2026, 1, 28);

describe('M16 a document', () => {
  test.each([
    ['ISO', { updated: '2026-02-28' }],
    ['ISO with a time', { updated: '2026-02-28T09:30:00Z' }],
    ['ISO with a zone', { updated: ' 2026-02-28T09:30:00.5+02:00 ' }],
    ['ISO with a blank', { updated: '2026-02-28 09:30' }],
    ['milliseconds', { updated: nineMonthsAgo }],
    ['seconds', { updated: nineMonthsAgo / 1_000 }],
    ['seconds as text', { updated: String(nineMonthsAgo / 1_000) }],
    ['digits of a day', { updated: 20260228 }],
    ['Kendra', { _last_updated_at: '2026-02-28T09:30:00Z' }],
    ['another name', { 'Last-Modified': '2026-02-28' }],
    ['a name of Bedrock’s kind', { 'x-amz-bedrock-kb-last-modified': '2026-02-28' }],
    ['one of two names', { updated: 'March', lastModified: '2026-02-28' }],
  ])('whose last change was nine months ago is outdated: %s', (_, metadata) => {
    expect(ageOf(metadata, params)).toEqual(outdated);
  });

  test.each([
    [{}],
    [{ updated: 'March' }],
    [{ updated: '28 February 2026' }],
    [{ updated: '02/03/2026' }],
    [{ updated: '2026-02-31' }],
    [{ updated: '2026-13-01' }],
    [{ updated: '2026-02-28T25:00:00Z' }],
    [{ updated: 2026 }],
    [{ updated: '2026' }],
    [{ updated: 0 }],
    [{ updated: -1 }],
    [{ updated: Number.NaN }],
    [{ updated: Number.POSITIVE_INFINITY }],
    [{ updated: 1e300 }],
    [{ updated: '9'.repeat(400) }],
    [{ updated: null }],
    [{ updated: true }],
    [{ updated: ['2026-02-28'] }],
    [{ updated: { at: '2026-02-28' } }],
    [{ updated: '2027-01-01' }],
    [{ created: '2026-11-29' }],
    [{ reviewDue: '2026-11-29' }],
  ])('of which that is not known is undated, never current: %j', (metadata) => {
    expect(ageOf(metadata, params)).toEqual(undated);
  });

  test('of today in another zone is current', () => {
    expect(ageOf({ updated: '2026-12-01' }, params)).toEqual({ told: 'updated 2026-12-01' });
  });

  test('is outdated from the day that the settings say', () => {
    const days = (count: number) => ({ updated: now - count * 86_400_000 });
    expect(ageOf(days(179), params).warning).toBeUndefined();
    expect(ageOf(days(60), { ...params, outdatedDays: 30 }).warning).toBe('outdated: 2 months old');
    expect(ageOf(days(180), params).warning).toBe('outdated: 5 months old');
    expect(ageOf(days(1), { now, outdatedDays: 1 }).warning).toBe('outdated: 1 day old');
    expect(ageOf(days(59), { now, outdatedDays: 1 }).warning).toBe('outdated: 59 days old');
    expect(ageOf(days(800), params).warning).toBe('outdated: 2 years old');
  });

  test('with whatever metadata has an age, and never a date that is not there', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('updated', 'lastModified', 'title'), fc.anything()), (metadata) => {
        const { told } = ageOf(metadata, params);
        expect(told).toMatch(/^(?:undated|updated \d{4}-\d\d-\d\d|outdated, last updated \d{4}-\d\d-\d\d, \d+ \w+ ago)$/);
      }),
      { numRuns: 300 },
    );
  });
});
