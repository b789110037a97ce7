import { adfHtml } from '../../atlassian/adf.ts';
import type { AtlassianPerson } from '../../atlassian/atlassian-site.ts';
import { offsetAt } from '../../story/zoned-time.ts';
import { issueFields, issueTypes, priorities, requestTypeField, resolutions, sprintField } from '../issue-options.ts';
import { type JiraComment, type JiraIssue, type JiraState, projectOf } from '../jira-state.ts';
import { toStatusView } from '../workflow.ts';
import { toIssueTypeView, toProjectRef, toSprintView, toUserView } from './place-views.ts';

/** An issue with the fields asked for: names, `*all`, `*navigable`, and `-name` for what to leave out. */
export function toIssueView(issue: JiraIssue, asked: readonly string[], parts: ViewParts): object {
  const { id, key } = issue;
  const names = chosenFields(asked);
  const all = fieldsOf(issue, parts);
  const fields = Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));
  return {
    expand: 'renderedFields,names,schema,operations,changelog',
    id,
    self: `${parts.state.url}/rest/api/3/issue/${id}`,
    key,
    ...(names.length > 0 ? { fields } : {}),
  };
}

function chosenFields(asked: readonly string[]): string[] {
  const all = issueFields.map(({ id }) => id);
  const without = new Set(asked.filter((name) => name.startsWith('-')).map((name) => name.slice(1)));
  const isAll = asked.includes('*all') || (asked.length > 0 && asked.every((name) => name.startsWith('-')));
  const navigable = asked.includes('*navigable') ? all.filter((name) => name !== 'comment') : [];
  const named = isAll ? all : [...navigable, ...asked.flatMap((name) => all.filter((id) => id === name))];
  return [...new Set(named)].filter((name) => name !== 'id' && !without.has(name));
}

/** Those of an issue's properties that a request named. */
export function propertiesOf({ properties }: JiraIssue, asked: unknown): object {
  if (!Array.isArray(asked) || asked.length === 0) return {};
  return { properties: Object.fromEntries(Object.entries(properties).filter(([key]) => asked.includes(key))) };
}

/** `https://…/browse/PAY-1432`: where people open it. */
export function browseUrl(key: string, { url }: JiraState): string {
  return `${url}/browse/${key}`;
}

function fieldsOf(issue: JiraIssue, { state, reader }: ViewParts): Record<string, unknown> {
  const time = (instant: number | null) => (instant === null ? null : jiraTime(instant, reader.timeZone));
  const project = projectOf(state, issue.project);
  return {
    summary: issue.summary,
    description: issue.description,
    issuetype: typeOf(issue),
    project: toProjectRef(project, state),
    status: toStatusView(issue.status),
    priority: priorities.find(({ name }) => name === issue.priority) ?? null,
    resolution: resolutions.find(({ name }) => name === issue.resolution) ?? null,
    assignee: toUserView(issue.assignee, state),
    reporter: toUserView(issue.reporter, state),
    creator: toUserView(issue.creator, state),
    labels: issue.labels,
    components: issue.components.map((name) => ({ id: `${project.id}${project.components.indexOf(name)}`, name })),
    ...(issue.parent === null ? {} : { parent: parentOf(issue.parent, state) }),
    duedate: issue.duedate,
    created: time(issue.created),
    updated: time(issue.updated),
    resolutiondate: time(issue.resolved),
    comment: { comments: issue.comments.map((comment) => toCommentView(comment, issue, { state, reader })), total: issue.comments.length },
    [sprintField]: state.sprints.filter(({ id }) => issue.sprints.includes(id)).map(toSprintView),
    ...Object.fromEntries(Object.entries(issue.custom).filter(([id]) => id !== requestTypeField)),
  };
}

function typeOf({ type }: Pick<JiraIssue, 'type'>): object | undefined {
  const found = issueTypes.find(({ name }) => name === type);
  return found && toIssueTypeView(found);
}

function parentOf(key: string, state: JiraState): object {
  const parent = state.issues.find((issue) => issue.key === key);
  if (!parent) return { key };
  const { id, summary, status, type, priority } = parent;
  return {
    id,
    key,
    self: `${state.url}/rest/api/3/issue/${id}`,
    fields: {
      summary,
      status: toStatusView(status),
      priority: priorities.find(({ name }) => name === priority),
      issuetype: typeOf({ type }),
    },
  };
}

/** The texts as HTML, which `expand=renderedFields` asks for. */
export function renderedFieldsOf({ description }: JiraIssue): object {
  return { description: description ? adfHtml(description) : '' };
}

/** What `expand=changelog` asks for, newest first. */
export function changelogOf({ history }: JiraIssue, { state, reader }: ViewParts): object {
  const histories = history.toReversed().map(({ id, author, at, items }) => ({
    id,
    author: toUserView(author, state),
    created: jiraTime(at, reader.timeZone),
    items: items.map(({ field, from, to }) => ({ field, fieldtype: 'jira', fromString: from, toString: to })),
  }));
  return { startAt: 0, maxResults: histories.length, total: histories.length, histories };
}

export interface ViewParts {
  readonly state: JiraState;
  /** Whose time zone the times are in. */
  readonly reader: AtlassianPerson;
}

export function toCommentView(
  { id, author, created, body, isInternal, properties }: JiraComment,
  issue: JiraIssue,
  { state, reader }: ViewParts,
  expanded: readonly string[] = [],
): object {
  const time = jiraTime(created, reader.timeZone);
  return {
    self: `${state.url}/rest/api/3/issue/${issue.id}/comment/${id}`,
    id,
    author: toUserView(author, state),
    body,
    ...(expanded.includes('renderedBody') ? { renderedBody: adfHtml(body) } : {}),
    updateAuthor: toUserView(author, state),
    created: time,
    updated: time,
    jsdPublic: !isInternal,
    ...(expanded.includes('properties') ? { properties: Object.entries(properties).map(([key, value]) => ({ key, value })) } : {}),
  };
}

/** A time as Jira writes it: in the zone of who asks, as in `2026-11-23T09:40:00.000+0000`. */
export function jiraTime(instant: number, zone: string): string {
  const offset = Math.round(offsetAt(instant, zone) / 60_000);
  const two = (number: number) => String(number).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  const ahead = `${sign}${two(Math.floor(Math.abs(offset) / 60))}${two(Math.abs(offset) % 60)}`;
  return new Date(instant + offset * 60_000).toISOString().replace('Z', ahead);
}
