import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import type { AtlassianPerson } from '../../atlassian/atlassian-person.ts';
import type { JiraIssue } from '../jira-issue.ts';
import { jiraRefusal } from '../jira-refusal.ts';
import { type JiraState, projectOf } from '../jira-state.ts';
import { requireWriter } from '../require.ts';
import { statusOf, transitionsFrom } from '../workflow.ts';
import { editIssue } from './edit-issue.ts';
import { recordChange } from './record-change.ts';

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
