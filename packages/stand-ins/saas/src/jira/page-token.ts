import { createHash } from 'node:crypto';
import { jiraRefusal } from './jira-refusal.ts';

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
