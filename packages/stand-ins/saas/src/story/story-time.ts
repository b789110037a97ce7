import { instantOf, localTimeAt } from './zoned-time.ts';

/** When a story plays, as its data file says. */
export interface StoryCalendar {
  /** The Monday of the week the story takes for the present one, such as `2026-11-23`. */
  readonly week: string;
  readonly zone: string;
}

export interface StoryTime {
  /** How many weeks the story is moved by; whole ones, so that Mondays stay Mondays. */
  readonly weeks: number;
  /** Epoch milliseconds of `2026-11-19T18:42`, `2026-11-19`, `now-25m`, `now+3d`. */
  at(text: string): number;
  /** The same, and never later than now: what is told has happened. */
  past(text: string): number;
  /** The day, as in `2026-11-25`. */
  day(text: string): string;
}

const weekBeginsAt = 9;
const dayMilliseconds = 86_400_000;
const units = { m: 60_000, h: 3_600_000, d: dayMilliseconds } as const;

/** Moves a story to the week in which `now` lies, so that what was yesterday is always yesterday. A week begins on Monday at 09:00. */
export function createStoryTime({ week, zone }: StoryCalendar, now: number): StoryTime {
  const local = localTimeAt(now - weekBeginsAt * 3_600_000, zone);
  const today = Date.UTC(local.year, local.month - 1, local.day);
  const weeks = Math.floor((today - Date.parse(week)) / dayMilliseconds / 7);

  const at = (text: string) => {
    const [, sign, amount, unit] = /^now(?:([+-])(\d+)([mhd]))?$/.exec(text) ?? [];
    if (text === 'now') return now;
    if (amount) return now + Number(`${sign}${amount}`) * units[unit as keyof typeof units];
    const [, year, month, day, hour, minute] = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/.exec(text) ?? [];
    if (!year) throw new Error(`No time of a story: ${text}`);
    const moved = { year: Number(year), month: Number(month), day: Number(day) + weeks * 7 };
    return instantOf({ ...moved, hour: Number(hour ?? 0), minute: Number(minute ?? 0) }, zone);
  };
  return {
    weeks,
    at,
    past: (text) => Math.min(at(text), now),
    day(text) {
      const { year, month, day } = localTimeAt(at(text), zone);
      return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
    },
  };
}
