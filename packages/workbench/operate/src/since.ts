import { UsageError } from './usage-error.ts';

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A time in the past, in epoch milliseconds: `2h` ago, or at `2026-11-30T10:00Z`. */
export function sinceOf(words: string, now: number): number {
  const [, count, unit] = /^(\d{1,5})([smhd])$/.exec(words) ?? [];
  const at = count === undefined ? Date.parse(words) : now - Number(count) * units[unit as keyof typeof units];
  if (Number.isNaN(at) || at > now)
    throw new UsageError(`--since takes how long ago (30m, 2h, 7d) or a time (2026-11-30T10:00Z), not "${words}".`);
  return at;
}
