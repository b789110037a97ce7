import { isJsonObject } from '@vera/stand-in-kit/json-object';
import { type JiraRoutes, readScopes, writeScopes } from '../jira-route.ts';
import { pageByOffset } from '../offset-page.ts';
import { requireIssue } from '../require.ts';
import { toCommentView } from '../views/comment-view.ts';
import { addComment } from '../writes/add-comment.ts';

/** What people wrote under an issue. */
export const commentRoutes: JiraRoutes = (state) => [
  {
    at: 'GET /rest/api/3/issue/{issue}/comment',
    scopes: readScopes,
    answer: ({ params, query, caller }) => {
      const parts = { state: state(), reader: caller.person };
      const issue = requireIssue(params.issue, caller.person, parts.state);
      const comments = query.get('orderBy') === '-created' ? issue.comments.toReversed() : issue.comments;
      const { values, startAt, maxResults, total } = pageByOffset(comments, query, 100);
      const isRendered = query.get('expand') === 'renderedBody';
      return { startAt, maxResults, total, comments: values.map((comment) => toCommentView(comment, issue, parts, isRendered)) };
    },
  },
  {
    at: 'POST /rest/api/3/issue/{issue}/comment',
    scopes: writeScopes,
    status: 201,
    answer: ({ params, body, caller }) => {
      const issue = requireIssue(params.issue, caller.person, state());
      const comment = addComment(issue, { body: body.body, isInternal: isInternal(body.properties) }, caller.person, state());
      return toCommentView(comment, issue, { state: state(), reader: caller.person });
    },
  },
];

function isInternal(properties: unknown): boolean {
  const found = Array.isArray(properties) ? properties.find((one) => isJsonObject(one) && one.key === 'sd.public.comment') : undefined;
  return isJsonObject(found) && isJsonObject(found.value) && found.value.internal === true;
}
