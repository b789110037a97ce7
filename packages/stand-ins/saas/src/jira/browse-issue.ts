import { adfHtml, escaped } from '../atlassian/adf.ts';
import { sitePage } from '../atlassian/site-page.ts';
import type { JiraState } from './jira-state.ts';

/** The page of an issue; undefined for other addresses. */
export async function browseIssue({ method, url }: Request, { issues, people, projects }: JiraState): Promise<Response | undefined> {
  const key = /^\/browse\/([A-Z][A-Z0-9]*-\d+)$/.exec(new URL(url).pathname)?.[1];
  if (key === undefined || method !== 'GET') return undefined;
  const issue = issues.find((one) => one.key === key);
  if (!issue) return new Response(`There is no issue ${key}.`, { status: 404 });
  const nameOf = (id: string | null) => people.find(({ accountId }) => accountId === id)?.name ?? 'Nobody';
  const comments = issue.comments.map(({ author, body }) => `<h2>${escaped(nameOf(author))}</h2>${adfHtml(body)}`);
  return sitePage({
    title: issue.summary,
    place: `Jira · ${key}`,
    facts: [
      ['Project', projects.find((one) => one.key === issue.project)?.name ?? issue.project],
      ['Type', issue.type],
      ['Status', issue.status],
      ['Priority', issue.priority],
      ['Reporter', nameOf(issue.reporter)],
      ['Assignee', nameOf(issue.assignee)],
      ['Labels', issue.labels.join(', ') || 'none'],
    ],
    content: [issue.description ? adfHtml(issue.description) : '', ...comments].join(''),
  });
}
