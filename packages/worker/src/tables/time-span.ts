/** From when and until when, not inclusive, in milliseconds: "2026-03" is all of March. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
  readonly hasZone: boolean;
}

const form =
  /^(?<year>\d{4})(?:[-/](?<month>\d\d?)(?:[-/](?<day>\d\d?)(?:[T ](?<hour>\d\d?):(?<minute>\d\d)(?::(?<second>\d\d)(?<part>\.\d+)?)?\s?(?<zone>Z|[+-]\d\d:?\d\d)?)?)?)?$/i;
const dotted = /^(\d\d?)\.(\d\d?)\.(\d{4})$/;

/** What a year, a month, a day or a time means; undefined for all else, and for what no calendar holds. `asWritten`: wherever it was so late. */
export function timeSpan(text: string, asWritten = false): TimeSpan | undefined {
  const { year, month, day, hour, minute, second, part, zone } = form.exec(text.trim().replace(dotted, '$3-$2-$1'))?.groups ?? {};
  if (year === undefined) return undefined;
  const [y, m, d, h, min, s] = [year, month ?? 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0].map(Number) as Six;
  const start = new Date(timeAt(y, m - 1, d, h, min, s));
  if (start.getUTCMonth() !== m - 1 || start.getUTCDate() !== d || h > 23 || min > 59 || s > 59) return undefined;
  const from = start.getTime() + Number(part ?? 0) * 1_000 - (asWritten ? 0 : offsetOf(zone));
  const hasZone = zone !== undefined;
  if (month === undefined) return { from, to: timeAt(y + 1, 0, 1), hasZone };
  if (day === undefined) return { from, to: timeAt(y, m, 1), hasZone };
  return { from, to: from + (hour === undefined ? 86_400_000 : shortest(second, part)), hasZone };
}

/** `Date.UTC` takes the years 0 to 99 for those from 1900 on. */
function timeAt(year: number, month: number, day: number, ...[hour = 0, minute = 0, second = 0]: readonly number[]): number {
  return new Date(new Date(0).setUTCFullYear(year, month, day)).setUTCHours(hour, minute, second);
}

type Six = [number, number, number, number, number, number];

function shortest(second: string | undefined, part: string | undefined): number {
  if (part !== undefined) return 1;
  return second === undefined ? 60_000 : 1_000;
}

function offsetOf(zone: string | undefined): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '') ?? [];
  return sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
}
