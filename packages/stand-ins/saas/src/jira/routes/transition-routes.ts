import { type JiraRoutes, readScopes, writeScopes } from '../jira-route.ts';
import { projectOf } from '../jira-state.ts';
import { requireIssue } from '../require.ts';
import { toStatusView, transitionsFrom } from '../workflow.ts';
import { transitionIssue } from '../writes/transition-issue.ts';

/** Where an issue can go, and going there. */
export const transitionRoutes: JiraRoutes = (state) => [
  {
    at: 'GET /rest/api/3/issue/{issue}/transitions',
    scopes: readScopes,
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
    scopes: writeScopes,
    answer: ({ params, body, caller }) => transitionIssue(requireIssue(params.issue, caller.person, state()), body, caller.person, state()),
  },
];
