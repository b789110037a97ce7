import { type FieldInfo, type IssueType, issueFields, issueTypesOf, priorities } from '../issue-options.ts';
import type { JiraProject, JiraState, Sprint } from '../jira-state.ts';

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

/** A person as others see them; nobody's e-mail is hidden here. */
export function toUserView(accountId: string | null, { people, url }: JiraState): object | null {
  const person = people.find((one) => one.accountId === accountId);
  if (!person) return null;
  return {
    self: `${url}/rest/api/3/user?accountId=${encodeURIComponent(person.accountId)}`,
    accountId: person.accountId,
    accountType: person.readsOnly ? 'app' : 'atlassian',
    emailAddress: person.email,
    displayName: person.name,
    active: true,
    timeZone: person.timeZone,
  };
}

export function toIssueTypeView({ id, name, subtask, level }: IssueType): object {
  return { id, name, subtask, hierarchyLevel: level };
}

interface FieldMeta extends Readonly<Record<string, unknown>> {
  readonly fieldId: string;
}

/** The fields that people set in a project, with what can be chosen, for the screens of new and of existing issues. */
export function fieldMetasOf(project: JiraProject): FieldMeta[] {
  return issueFields.filter(({ isSettable }) => isSettable).map((field) => toFieldMeta(field, project));
}

function toFieldMeta({ id, name, schema }: FieldInfo, project: JiraProject): FieldMeta {
  const allowedValues = allowedIn(id, project);
  return {
    required: ['summary', 'project', 'issuetype'].includes(id),
    schema,
    name,
    key: id,
    fieldId: id,
    hasDefaultValue: id === 'priority',
    operations: ['set'],
    ...(allowedValues ? { allowedValues } : {}),
  };
}

function allowedIn(field: string, { id, components }: JiraProject): readonly object[] | undefined {
  if (field === 'priority') return priorities;
  return field === 'components' ? components.map((name, index) => ({ id: `${id}${index}`, name })) : undefined;
}

export function toSprintView({ id, board, name, state, goal, start, end }: Sprint): object {
  const iso = (instant: number) => new Date(instant).toISOString();
  return {
    id,
    state,
    name,
    ...(start === undefined ? {} : { startDate: iso(start) }),
    ...(end === undefined ? {} : { endDate: iso(end) }),
    ...(state === 'closed' && end !== undefined ? { completeDate: iso(end) } : {}),
    originBoardId: board,
    goal,
  };
}
