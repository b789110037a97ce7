export type Fields = Readonly<Record<string, unknown>>;

/** Rows in what a tool returned, and what it calls them. */
export interface Records {
  readonly rows: readonly Fields[];
  /** Such as `incidents`; empty when the rows came without a name. */
  readonly noun: string;
  /** There are more on a next page. */
  readonly hasMore: boolean;
  /** What the addresses of the rows begin with, where the tool says it. */
  readonly base: string;
}

/** A list of objects, alone or as the one list in an object around it. */
export function recordsIn(data: unknown): Records | undefined {
  if (isRows(data)) return { rows: data, noun: '', hasMore: false, base: '' };
  if (!isFields(data)) return undefined;
  const lists = Object.entries(data).filter((entry): entry is [string, readonly Fields[]] => isRows(entry[1]));
  const [list] = lists;
  const hasScalars = 'id' in data || 'key' in data || 'name' in data;
  if (lists.length !== 1 || !list || hasScalars) return undefined;
  const { more, isLast, nextPageToken, _links: links } = data;
  const next = isFields(links) ? links.next : undefined;
  const hasMore = more === true || isLast === false || typeof nextPageToken === 'string' || typeof next === 'string';
  const noun = ['values', 'results', 'items', 'data'].includes(list[0]) ? '' : list[0].replaceAll('_', ' ');
  return { rows: list[1], noun, hasMore, base: isFields(links) && typeof links.base === 'string' ? links.base : '' };
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRows(value: unknown): value is readonly Fields[] {
  return Array.isArray(value) && value.every(isFields);
}
