import { numberOf } from '../../http/number-of.ts';

/** A page by `start` and `limit`, with links to its neighbours. */
export function deskPage(
  items: readonly object[],
  query: URLSearchParams,
  { target, url }: { readonly target: string; readonly url: string },
): object {
  const start = numberOf(query.get('start'), { otherwise: 0 });
  const limit = numberOf(query.get('limit'), { otherwise: 50, least: 1, most: 100 });
  const values = items.slice(start, start + limit);
  const isLastPage = start + values.length >= items.length;
  const path = target.split('?')[0];
  const next = new URLSearchParams(query);
  next.set('start', String(start + limit));
  next.set('limit', String(limit));
  return {
    size: values.length,
    start,
    limit,
    isLastPage,
    _links: { self: `${url}${target}`, base: url, context: '', ...(isLastPage ? {} : { next: `${url}${path}?${next}` }) },
    values,
  };
}
