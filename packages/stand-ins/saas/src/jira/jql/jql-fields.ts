import { adfText } from '../../atlassian/adf.ts';
import { dateOf, dateOfFunction } from '../../query-language/date-of.ts';
import { instantOf } from '../../story/zoned-time.ts';
import { issueTypes, priorities, resolutions, storyPoints } from '../issue-options.ts';
import type { JiraIssue } from '../jira-state.ts';
import { statuses, statusOf } from '../workflow.ts';
import { equality, type JqlContext, type JqlField, ordered, textual } from './jql-field.ts';

const small = (text: string) => text.toLowerCase();
const oneOf = (options: readonly { readonly id: string; readonly name: string }[]) => (text: string) =>
  options.find(({ id, name }) => small(name) === small(text) || id === text)?.name.toLowerCase();

const categoryNames = { new: 'to do', indeterminate: 'in progress', done: 'done' };

const options: readonly JqlField[] = [
  {
    names: ['project'],
    operators: equality,
    read: ({ project }) => [small(project)],
    resolve: (text, { state }) =>
      state.projects.find(({ key, name, id }) => [small(key), small(name), id].includes(small(text)))?.key.toLowerCase(),
  },
  { names: ['status'], operators: equality, read: ({ status }) => [small(status)], resolve: oneOf(statuses) },
  {
    names: ['statuscategory'],
    operators: equality,
    read: ({ status }) => [categoryNames[statusOf(status).category]],
    resolve: (text) => Object.entries(categoryNames).find(([key, name]) => key === small(text) || name === small(text))?.[1],
  },
  { names: ['type', 'issuetype'], operators: equality, read: ({ type }) => [small(type)], resolve: oneOf(issueTypes) },
  {
    names: ['priority'],
    operators: ordered,
    // The id falls as the priority rises.
    read: ({ priority }) => [-Number(priorities.find(({ name }) => name === priority)?.id)],
    resolve: (text) => {
      const found = priorities.find(({ id, name }) => small(name) === small(text) || id === text);
      return found && -Number(found.id);
    },
  },
  {
    names: ['resolution'],
    operators: equality,
    read: ({ resolution }) => (resolution === null ? [] : [small(resolution)]),
    // Unresolved is no value but the lack of one; see `compile`.
    resolve: (text) => (small(text) === 'unresolved' ? 'unresolved' : oneOf(resolutions)(text)),
  },
  { names: ['labels'], operators: equality, read: ({ labels }) => labels.map(small), resolve: small },
  {
    names: ['component'],
    operators: equality,
    read: ({ components }) => components.map(small),
    resolve: (text, { state }) =>
      state.projects
        .flatMap(({ components }) => components)
        .find((name) => small(name) === small(text))
        ?.toLowerCase(),
  },
];

const issueKey = (text: string, { state }: JqlContext) =>
  state.issues.find(({ key, id }) => key === text.toUpperCase() || id === text)?.key;
const noKey = (text: string, name: string) => `An issue with key '${text}' does not exist for field '${name}'.`;

const keys: readonly JqlField[] = [
  { names: ['key', 'issuekey', 'issue', 'id'], operators: ordered, read: ({ key }) => [key], resolve: issueKey, refusal: noKey },
  { names: ['parent'], operators: equality, read: ({ parent }) => (parent === null ? [] : [parent]), resolve: issueKey, refusal: noKey },
];

const summaryOf = ({ summary }: JiraIssue) => [summary];
const descriptionOf = ({ description }: JiraIssue) => (description ? [adfText(description)] : []);
const commentsOf = ({ comments }: JiraIssue) => comments.map(({ body }) => adfText(body));

const texts: readonly JqlField[] = [
  { names: ['summary'], operators: textual, read: summaryOf, resolve: String },
  { names: ['description'], operators: textual, read: descriptionOf, resolve: String },
  { names: ['comment'], operators: textual, read: commentsOf, resolve: String },
  {
    names: ['text'],
    operators: ['~', '!~'],
    // One text, as the words of a query may stand in different places.
    read: (issue) => [[...summaryOf(issue), ...descriptionOf(issue), ...commentsOf(issue)].join('\n')],
    resolve: String,
  },
];

function dateField(names: readonly string[], read: (issue: JiraIssue, context: JqlContext) => number | null): JqlField {
  return {
    names,
    operators: ordered,
    read: (issue, context) => {
      const date = read(issue, context);
      return date === null ? [] : [date];
    },
    resolve: (text, { clock }) => dateOf(text, clock),
    call: (name, args, { clock }) => {
      const date = dateOfFunction(name, args, clock);
      return date === undefined || Number.isNaN(date) ? undefined : [date];
    },
    refusal: (text, name) =>
      `Date value '${text}' for field '${name}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
  };
}

const dates: readonly JqlField[] = [
  dateField(['created', 'createddate'], ({ created }) => created),
  dateField(['updated', 'updateddate'], ({ updated }) => updated),
  dateField(['resolved', 'resolutiondate'], ({ resolved }) => resolved),
  dateField(['due', 'duedate'], ({ duedate }, { clock }) => (duedate === null ? null : startOf(duedate, clock.zone))),
];

function startOf(date: string, zone: string): number {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return instantOf({ year, month, day }, zone);
}

function numberField(names: readonly string[], id: string): JqlField {
  return {
    names,
    operators: ordered,
    read: ({ custom }) => (typeof custom[id] === 'number' ? [custom[id]] : []),
    resolve: (text) => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined),
  };
}

/** Fields that hold a person. JQL takes account ids; names and e-mails work while they are unique. */
const userFields: readonly JqlField[] = [
  userField('assignee', ({ assignee }) => assignee),
  userField('reporter', ({ reporter }) => reporter),
  userField('creator', ({ creator }) => creator),
];

function userField(name: string, read: (issue: JiraIssue) => string | null): JqlField {
  return {
    names: [name],
    operators: equality,
    read: (issue) => {
      const account = read(issue);
      return account === null ? [] : [account];
    },
    resolve: accountOf,
    call: (called, _args, { person }) => (called.toLowerCase() === 'currentuser' ? [person.accountId] : undefined),
  };
}

function accountOf(text: string, { state }: JqlContext): string | undefined {
  const wanted = text.toLowerCase();
  const found = state.people.filter(
    ({ accountId, name, email }) => accountId === text || name.toLowerCase() === wanted || email.toLowerCase() === wanted,
  );
  return found.length === 1 ? found[0]?.accountId : undefined;
}

const functions: Readonly<Record<string, string>> = { opensprints: 'active', closedsprints: 'closed', futuresprints: 'future' };

/** `sprint in openSprints()`, `sprint = 48`, `sprint = "PAY Sprint 48"`. */
const sprintJql: JqlField = {
  names: ['sprint', 'cf[10020]'],
  operators: equality,
  read: ({ sprints }) => sprints,
  resolve: (text, { state }) => state.sprints.find(({ id, name }) => String(id) === text || name.toLowerCase() === text.toLowerCase())?.id,
  call: (name, _args, { state }) => {
    const wanted = functions[name.toLowerCase()];
    return wanted === undefined ? undefined : state.sprints.filter((sprint) => sprint.state === wanted).map(({ id }) => id);
  },
};

export const jqlFields: readonly JqlField[] = [
  ...options,
  ...keys,
  ...texts,
  ...dates,
  ...userFields,
  sprintJql,
  numberField(['story point estimate', 'story points', 'cf[10016]'], storyPoints),
  numberField(['clinics affected', 'cf[10041]'], 'customfield_10041'),
];
