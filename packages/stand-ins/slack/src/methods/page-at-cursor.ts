import type { Arguments } from '../api/arguments.ts';
import { refuse } from '../api/slack-refusal.ts';

interface Paging<Item> {
  readonly args: Arguments;
  readonly limit: number;
  /** What a cursor that names this item says, before it is encoded. */
  readonly nameOf: (item: Item) => string;
}

/** One page of a list. A cursor names what the page begins with; it is empty behind the last. */
export function pageAtCursor<Item>(items: readonly Item[], { args, limit, nameOf }: Paging<Item>) {
  const cursorOf = (item: Item) => Buffer.from(nameOf(item)).toString('base64');
  const cursor = args.text('cursor');
  const from = cursor === '' ? 0 : items.findIndex((item) => cursorOf(item) === cursor);
  if (from === -1) refuse('invalid_cursor');
  const [next] = items.slice(from + limit);
  return { page: items.slice(from, from + limit), response_metadata: { next_cursor: next === undefined ? '' : cursorOf(next) } };
}
