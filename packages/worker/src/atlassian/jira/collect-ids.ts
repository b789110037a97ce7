import * as z from 'zod';
import { ToolFailure } from '../../tools/tool.ts';
import type { Place } from '../person-tool-of.ts';

export const mostIssues = 5_000;
/** Pages may hold fewer than were asked for; one that leads to itself would have no end. */
const mostPages = 60;

const countSchema = z.object({ count: z.number() });
const pageSchema = z.object({ issues: z.array(z.object({ id: z.string() })), nextPageToken: z.string().nullish() });

export interface CollectedIds {
  /** Each once. */
  readonly ids: readonly string[];
  /** What Jira counts by itself. */
  readonly counted: number;
}

/**
 * The ids of all issues that a query matches, held against a count of their own: pages say nothing of how many there are, may call themselves
 * the last when they are not, and issues move between them (https://github.com/atlassian/atlassian-mcp-server/issues/221).
 */
export async function collectIds(jql: string, jira: Place): Promise<CollectedIds> {
  const count = async () => (await jira.ask('/rest/api/3/search/approximate-count', { jql }, countSchema)).count;
  let counted = await count();
  if (counted > mostIssues)
    throw new ToolFailure(`${counted} issues match, and ${mostIssues} can be collected at once. Narrow the query down.`);
  const ids = new Set<string>();
  for (const order of ['created ASC', 'created DESC', 'updated DESC']) {
    for await (const page of pagesOf(`${jql} ORDER BY ${order}`, jira)) for (const { id } of page) ids.add(id);
    if (ids.size >= counted) break;
    // From the other end; and the count may lag behind.
    counted = await count();
  }
  return { ids: [...ids], counted };
}

async function* pagesOf(jql: string, jira: Place): AsyncGenerator<readonly { readonly id: string }[]> {
  let token: string | undefined;
  const seen = new Set<string>();
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await pageAt(jql, token, jira);
    if (!answer) return;
    yield answer.issues;
    token = answer.nextPageToken ?? undefined;
    if (token === undefined || seen.has(token)) return;
    seen.add(token);
  }
}

/** Twice: a page that was cut on its way is whole the next time. */
async function pageAt(jql: string, token: string | undefined, jira: Place) {
  const body = { jql, maxResults: mostIssues, ...(token === undefined ? {} : { nextPageToken: token }) };
  const ask = () => jira.ask('/rest/api/3/search/jql', body, pageSchema);
  return ask()
    .catch(ask)
    .catch((error: unknown) => {
      // A query that Jira refuses is told as it is; what was read before a page that is lost is not lost with it.
      if (token === undefined) throw error;
      return undefined;
    });
}
