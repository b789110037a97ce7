import type { AtlassianPerson } from '../atlassian/atlassian-site.ts';
import { SaasRefusal } from '../http/saas-refusal.ts';
import { type JiraIssue, type JiraProject, type JiraState, maySee, visibleIssues } from './jira-state.ts';

/** A refusal in Jira's form: sentences, and sentences by field. */
export function jiraRefusal(
  status: number,
  messages: string | readonly string[],
  errors: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): SaasRefusal {
  return new SaasRefusal(status, { errorMessages: typeof messages === 'string' ? [messages] : messages, errors }, headers);
}

/** Jira does not say whether an issue is missing or hidden. */
function noIssue(): SaasRefusal {
  return jiraRefusal(404, 'Issue does not exist or you do not have permission to see it.');
}

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
