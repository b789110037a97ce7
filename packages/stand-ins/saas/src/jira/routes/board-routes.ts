import { jiraRefusal } from '../jira-refusal.ts';
import { type JiraRoutes, type JiraState, maySee, projectOf } from '../jira-state.ts';
import { pageByOffset } from '../paging.ts';
import { toSprintView } from '../views/place-views.ts';
import { search, searchOf } from './search-routes.ts';

/** The Jira Software API: boards and sprints. */
export const boardRoutes: JiraRoutes = (state) => [
  {
    at: 'GET /rest/agile/1.0/board',
    scopes: ['read:board-scope:jira-software', 'read:jira-work'],
    answer: ({ query, caller }) => {
      const wanted = { name: query.get('name')?.toLowerCase() ?? '', project: query.get('projectKeyOrId'), type: query.get('type') };
      const boards = state().boards.filter(({ name, project, type }) => {
        const place = projectOf(state(), project);
        const isWanted = [null, place.key, place.id].includes(wanted.project) && [null, type].includes(wanted.type);
        return maySee(place, caller.person) && isWanted && name.toLowerCase().includes(wanted.name);
      });
      const page = pageByOffset(boards, query);
      return {
        ...page,
        values: page.values.map((board) => toBoardView(board, state())),
      };
    },
  },
  {
    at: 'GET /rest/agile/1.0/board/{board}/sprint',
    scopes: ['read:sprint:jira-software', 'read:jira-work'],
    answer: ({ params, query, caller }) => {
      const board = state().boards.find(({ id }) => String(id) === params.board);
      if (!board || !maySee(projectOf(state(), board.project), caller.person)) {
        throw jiraRefusal(
          404,
          'The requested board cannot be viewed because it either does not exist or you do not have permission to view it.',
        );
      }
      if (board.type !== 'scrum') throw jiraRefusal(400, 'The board does not support sprints');
      const states = query.get('state')?.split(',');
      const sprints = state().sprints.filter((sprint) => sprint.board === board.id && (!states || states.includes(sprint.state)));
      const page = pageByOffset(sprints, query);
      return { ...page, values: page.values.map(toSprintView) };
    },
  },
  {
    at: 'GET /rest/software/1.0/sprint/{sprint}/issue',
    scopes: ['read:sprint:jira-software', 'read:jira-work'],
    answer: ({ params, query, caller }) => {
      const sprint = state().sprints.find(({ id }) => String(id) === params.sprint);
      if (!sprint) throw jiraRefusal(404, 'Sprint does not exist or you do not have permission to view it.');
      const among = state().issues.filter(({ sprints }) => sprints.includes(sprint.id));
      return search(searchOf(query), caller.person, state(), { mayBeUnbounded: true, among });
    },
  },
];

function toBoardView({ id, name, type, project }: JiraState['boards'][number], state: JiraState): object {
  const place = projectOf(state, project);
  return {
    id,
    self: `${state.url}/rest/agile/1.0/board/${id}`,
    name,
    type,
    location: { projectKey: project, projectId: Number(place.id), displayName: `${place.name} (${project})` },
  };
}
