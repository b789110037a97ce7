import { isAdf } from '../../atlassian/adf/is-adf.ts';
import type { AtlassianPerson } from '../../atlassian/atlassian-person.ts';
import type { JiraComment, JiraIssue } from '../jira-issue.ts';
import { jiraRefusal } from '../jira-refusal.ts';
import type { JiraState } from '../jira-state.ts';
import { requireWriter } from '../require.ts';

interface NewComment {
  readonly body: unknown;
  readonly isInternal?: boolean;
}

export function addComment(issue: JiraIssue, { body, isInternal }: NewComment, person: AtlassianPerson, state: JiraState): JiraComment {
  requireWriter(person, 'You do not have the permission to comment on this issue.');
  if (!isAdf(body)) throw jiraRefusal(400, [], { comment: 'Comment body is not valid!' });
  if (body.content.length === 0) throw jiraRefusal(400, [], { comment: 'Comment body can not be empty!' });
  const comment = { id: state.nextId(), author: person.accountId, created: state.now(), body, ...(isInternal ? { isInternal } : {}) };
  issue.comments.push(comment);
  issue.updated = state.now();
  return comment;
}
