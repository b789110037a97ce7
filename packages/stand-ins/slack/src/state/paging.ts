import { microsecondsOf } from './timestamp.ts';

/** One page and where the next begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Empty on the last page. */
  readonly nextCursor: string;
}

const prefix = 'next_ts:';

/** Cursors name the `ts` the next page begins with, in base64, as Slack's do. */
export function cursorOf(ts: string): string {
  return Buffer.from(`${prefix}${microsecondsOf(ts) ?? 0}`).toString('base64');
}

/** Microseconds; undefined for what is no cursor. */
export function readCursor(cursor: string): number | undefined {
  const text = Buffer.from(cursor, 'base64').toString();
  const digits = text.startsWith(prefix) ? text.slice(prefix.length) : '';
  return /^\d{1,16}$/.test(digits) ? Number(digits) : undefined;
}

/** Cuts a page off the head of items that are in order. */
export function pageOf<Item extends { readonly ts: string }>(items: readonly Item[], limit: number): Page<Item> {
  const next = items[limit];
  return { items: items.slice(0, limit), nextCursor: next ? cursorOf(next.ts) : '' };
}
