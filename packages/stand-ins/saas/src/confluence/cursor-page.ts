import { createHash } from 'node:crypto';
import { numberOf } from '../http/route.ts';
import { confluenceRefusal } from './confluence-refusal.ts';

interface CursorPage<Item> {
  readonly page: readonly Item[];
  readonly start: number;
  readonly limit: number;
  /** Path and query of the next page; undefined on the last. */
  readonly next: string | undefined;
}

/** A page by cursor. A cursor is good for the query it was given for. `target` is path and query as they came. */
export function pageByCursor<Item>(items: readonly Item[], query: URLSearchParams, target: string): CursorPage<Item> {
  const limit = numberOf(query.get('limit'), { otherwise: 25, least: 1, most: 250 });
  const asked = new URLSearchParams(query);
  asked.delete('cursor');
  asked.delete('limit');
  const path = (target.split('?')[0] ?? '').replace(/^\/ex\/confluence\/[^/]+/, '');
  const mark = createHash('sha256').update(`${path}?${asked}`).digest('hex').slice(0, 12);
  const start = startOf(query.get('cursor'), mark);
  const end = start + limit;
  const next = new URLSearchParams(asked);
  next.set('limit', String(limit));
  // The equals signs at its end are why it has to be decoded before it is sent back.
  next.set('cursor', Buffer.from(JSON.stringify({ mark, start: end })).toString('base64'));
  return { page: items.slice(start, end), start, limit, next: end < items.length ? `${path}?${next}` : undefined };
}

function startOf(cursor: string | null, mark: string): number {
  if (cursor === null) return 0;
  const [, given, start] = /^\{"mark":"([0-9a-f]{12})","start":(\d+)\}$/.exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  if (given !== mark) throw confluenceRefusal(400, 'INVALID_REQUEST_PARAMETER', "Provided value for 'cursor' is not valid.");
  return Number(start);
}
