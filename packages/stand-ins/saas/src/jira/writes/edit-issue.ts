import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import type { AtlassianPerson } from '../../atlassian/atlassian-person.ts';
import type { JiraIssue } from '../jira-issue.ts';
import { jiraRefusal } from '../jira-refusal.ts';
import { type JiraState, projectOf } from '../jira-state.ts';
import { requireWriter } from '../require.ts';
import { addComment } from './add-comment.ts';
import { readFields } from './read-fields.ts';
import { recordChange } from './record-change.ts';

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
