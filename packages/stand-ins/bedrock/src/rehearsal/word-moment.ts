const moment = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** `Mon 30 Nov, 09:00 UTC` of an ISO moment, in the offset it came with; undefined for anything else. */
export function wordMoment(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const match = moment.exec(value);
  if (!match) return undefined;
  // The wall clock of its own offset: read as if it were UTC.
  const date = new Date(`${value.slice(0, 10)}T${value.slice(11, 16) || '00:00'}:00Z`);
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
    .format(date)
    .replace(',', '');
  if (value.length <= 10) return day;
  const offset = match[1] ?? '';
  const zone = offset === '' ? '' : offsetName(offset);
  return `${day}, ${value.slice(11, 16)}${zone}`;
}

function offsetName(offset: string): string {
  return /^(?:Z|[+-]00:?00)$/.test(offset) ? ' UTC' : ` UTC${offset}`;
}
