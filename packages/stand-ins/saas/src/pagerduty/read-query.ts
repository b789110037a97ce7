import { numberOf } from '../http/route.ts';
import { localTimeAt, offsetAt } from '../story/zoned-time.ts';
import { invalidInput } from './pagerduty-refusal.ts';

const deepest = 10_000;

/** A page by `offset` and `limit`, under the name of what is listed. The total is counted only when `total=true` asks for it. */
export function listPage<Item>(name: string, items: readonly Item[], query: URLSearchParams, toView: (item: Item) => object): object {
  const limit = numberOf(query.get('limit'), { otherwise: 25, least: 1, most: 100 });
  const offset = numberOf(query.get('offset'), { otherwise: 0 });
  if (offset + limit > deepest) throw invalidInput(`Offset plus limit cannot exceed ${deepest}.`);
  const page = items.slice(offset, offset + limit);
  return {
    [name]: page.map(toView),
    limit,
    offset,
    total: query.get('total') === 'true' ? items.length : null,
    more: offset + page.length < items.length,
  };
}

/** Those whose name holds what `query` says; all without it. */
export function named<Item extends { readonly name: string }>(items: readonly Item[], query: URLSearchParams): Item[] {
  const wanted = query.get('query')?.toLowerCase() ?? '';
  return items.filter(({ name }) => name.toLowerCase().includes(wanted)).toSorted((one, other) => one.name.localeCompare(other.name));
}

/** A time of the query string, in epoch milliseconds. */
export function readTime(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw invalidInput(`${name[0]?.toUpperCase()}${name.slice(1)} is not a valid date/time.`);
  return instant;
}

/** How times are written: in UTC, or in the zone that `time_zone` asks for. */
export function timeWriter(query: URLSearchParams): (instant: number) => string {
  const zone = query.get('time_zone');
  if (zone === null) return (instant) => new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
  if (!isZone(zone)) throw invalidInput(`Time zone '${zone}' is not valid.`);
  return (instant) => {
    const offset = Math.round(offsetAt(instant, zone) / 60_000);
    if (offset === 0) return new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
    const two = (number: number) => String(number).padStart(2, '0');
    const ahead = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
    return new Date(instant + offset * 60_000).toISOString().replace(/\.\d{3}Z$/, ahead);
  };
}

function isZone(zone: string): boolean {
  try {
    localTimeAt(0, zone);
    return true;
  } catch {
    return false;
  }
}
