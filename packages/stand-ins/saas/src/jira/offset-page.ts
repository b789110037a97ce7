import { numberOf } from '../http/number-of.ts';

export interface OffsetPage<Item> {
  readonly maxResults: number;
  readonly startAt: number;
  readonly total: number;
  readonly isLast: boolean;
  readonly values: readonly Item[];
}

/** A page by `startAt` and `maxResults`. */
export function pageByOffset<Item>(items: readonly Item[], query: URLSearchParams, otherwise = 50): OffsetPage<Item> {
  const startAt = numberOf(query.get('startAt'), { otherwise: 0 });
  const maxResults = numberOf(query.get('maxResults'), { otherwise, most: 100 });
  const values = items.slice(startAt, startAt + maxResults);
  return { maxResults, startAt, total: items.length, isLast: startAt + values.length >= items.length, values };
}
