import { numberOf } from '../http/number-of.ts';
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
