import type { AtlassianPerson } from '../atlassian/atlassian-person.ts';
import type { JiraIssue } from './jira-issue.ts';
import { jiraRefusal, noIssue } from './jira-refusal.ts';
import { type JiraProject, type JiraState, maySee, visibleIssues } from './jira-state.ts';

/** The issue of a key or an id, as far as the person may know of it. */
export function requireIssue(idOrKey: string | undefined, person: AtlassianPerson, state: JiraState): JiraIssue {
  const wanted = (idOrKey ?? '').toUpperCase();
  const issue = visibleIssues(state, person).find(({ id, key }) => key === wanted || id === wanted);
  if (!issue) throw noIssue();
  return issue;
}

export function requireProject(idOrKey: string | undefined, person: AtlassianPerson, state: JiraState): JiraProject {
  const project = state.projects.find(({ id, key }) => key === idOrKey?.toUpperCase() || id === idOrKey);
  if (!project || !maySee(project, person)) throw jiraRefusal(404, `No project could be found with key '${idOrKey}'.`);
  return project;
}

/** Who only reads may not write, whatever the token says. */
export function requireWriter({ readsOnly }: AtlassianPerson, message: string): void {
  if (readsOnly) throw jiraRefusal(403, message);
}
