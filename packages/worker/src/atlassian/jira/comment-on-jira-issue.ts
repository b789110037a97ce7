import * as z from 'zod';
import type { Effect, PersonWrite } from '../../tools/person-tool.ts';
import { argument } from '../../tools/told-text.ts';
import { ToolFailure } from '../../tools/tool.ts';
import { type AtlassianClient, pathOf, type SiteConnection } from '../client/atlassian-client.ts';
import { personWrite } from '../person-tool-of.ts';
import { toAdf } from '../text/adf.ts';
import { signedText } from '../text/signed-text.ts';
import { changeProperty, findComment } from './change-property.ts';
import { issueId, issueKey, issueLink, readIssue } from './issue.ts';
import { adfDocument } from './issue-fields.ts';

/** How Service Management knows a comment that the customer does not see. */
const internalProperty = { key: 'sd.public.comment', value: { internal: true } };

export const commentOnJiraIssue = (client: AtlassianClient): PersonWrite =>
  personWrite(client, {
    name: 'comment_on_jira_issue',
    title: 'Preparing a comment in Jira',
    details: argument('issue'),
    description: 'Writes a comment under a Jira issue as the person who asks.',
    product: 'jira',
    system: 'Jira',
    input: {
      issue: issueKey.describe('The key, such as PAY-117'),
      comment: z.string().trim().min(1).max(30_000).describe('Markdown: paragraphs, lists, code, links. Not the last line about Vera.'),
      internal: z.boolean().optional().describe('Only for requests to a service desk: true hides the comment from the customer'),
    },
    args: { issueId, issueKey: z.string(), body: adfDocument, isInternal: z.boolean() },
    async propose({ issue: key, comment, internal = false }, jira) {
      const [issue, name] = await Promise.all([readIssue(jira, key), jira.personName()]);
      const isDesk = issue.fields.project?.projectTypeKey === 'service_desk';
      if (internal && !isDesk) throw new ToolFailure(`${issue.key} belongs to no service desk: everybody who sees it sees its comments.`);
      const { words, blocks } = await signedText(comment, { name });
      const readers = { field: 'Who sees it', after: internal ? 'The team only' : 'The team and the customer' };
      return {
        title: `Comment on ${issue.key}: ${issue.fields.summary}`,
        changes: [{ field: 'Comment', after: words }, ...(isDesk ? [readers] : [])],
        args: { issueId: issue.id, issueKey: issue.key, body: toAdf(blocks), isInternal: internal },
      };
    },
    async perform({ issueId: id, issueKey: key, body, isInternal }, jira, changeKey) {
      const request = { body, properties: [changeProperty(changeKey), ...(isInternal ? [internalProperty] : [])] };
      const comment = await jira.change({ method: 'POST', path: commentsOf(id), body: request }, z.object({ id: z.string() }));
      return commented(key, comment.id, jira);
    },
    async look({ issueId: id, issueKey: key }, jira, changeKey) {
      const found = await findComment(jira, commentsOf(id), changeKey);
      return found === undefined ? 'not-done' : commented(key, found, jira);
    },
  });

function commentsOf(id: string): string {
  return pathOf`/rest/api/3/issue/${id}/comment`;
}

function commented(key: string, commentId: string, jira: SiteConnection): Effect {
  const { title, url } = issueLink(jira, key);
  return { text: `Commented on ${key}.`, link: { title, url: `${url}?focusedCommentId=${encodeURIComponent(commentId)}` } };
}
