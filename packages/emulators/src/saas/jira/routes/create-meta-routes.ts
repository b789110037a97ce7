import { type FieldInfo, issueFields, issueTypesOf } from '../issue-options.ts';
import { jiraRefusal } from '../jira-refusal.ts';
import { type JiraRoutes, readScopes } from '../jira-route.ts';
import { pageByOffset } from '../offset-page.ts';
import { requireProject } from '../require.ts';

/** What a new issue takes. */
export const createMetaRoutes: JiraRoutes = (state) => [
  {
    at: 'GET /rest/api/3/issue/createmeta/{project}/issuetypes',
    scopes: readScopes,
    answer: ({ params, query, caller }) => {
      const { values, ...page } = pageByOffset(issueTypesOf(requireProject(params.project, caller.person, state()).type), query);
      return { ...page, issueTypes: values };
    },
  },
  {
    at: 'GET /rest/api/3/issue/createmeta/{project}/issuetypes/{type}',
    scopes: readScopes,
    answer: ({ params, query, caller }) => {
      const types = issueTypesOf(requireProject(params.project, caller.person, state()).type);
      if (!types.some(({ id }) => id === params.type)) throw jiraRefusal(404, 'Issue type not found.');
      const { values, ...page } = pageByOffset(
        issueFields.filter(({ isSettable }) => isSettable),
        query,
      );
      return { ...page, fields: values.map(toFieldMeta) };
    },
  },
];
function toFieldMeta({ id, name, schema }: FieldInfo): object {
  return {
    required: ['summary', 'project', 'issuetype'].includes(id),
    schema,
    name,
    key: id,
    fieldId: id,
    hasDefaultValue: id === 'priority',
    operations: ['set'],
  };
}
