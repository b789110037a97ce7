import { createHash } from 'node:crypto';
import { numberOf } from '../http/route.ts';
import { jiraRefusal } from './jira-refusal.ts';

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

/** One page of a long answer, and the token of the next. A token is good for the query it was given for. */
export function pageByToken<Item>(
  items: readonly Item[],
  { token, size, query }: { readonly token: string | null; readonly size: number; readonly query: string },
): { readonly page: readonly Item[]; readonly nextPageToken?: string; readonly isLast: boolean } {
  const mark = createHash('sha256').update(query).digest('hex').slice(0, 12);
  const start = token === null ? 0 : startOf(token, mark);
  const end = start + size;
  const isLast = end >= items.length;
  const next = Buffer.from(`${mark}:${end}`).toString('base64url');
  return { page: items.slice(start, end), ...(isLast ? {} : { nextPageToken: next }), isLast };
}

function startOf(token: string, mark: string): number {
  const [, given, start] = /^([0-9a-f]{12}):(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (given !== mark) throw jiraRefusal(400, 'The provided next page token is invalid or expired.');
  return Number(start);
}
