import { equality, type JqlField } from './jql-field.ts';

const functions: Readonly<Record<string, string>> = { opensprints: 'active', closedsprints: 'closed', futuresprints: 'future' };

/** `sprint in openSprints()`, `sprint = 48`, `sprint = "PAY Sprint 48"`. */
export const sprintJql: JqlField = {
  names: ['sprint', 'cf[10020]'],
  operators: equality,
  read: ({ sprints }) => sprints,
  resolve: (text, { state }) => state.sprints.find(({ id, name }) => String(id) === text || name.toLowerCase() === text.toLowerCase())?.id,
  call: (name, _args, { state }) => {
    const wanted = functions[name.toLowerCase()];
    return wanted === undefined ? undefined : state.sprints.filter((sprint) => sprint.state === wanted).map(({ id }) => id);
  },
};
