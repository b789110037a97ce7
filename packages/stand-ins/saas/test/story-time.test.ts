import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStoryTime } from '../src/story/story-time.ts';
import { instantOf, localTimeAt } from '../src/story/zoned-time.ts';

const calendar = { week: '2026-11-23', zone: 'Europe/Dublin' };
const iso = (instant: number) => new Date(instant).toISOString();

describe('the time of a story', () => {
  it('is its own in its own week', () => {
    const time = createStoryTime(calendar, Date.parse('2026-11-26T10:00:00Z'));
    expect(time.weeks).toBe(0);
    expect(iso(time.at('2026-11-19T18:42'))).toBe('2026-11-19T18:42:00.000Z');
    // Summer time in Dublin.
    expect(iso(time.at('2026-08-04T09:14'))).toBe('2026-08-04T08:14:00.000Z');
    expect(iso(time.at('now-25m'))).toBe('2026-11-26T09:35:00.000Z');
  });

  it('moves by whole weeks, Mondays at nine being the first moment of a week', () => {
    expect(createStoryTime(calendar, Date.parse('2026-11-23T08:59:59Z')).weeks).toBe(-1);
    expect(createStoryTime(calendar, Date.parse('2026-11-23T09:00:00Z')).weeks).toBe(0);
    const summer = createStoryTime(calendar, Date.parse('2027-07-14T12:00:00Z'));
    expect(iso(summer.at('2026-11-19T18:42'))).toBe('2027-07-08T17:42:00.000Z');
    expect(summer.day('2026-11-25')).toBe('2027-07-14');
  });

  it('never tells of the future as past', () => {
    const now = Date.parse('2026-11-23T09:10:00Z');
    const time = createStoryTime(calendar, now);
    expect(time.past('2026-11-23T09:40')).toBe(now);
    expect(time.at('2026-11-23T09:40')).toBeGreaterThan(now);
  });

  it('refuses what is no time', () => {
    expect(() => createStoryTime(calendar, 0).at('soon')).toThrow('No time of a story: soon');
  });

  it('keeps what happened last week in last week, whenever it is told', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), (now) => {
        const age = now.getTime() - createStoryTime(calendar, now.getTime()).at('2026-11-19T18:42');
        const hour = 3_600_000;
        return age > 86 * hour - hour && age < 86 * hour + 8 * 24 * hour;
      }),
    );
  });

  it('finds the moment that clocks show, wherever they are', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        fc.constantFrom('Europe/Dublin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC'),
        (date, zone) => {
          const shown = localTimeAt(Math.floor(date.getTime() / 1_000) * 1_000, zone);
          // An hour that clocks show twice may mean either.
          return JSON.stringify(localTimeAt(instantOf(shown, zone), zone)) === JSON.stringify(shown);
        },
      ),
    );
  });
});
