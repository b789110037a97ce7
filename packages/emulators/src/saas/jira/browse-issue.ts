import { html, raw } from 'hono/html';
import { adfHtml } from '../atlassian/adf/adf-html.ts';
import type { JiraState } from './jira-state.ts';

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f7f8f9}main{max-width:46rem;margin:6vh auto;background:#fff;
padding:2rem;border-radius:8px;border-top:4px solid #1868db}h1{font-size:1.4rem;margin:.2rem 0 1rem}dl{display:grid;grid-template-columns:8rem 1fr;
gap:.2rem 1rem}dt{color:#626f86}dd{margin:0}small{color:#626f86}`;

/** What a person sees who opens the link of an issue; whoever sits at this machine is signed in. Undefined for other addresses. */
export async function browseIssue({ method, url }: Request, { issues, people, projects }: JiraState): Promise<Response | undefined> {
  const key = /^\/browse\/([A-Z][A-Z0-9]*-\d+)$/.exec(new URL(url).pathname)?.[1];
  if (key === undefined || method !== 'GET') return undefined;
  const issue = issues.find((one) => one.key === key);
  if (!issue) return new Response(`There is no issue ${key}.`, { status: 404 });
  const nameOf = (id: string | null) => people.find(({ accountId }) => accountId === id)?.name ?? 'Nobody';
  const facts = [
    ['Project', projects.find((one) => one.key === issue.project)?.name ?? issue.project],
    ['Type', issue.type],
    ['Status', issue.status],
    ['Priority', issue.priority],
    ['Reporter', nameOf(issue.reporter)],
    ['Assignee', nameOf(issue.assignee)],
    ['Labels', issue.labels.join(', ') || 'none'],
  ].map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`);
  const comments = issue.comments.map(({ author, body }) => html`<h2>${nameOf(author)}</h2>${raw(adfHtml(body))}`);
  const page = await html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${key}</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"><style>${raw(style)}</style></head><body><main><small>${key}</small><h1>${issue.summary}</h1>
<dl>${facts}</dl>${issue.description ? raw(adfHtml(issue.description)) : ''}${comments}<p><small>Jira, emulated on this machine.</small></p></main></body></html>`;
  return new Response(String(page), { headers: { 'content-type': 'text/html; charset=utf-8' } });
}
