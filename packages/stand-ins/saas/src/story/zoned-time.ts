/** A moment on the clock of some time zone. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show. Throws a RangeError for a zone nobody knows. */
export function localTimeAt(instant: number, zone: string): LocalTime {
  const parts = formatFor(zone).formatToParts(instant);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return { year: read('year'), month: read('month'), day: read('day'), hour: read('hour'), minute: read('minute'), second: read('second') };
}

/** The moment at which the clocks of a zone show this. Days may run over: the 32nd is the 1st of the next month. */
export function instantOf({ year, month, day, hour = 0, minute = 0, second = 0 }: Partial<LocalTime> & Date3, zone: string): number {
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  const guess = asUtc - offsetAt(asUtc, zone);
  return asUtc - offsetAt(guess, zone);
}

interface Date3 {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** How far a zone is ahead of UTC, in milliseconds. */
export function offsetAt(instant: number, zone: string): number {
  const { year, month, day, hour, minute, second } = localTimeAt(instant, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1_000) * 1_000;
}

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}
