import { issueTypesOf } from '../issue-options.ts';
import type { JiraProject, JiraState } from '../jira-state.ts';
import { toIssueTypeView } from './issue-type-view.ts';
import { toUserView } from './user-view.ts';

export function toProjectRef({ id, key, name, type }: JiraProject, { url }: JiraState): object {
  return { self: `${url}/rest/api/3/project/${id}`, id, key, name, projectTypeKey: type, simplified: false };
}

export function toProjectView(project: JiraProject, state: JiraState): object {
  const accountId = state.people.find(({ handle }) => handle === project.lead)?.accountId ?? null;
  return {
    ...toProjectRef(project, state),
    description: project.description,
    lead: toUserView(accountId, state),
    issueTypes: issueTypesOf(project.type).map(toIssueTypeView),
    components: project.components.map((name, index) => ({ id: `${project.id}${index}`, name })),
    versions: [],
    style: 'classic',
    isPrivate: project.members !== undefined,
  };
}
