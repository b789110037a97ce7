import { type OnCall, onCallsOf, toOnCallView, turnsOf } from '../on-calls.ts';
import { invalidInput } from '../pagerduty-refusal.ts';
import { type PagerDutyRoutes, requireOne, userOf } from '../pagerduty-state.ts';
import { toScheduleView, toUserView } from '../people-views.ts';
import { listPage, named, readTime, timeWriter } from '../read-query.ts';
import { reference } from '../reference.ts';

/** Who is on duty: across all policies, and schedule by schedule. */
export const onCallRoutes: PagerDutyRoutes = (state) => [
  {
    at: 'GET /oncalls',
    answer: ({ query }) => {
      const time = timeWriter(query);
      const { since, until } = periodOf(query, state().now());
      const [wanted, schedules] = [query.getAll('escalation_policy_ids[]'), query.getAll('schedule_ids[]')];
      const policies = state().seed.escalationPolicies.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
      const all = onCallsOf(policies, since, until, state()).filter(
        ({ schedule }) => schedules.length === 0 || schedules.includes(schedule ?? ''),
      );
      const found = query.get('earliest') === 'true' ? earliestOf(all) : all;
      return listPage('oncalls', found, query, (onCall) => toOnCallView(onCall, state(), time));
    },
  },
  {
    at: 'GET /schedules',
    answer: ({ query }) => listPage('schedules', named(state().seed.schedules, query), query, (one) => toScheduleView(one, state())),
  },
  {
    at: 'GET /schedules/{id}',
    answer: ({ params, query }) => {
      const time = timeWriter(query);
      const schedule = requireOne(state().seed.schedules, params.id);
      const view = toScheduleView(schedule, state());
      if (!query.has('since') || !query.has('until')) return { schedule: { ...view, final_schedule: null } };
      const { since, until } = periodOf(query, state().now());
      const entries = turnsOf(schedule, since, until, state()).map(({ handle, start, end }) => ({
        start: time(Math.max(start, since)),
        end: time(Math.min(end, until)),
        user: reference('user', userOf(state(), handle), state()),
      }));
      return {
        schedule: {
          ...view,
          final_schedule: { name: 'Final Schedule', rendered_schedule_entries: entries, rendered_coverage_percentage: 100 },
        },
      };
    },
  },
  {
    at: 'GET /schedules/{id}/users',
    answer: ({ params, query }) => {
      const { since, until } = periodOf(query, state().now());
      const turns = turnsOf(requireOne(state().seed.schedules, params.id), since, until, state());
      return { users: [...new Set(turns.map(({ handle }) => handle))].map((handle) => toUserView(userOf(state(), handle), state())) };
    },
  },
];

const longestPeriod = 90 * 86_400_000;

function periodOf(query: URLSearchParams, now: number): { since: number; until: number } {
  const since = readTime(query, 'since', now);
  const until = readTime(query, 'until', Math.max(since, now));
  if (until < since) throw invalidInput('Until must be after since.');
  if (until - since > longestPeriod) throw invalidInput('Date range cannot exceed 90 days.');
  return { since, until };
}

/** The next turn of each person at each level of each policy. */
function earliestOf(onCalls: readonly OnCall[]): OnCall[] {
  const first = new Map<string, OnCall>();
  for (const onCall of onCalls) {
    const key = `${onCall.policy.id} ${onCall.level} ${onCall.handle}`;
    if (!first.has(key)) first.set(key, onCall);
  }
  return [...first.values()];
}
