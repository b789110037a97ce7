import { isJsonObject } from '@vera/stand-in-kit/json-object';
import type { AtlassianPerson } from '../../atlassian/atlassian-site.ts';
import { numberOf } from '../../http/route.ts';
import { jiraRefusal } from '../jira-refusal.ts';
import type { JiraRoutes, JiraState } from '../jira-state.ts';
import { findIssues } from '../jql/find-issues.ts';
import { pageByToken } from '../paging.ts';
import { propertiesOf, toIssueView } from '../views/issue-view.ts';

const reads = ['read:jira-work'];

/** Finding and counting by JQL. */
export const searchRoutes: JiraRoutes = (state) => [
  {
    at: 'GET /rest/api/3/search/jql',
    scopes: reads,
    answer: ({ query, caller }) => search(searchOf(query), caller.person, state()),
  },
  {
    at: 'POST /rest/api/3/search/jql',
    scopes: reads,
    answer: ({ body, caller }) => {
      const { jql, fields, maxResults, nextPageToken, properties } = body;
      const wanted = Array.isArray(fields) ? fields.map(String) : [];
      const asked = {
        jql: String(jql ?? ''),
        fields: wanted,
        maxResults: textOf(maxResults),
        nextPageToken: textOf(nextPageToken),
        properties,
      };
      return search(asked, caller.person, state());
    },
  },
  {
    at: 'POST /rest/api/3/search/approximate-count',
    scopes: reads,
    answer: ({ body, caller }) => {
      if (!isJsonObject(body) || typeof body.jql !== 'string')
        throw jiraRefusal(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
      return { count: findIssues(body.jql, caller.person, state()).length };
    },
  },
  ...['GET', 'POST'].map((method) => ({
    at: `${method} /rest/api/3/search`,
    answer: () => {
      throw jiraRefusal(410, 'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.');
    },
  })),
];

export interface Search {
  readonly jql: string;
  readonly fields: readonly string[];
  readonly maxResults: string | null;
  readonly nextPageToken: string | null;
  readonly properties?: unknown;
}

/** A search as the query string says it; fields apart by commas or given again and again. */
export function searchOf(query: URLSearchParams): Search {
  return {
    jql: query.get('jql') ?? '',
    fields: fieldsOf(query),
    maxResults: query.get('maxResults'),
    nextPageToken: query.get('nextPageToken'),
  };
}

export function fieldsOf(query: URLSearchParams): string[] {
  return query
    .getAll('fields')
    .flatMap((text) => text.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

export function search(asked: Search, person: AtlassianPerson, state: JiraState, options: Parameters<typeof findIssues>[3] = {}): object {
  const { jql, fields, maxResults, nextPageToken, properties } = asked;
  const found = findIssues(jql, person, state, options);
  // Ids alone come 5,000 at a time.
  const size = numberOf(maxResults, { otherwise: 50, least: 1, most: fields.length === 0 ? 5_000 : 100 });
  const { page, ...rest } = pageByToken(found, { token: nextPageToken, size, query: jql });
  return {
    issues: page.map((issue) => ({ ...toIssueView(issue, fields, { state, reader: person }), ...propertiesOf(issue, properties) })),
    ...rest,
  };
}

function textOf(value: unknown): string | null {
  return value === undefined || value === null ? null : String(value);
}
