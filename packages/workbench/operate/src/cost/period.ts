import { UsageError } from '../usage-error.ts';

/** A span of time, in epoch milliseconds. Days are those of UTC, as budgets count them. */
export interface Period {
  readonly from: number;
  /** No longer part of it. */
  readonly until: number;
}

export const periodOptions = { since: { type: 'string' }, days: { type: 'string' }, yesterday: { type: 'boolean' } } as const;

export const periodHelp = `  --days N          the last N days, today included (7)
  --yesterday       that day
  --since DAY       from that day on, as in 2026-11-29; days are those of UTC`;

interface PeriodValues {
  readonly since?: string | undefined;
  readonly days?: string | undefined;
  readonly yesterday?: boolean | undefined;
}

const day = 86_400_000;

export function periodOf({ since, days, yesterday }: PeriodValues, now: number): Period {
  if ([since, days, yesterday].filter((value) => value !== undefined).length > 1)
    throw new UsageError('Choose one of --days, --yesterday and --since.');
  const today = Math.floor(now / day) * day;
  if (yesterday) return { from: today - day, until: today };
  if (since !== undefined) return { from: sinceOf(since, now), until: now };
  const count = Number(days ?? 7);
  if (!Number.isInteger(count) || count < 1) throw new UsageError('--days is a whole number above 0.');
  return { from: today - (count - 1) * day, until: now };
}

export function daysIn({ from, until }: Period): readonly string[] {
  const first = Math.floor(from / day) * day;
  return Array.from({ length: Math.max(1, Math.ceil((until - first) / day)) }, (_, index) => dayOf(first + index * day));
}

/** `2026-11-29`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** When it is over, in epoch milliseconds. */
export function endOf(named: string): number {
  return Date.parse(`${named}T00:00:00Z`) + day;
}

/** `2026-11-29 21:20 UTC`. */
export function momentOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function sinceOf(text: string, now: number): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || dayOf(at) !== text) throw new UsageError(`--since ${text} is no day, such as 2026-11-29.`);
  if (at > now) throw new UsageError(`--since ${text} is yet to come.`);
  return at;
}
