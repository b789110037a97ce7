import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import { isAdf } from '../../atlassian/adf.ts';
import type { AtlassianPerson } from '../../atlassian/atlassian-site.ts';
import { jiraRefusal, requireWriter } from '../jira-refusal.ts';
import { type JiraComment, type JiraIssue, type JiraState, projectOf } from '../jira-state.ts';
import { statusOf, transitionsFrom } from '../workflow.ts';
import { readFields } from './read-fields.ts';
import { readProperties } from './read-properties.ts';

/** Changes fields: `fields` sets them, `update` adds and removes labels and adds comments. */
export function editIssue(issue: JiraIssue, { fields, update }: JsonObject, person: AtlassianPerson, state: JiraState): undefined {
  requireWriter(person, 'You do not have permission to edit issues in this project.');
  if (!isJsonObject(fields) && !isJsonObject(update)) throw jiraRefusal(400, "one of 'fields' or 'update' required");
  const updates = isJsonObject(update) ? update : {};
  const labels = labelsAfter(issue.labels, updates.labels);
  const set = { ...(isJsonObject(fields) ? fields : {}), ...(labels ? { labels } : {}) };
  const { custom, ...change } = readFields(set, projectOf(state, issue.project), state);
  const before = { ...issue };
  Object.assign(issue, change, { custom: { ...issue.custom, ...custom } });
  recordChange(issue, before, person, state);
  for (const operation of operationsIn(updates.comment)) {
    if (isJsonObject(operation.add)) addComment(issue, { body: operation.add.body }, person, state);
  }
  return undefined;
}

function operationsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function labelsAfter(labels: readonly string[], value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  return operationsIn(value).reduce<string[]>(
    (left, { add, remove, set }) => {
      if (Array.isArray(set)) return set.map(String);
      const kept = remove === undefined ? left : left.filter((label) => label !== remove);
      return add === undefined ? kept : [...kept, String(add)];
    },
    [...labels],
  );
}

/** Moves an issue on; what is done gets a resolution and a date, what is taken up again loses both. */
export function transitionIssue(issue: JiraIssue, body: JsonObject, person: AtlassianPerson, state: JiraState): undefined {
  requireWriter(person, 'You do not have permission to transition this issue.');
  const { transition, ...changes } = body;
  const id = isJsonObject(transition) ? String(transition.id ?? '') : '';
  if (id === '') throw jiraRefusal(400, "Missing 'transition' identifier");
  const step = transitionsFrom(projectOf(state, issue.project).type, issue.status).find((one) => one.id === id);
  if (!step) throw jiraRefusal(400, `Transition id '${id}' is not valid for this issue.`);
  if (isJsonObject(changes.fields) || isJsonObject(changes.update)) editIssue(issue, changes, person, state);
  const before = { ...issue };
  const isDone = statusOf(step.to).category === 'done';
  Object.assign(issue, { status: step.to, resolution: isDone ? 'Done' : null, resolved: isDone ? state.now() : null });
  recordChange(issue, before, person, state);
  return undefined;
}

interface NewComment {
  readonly body: unknown;
  readonly isInternal?: boolean;
  readonly properties?: unknown;
}

export function addComment(
  issue: JiraIssue,
  { body, isInternal, properties }: NewComment,
  person: AtlassianPerson,
  state: JiraState,
): JiraComment {
  requireWriter(person, 'You do not have the permission to comment on this issue.');
  if (!isAdf(body)) throw jiraRefusal(400, [], { comment: 'Comment body is not valid!' });
  if (body.content.length === 0) throw jiraRefusal(400, [], { comment: 'Comment body can not be empty!' });
  const comment = { id: state.nextId(), author: person.accountId, created: state.now(), body };
  const kept = { ...comment, properties: readProperties(properties), ...(isInternal ? { isInternal } : {}) };
  issue.comments.push(kept);
  issue.updated = state.now();
  return kept;
}

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
function recordChange(issue: JiraIssue, before: JiraIssue, { accountId }: AtlassianPerson, state: JiraState): void {
  const words = (value: unknown) => (value === null || typeof value === 'string' ? value : JSON.stringify(value));
  const items = watched.flatMap((field) => {
    const [from, to] = [words(before[field]), words(issue[field])];
    return from === to ? [] : [{ field, from, to }];
  });
  issue.updated = state.now();
  if (items.length > 0) issue.history.push({ id: state.nextId(), author: accountId, at: state.now(), items });
}
