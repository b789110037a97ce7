import type { AtlassianPerson } from '../../atlassian/atlassian-person.ts';
import type { JiraIssue } from '../jira-issue.ts';
import type { JiraState } from '../jira-state.ts';

const watched = [
  'summary',
  'status',
  'priority',
  'resolution',
  'assignee',
  'reporter',
  'labels',
  'parent',
  'duedate',
  'description',
] as const;

/** Notes in the history what became different, and when. */
export function recordChange(issue: JiraIssue, before: JiraIssue, { accountId }: AtlassianPerson, state: JiraState): void {
  const words = (value: unknown) => (value === null || typeof value === 'string' ? value : JSON.stringify(value));
  const items = watched.flatMap((field) => {
    const [from, to] = [words(before[field]), words(issue[field])];
    return from === to ? [] : [{ field, from, to }];
  });
  issue.updated = state.now();
  if (items.length > 0) issue.history.push({ id: state.nextId(), author: accountId, at: state.now(), items });
}
