import { adfHtml } from '../../atlassian/adf/adf-html.ts';
import { jiraTime } from '../../atlassian/atlassian-time.ts';
import type { JiraComment, JiraIssue } from '../jira-issue.ts';
import { toUserView } from './user-view.ts';
import type { ViewParts } from './view-parts.ts';

export function toCommentView(
  { id, author, created, body, isInternal }: JiraComment,
  issue: JiraIssue,
  { state, reader }: ViewParts,
  isRendered = false,
): object {
  const time = jiraTime(created, reader.timeZone);
  return {
    self: `${state.url}/rest/api/3/issue/${issue.id}/comment/${id}`,
    id,
    author: toUserView(author, state),
    body,
    ...(isRendered ? { renderedBody: adfHtml(body) } : {}),
    updateAuthor: toUserView(author, state),
    created: time,
    updated: time,
    jsdPublic: !isInternal,
  };
}
