import type { AtlassianPerson } from '../../atlassian/atlassian-person.ts';
import { issueFields } from '../issue-options.ts';
import { type JiraRoutes, readScopes, writeScopes } from '../jira-route.ts';
import { type JiraState, projectOf } from '../jira-state.ts';
import { requireIssue } from '../require.ts';
import { fieldMetasOf } from '../views/field-meta-view.ts';
import { changelogOf, renderedFieldsOf, toIssueView } from '../views/issue-view.ts';
import { createIssue } from '../writes/create-issue.ts';
import { editIssue } from '../writes/edit-issue.ts';
import { fieldsOf } from './search-routes.ts';

/** One issue: read, created, changed. */
export const issueRoutes: JiraRoutes = (state) => [
  {
    at: 'POST /rest/api/3/issue',
    scopes: writeScopes,
    status: 201,
    answer: ({ body, caller }) => {
      const { id, key } = createIssue(body, caller.person, state());
      return { id, key, self: `${state().url}/rest/api/3/issue/${id}` };
    },
  },
  {
    at: 'GET /rest/api/3/issue/{issue}',
    scopes: readScopes,
    answer: ({ params, query, caller }) => {
      const parts = { state: state(), reader: caller.person };
      const issue = requireIssue(params.issue, caller.person, parts.state);
      const asked = fieldsOf(query);
      const expand = (query.get('expand') ?? '').split(',');
      return {
        ...toIssueView(issue, asked.length > 0 ? asked : ['*all'], parts),
        ...(expand.includes('renderedFields') ? { renderedFields: renderedFieldsOf(issue) } : {}),
        ...(expand.includes('changelog') ? { changelog: changelogOf(issue, parts) } : {}),
        ...(expand.includes('editmeta') ? { editmeta: { fields: editMetaOf(issue.project, caller.person, state()) } } : {}),
        ...(expand.includes('names') ? { names: Object.fromEntries(issueFields.map(({ id, name }) => [id, name])) } : {}),
      };
    },
  },
  {
    at: 'PUT /rest/api/3/issue/{issue}',
    scopes: writeScopes,
    answer: ({ params, body, caller }) => editIssue(requireIssue(params.issue, caller.person, state()), body, caller.person, state()),
  },
];

/** Empty for who may not edit. */
function editMetaOf(project: string, { readsOnly }: AtlassianPerson, state: JiraState): object {
  const metas = readsOnly ? [] : fieldMetasOf(projectOf(state, project));
  return Object.fromEntries(metas.map((meta) => [meta.fieldId, meta]));
}
