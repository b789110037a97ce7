import { issueTypesOf } from '../issue-options.ts';
import { jiraRefusal } from '../jira-refusal.ts';
import { type JiraRoutes, readScopes } from '../jira-route.ts';
import { pageByOffset } from '../offset-page.ts';
import { requireProject } from '../require.ts';
import { fieldMetasOf } from '../views/field-meta-view.ts';
import { toIssueTypeView } from '../views/issue-type-view.ts';

/** What a new issue takes. */
export const createMetaRoutes: JiraRoutes = (state) => [
  {
    at: 'GET /rest/api/3/issue/createmeta/{project}/issuetypes',
    scopes: readScopes,
    answer: ({ params, query, caller }) => {
      const { values, ...page } = pageByOffset(issueTypesOf(requireProject(params.project, caller.person, state()).type), query);
      return { ...page, issueTypes: values.map(toIssueTypeView) };
    },
  },
  {
    at: 'GET /rest/api/3/issue/createmeta/{project}/issuetypes/{type}',
    scopes: readScopes,
    answer: ({ params, query, caller }) => {
      const project = requireProject(params.project, caller.person, state());
      if (!issueTypesOf(project.type).some(({ id }) => id === params.type)) throw jiraRefusal(404, 'Issue type not found.');
      const { values, ...page } = pageByOffset(fieldMetasOf(project), query);
      return { ...page, fields: values };
    },
  },
];
