import type { AtlassianPerson } from '../../atlassian/atlassian-site.ts';
import { issueFields, issueTypesOf } from '../issue-options.ts';
import { jiraRefusal, requireIssue, requireProject } from '../jira-refusal.ts';
import { type JiraRoutes, type JiraState, maySee } from '../jira-state.ts';
import { pageByOffset } from '../paging.ts';
import { fieldMetasOf, toIssueTypeView, toProjectView, toUserView } from '../views/place-views.ts';

const reads = ['read:jira-work'];

/** What there is besides issues: projects, fields, people. */
export const placeRoutes: JiraRoutes = (state) => [
  {
    at: 'GET /rest/api/3/project/search',
    scopes: reads,
    answer: ({ query, caller }) => {
      const wanted = (query.get('query') ?? '').toLowerCase();
      const by = query.get('orderBy') === 'name' ? 'name' : 'key';
      const found = state()
        .projects.filter((project) => maySee(project, caller.person))
        .filter(({ key, name }) => `${key} ${name}`.toLowerCase().includes(wanted))
        .toSorted((one, other) => one[by].localeCompare(other[by]));
      const page = pageByOffset(found, query);
      return { ...page, values: page.values.map((project) => toProjectView(project, state())) };
    },
  },
  {
    at: 'GET /rest/api/3/project/{project}',
    scopes: reads,
    answer: ({ params, caller }) => toProjectView(requireProject(params.project, caller.person, state()), state()),
  },
  {
    at: 'GET /rest/api/3/field/search',
    scopes: reads,
    answer: ({ query }) => {
      const wanted = (query.get('query') ?? '').toLowerCase();
      const found = issueFields.filter(({ name, description = '' }) => `${name} ${description}`.toLowerCase().includes(wanted));
      const page = pageByOffset(found, query);
      return { ...page, values: page.values.map(({ isSettable, custom, ...field }) => field) };
    },
  },
  { at: 'GET /rest/api/3/field', scopes: reads, answer: () => issueFields.map(({ isSettable, ...field }) => field) },
  {
    at: 'GET /rest/api/3/user/search',
    scopes: ['read:jira-user'],
    answer: ({ query }) => pageByOffset(peopleFor(query, state()), query).values.map(({ accountId }) => toUserView(accountId, state())),
  },
  {
    at: 'GET /rest/api/3/user/assignable/search',
    scopes: ['read:jira-user'],
    answer: ({ query, caller }) => {
      const place = query.get('project') ?? requireIssue(query.get('issueKey') ?? undefined, caller.person, state()).project;
      const project = requireProject(place, caller.person, state());
      const found = peopleFor(query, state()).filter((person) => !person.readsOnly && maySee(project, person));
      return pageByOffset(found, query).values.map(({ accountId }) => toUserView(accountId, state()));
    },
  },
  { at: 'GET /rest/api/3/myself', scopes: ['read:jira-user'], answer: ({ caller }) => toUserView(caller.person.accountId, state()) ?? {} },
];

function peopleFor(query: URLSearchParams, { people }: JiraState): readonly AtlassianPerson[] {
  const [wanted, id] = [query.get('query')?.toLowerCase(), query.get('accountId')];
  if (wanted === undefined && id === null) throw jiraRefusal(400, "Query parameter 'query' is required.");
  if (wanted === undefined) return people.filter(({ accountId }) => accountId === id);
  return people.filter(({ name, email }) => [...name.split(' '), name, email].some((part) => part.toLowerCase().startsWith(wanted)));
}

/** What a new issue takes. */
export const createMetaRoutes: JiraRoutes = (state) => [
  {
    at: 'GET /rest/api/3/issue/createmeta/{project}/issuetypes',
    scopes: reads,
    answer: ({ params, query, caller }) => {
      const { values, ...page } = pageByOffset(issueTypesOf(requireProject(params.project, caller.person, state()).type), query);
      return { ...page, issueTypes: values.map(toIssueTypeView) };
    },
  },
  {
    at: 'GET /rest/api/3/issue/createmeta/{project}/issuetypes/{type}',
    scopes: reads,
    answer: ({ params, query, caller }) => {
      const project = requireProject(params.project, caller.person, state());
      if (!issueTypesOf(project.type).some(({ id }) => id === params.type)) throw jiraRefusal(404, 'Issue type not found.');
      const { values, ...page } = pageByOffset(fieldMetasOf(project), query);
      return { ...page, fields: values };
    },
  },
];
