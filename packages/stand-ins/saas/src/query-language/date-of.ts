import { instantOf, localTimeAt } from '../story/zoned-time.ts';

/** Time as the person who asks sees it. */
export interface QueryClock {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly zone: string;
}

const minute = 60_000;
const lengths: Readonly<Record<string, number>> = { m: minute, h: 60 * minute, d: 1_440 * minute, w: 10_080 * minute };

/** A day, a minute or a period back from now (`-7d`, `4w 2d`), in epoch milliseconds; nothing for what is none of these. */
export function dateOf(text: string, { now, zone }: QueryClock): number | undefined {
  const written = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/.exec(text.trim());
  if (written) {
    const [year = 0, month = 0, day = 0, hour = 0, minutes = 0] = written.slice(1).map((part) => Number(part ?? 0));
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minutes > 59) return undefined;
    return instantOf({ year, month, day, hour, minute: minutes }, zone);
  }
  const period = periodOf(text);
  return period === undefined ? undefined : now + period;
}

/** Milliseconds of `-7d`, `4w 2d`, `+1h`, `30m`; a sign counts for all of it. Months there are none: `-30d`. */
export function periodOf(text: string): number | undefined {
  const [, sign, rest] = /^([+-]?)((?:\d+[wdhm])(?:\s*\d+[wdhm])*)$/.exec(text.trim()) ?? [];
  if (!rest) return undefined;
  const total = [...rest.matchAll(/(\d+)([wdhm])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (lengths[unit ?? ''] ?? 0),
    0,
  );
  return sign === '-' ? -total : total;
}

/** `startOfDay()`, `endOfWeek("-1w")`, `now()`; nothing for another function. */
export function dateOfFunction(name: string, [shift]: readonly string[], { now, zone }: QueryClock): number | undefined {
  if (name.toLowerCase() === 'now') return now + (shift === undefined ? 0 : (periodOf(shift) ?? Number.NaN));
  const [, edge, unit] = /^(start|end)of(day|week|month|year)$/i.exec(name) ?? [];
  if (!edge || !unit) return undefined;
  const { year, month, day } = localTimeAt(now, zone);
  const amount = shift === undefined ? 0 : Number(/^([+-]?\d+)[dwMyhm]?$/.exec(shift)?.[1] ?? Number.NaN);
  const start = (by: number) => {
    switch (unit.toLowerCase()) {
      case 'day':
        return instantOf({ year, month, day: day + by }, zone);
      case 'week': {
        const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
        return instantOf({ year, month, day: day - ((weekday + 6) % 7) + by * 7 }, zone);
      }
      case 'month':
        return instantOf({ year, month: month + by, day: 1 }, zone);
      default:
        return instantOf({ year: year + by, month: 1, day: 1 }, zone);
    }
  };
  return edge.toLowerCase() === 'start' ? start(amount) : start(amount + 1) - 1;
}
