import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import type { AtlassianPerson } from '../../atlassian/atlassian-site.ts';
import { issueFields } from '../issue-options.ts';
import { jiraRefusal, requireIssue } from '../jira-refusal.ts';
import { type JiraRoutes, type JiraState, projectOf, visibleIssues } from '../jira-state.ts';
import { pageByOffset } from '../paging.ts';
import { changelogOf, propertiesOf, renderedFieldsOf, toCommentView, toIssueView } from '../views/issue-view.ts';
import { fieldMetasOf } from '../views/place-views.ts';
import { toStatusView, transitionsFrom } from '../workflow.ts';
import { addComment, editIssue, transitionIssue } from '../writes/change-issue.ts';
import { createIssue } from '../writes/create-issue.ts';
import { fieldsOf } from './search-routes.ts';

const reads = ['read:jira-work'];
const writes = ['write:jira-work'];

/** One issue: read, created, changed. */
export const issueRoutes: JiraRoutes = (state) => [
  {
    at: 'POST /rest/api/3/issue',
    scopes: writes,
    status: 201,
    answer: ({ body, caller }) => {
      const { id, key } = createIssue(body, caller.person, state());
      return { id, key, self: `${state().url}/rest/api/3/issue/${id}` };
    },
  },
  {
    at: 'POST /rest/api/3/issue/bulkfetch',
    scopes: reads,
    answer: ({ body, caller }) => bulkFetch(body, caller.person, state()),
  },
  {
    at: 'GET /rest/api/3/issue/{issue}',
    scopes: reads,
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
    scopes: writes,
    answer: ({ params, body, caller }) => editIssue(requireIssue(params.issue, caller.person, state()), body, caller.person, state()),
  },
];

const mostAtOnce = 100;

/**
 * Many by id or key, in the order of the ids. Those that are not there, or that the person may not see, are left out without a word: the list
 * of errors is for others (https://docs.rs/crate/jira_v3_openapi/1.5.3/source/docs/BulkIssueResults.md).
 */
function bulkFetch({ issueIdsOrKeys, fields, properties }: JsonObject, person: AtlassianPerson, state: JiraState): object {
  const wanted = Array.isArray(issueIdsOrKeys) ? issueIdsOrKeys.map(String) : [];
  if (wanted.length === 0 || wanted.length > mostAtOnce) throw jiraRefusal(400, `Between 1 and ${mostAtOnce} issues can be fetched.`);
  const found = visibleIssues(state, person).filter(({ id, key }) => wanted.includes(id) || wanted.includes(key));
  const asked = Array.isArray(fields) && fields.length > 0 ? fields.map(String) : ['*all'];
  return {
    issues: found.map((issue) => ({ ...toIssueView(issue, asked, { state, reader: person }), ...propertiesOf(issue, properties) })),
    issueErrors: [],
  };
}

/** Empty for who may not edit. */
function editMetaOf(project: string, { readsOnly }: AtlassianPerson, state: JiraState): object {
  const metas = readsOnly ? [] : fieldMetasOf(projectOf(state, project));
  return Object.fromEntries(metas.map((meta) => [meta.fieldId, meta]));
}

/** What people wrote under an issue. */
export const commentRoutes: JiraRoutes = (state) => [
  {
    at: 'GET /rest/api/3/issue/{issue}/comment',
    scopes: reads,
    answer: ({ params, query, caller }) => {
      const parts = { state: state(), reader: caller.person };
      const issue = requireIssue(params.issue, caller.person, parts.state);
      const comments = query.get('orderBy') === '-created' ? issue.comments.toReversed() : issue.comments;
      const { values, startAt, maxResults, total } = pageByOffset(comments, query, 100);
      const expanded = (query.get('expand') ?? '').split(',');
      return { startAt, maxResults, total, comments: values.map((comment) => toCommentView(comment, issue, parts, expanded)) };
    },
  },
  {
    at: 'POST /rest/api/3/issue/{issue}/comment',
    scopes: writes,
    status: 201,
    answer: ({ params, body, caller }) => {
      const issue = requireIssue(params.issue, caller.person, state());
      const comment = addComment(
        issue,
        { body: body.body, isInternal: isInternal(body.properties), properties: body.properties },
        caller.person,
        state(),
      );
      return toCommentView(comment, issue, { state: state(), reader: caller.person });
    },
  },
];

function isInternal(properties: unknown): boolean {
  const found = Array.isArray(properties) ? properties.find((one) => isJsonObject(one) && one.key === 'sd.public.comment') : undefined;
  return isJsonObject(found) && isJsonObject(found.value) && found.value.internal === true;
}

/** Where an issue can go, and going there. */
export const transitionRoutes: JiraRoutes = (state) => [
  {
    at: 'GET /rest/api/3/issue/{issue}/transitions',
    scopes: reads,
    answer: ({ params, caller }) => {
      const { project, status } = requireIssue(params.issue, caller.person, state());
      const found = caller.person.readsOnly ? [] : transitionsFrom(projectOf(state(), project).type, status);
      return {
        expand: 'transitions',
        transitions: found.map(({ id, name, to }) => ({
          id,
          name,
          to: toStatusView(to),
          hasScreen: false,
          isAvailable: true,
          isGlobal: true,
        })),
      };
    },
  },
  {
    at: 'POST /rest/api/3/issue/{issue}/transitions',
    scopes: writes,
    answer: ({ params, body, caller }) => transitionIssue(requireIssue(params.issue, caller.person, state()), body, caller.person, state()),
  },
];
