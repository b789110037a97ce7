import { offsetAt } from '../story/zoned-time.ts';

/** A time as Jira writes it: in the zone of who asks, as in `2026-11-23T09:40:00.000+0000`. */
export function jiraTime(instant: number, zone: string): string {
  const offset = Math.round(offsetAt(instant, zone) / 60_000);
  const two = (number: number) => String(number).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  const ahead = `${sign}${two(Math.floor(Math.abs(offset) / 60))}${two(Math.abs(offset) % 60)}`;
  return new Date(instant + offset * 60_000).toISOString().replace('Z', ahead);
}
