import type { Sprint } from '../jira-state.ts';

export function toSprintView({ id, board, name, state, goal, start, end }: Sprint): object {
  const iso = (instant: number) => new Date(instant).toISOString();
  return {
    id,
    state,
    name,
    ...(start === undefined ? {} : { startDate: iso(start) }),
    ...(end === undefined ? {} : { endDate: iso(end) }),
    ...(state === 'closed' && end !== undefined ? { completeDate: iso(end) } : {}),
    originBoardId: board,
    goal,
  };
}
