import { type PagerDutyRoutes, requireOne } from '../pagerduty-state.ts';
import { toPolicyView, toServiceView, toUserView } from '../people-views.ts';
import { listPage, named, timeWriter } from '../read-query.ts';

/** Services, escalation policies, people. */
export const directoryRoutes: PagerDutyRoutes = (state) => [
  {
    at: 'GET /services',
    answer: ({ query }) => {
      const time = timeWriter(query);
      return listPage('services', named(state().seed.services, query), query, (service) => toServiceView(service, state(), time));
    },
  },
  {
    at: 'GET /services/{id}',
    answer: ({ params, query }) => ({ service: toServiceView(requireOne(state().seed.services, params.id), state(), timeWriter(query)) }),
  },
  {
    at: 'GET /escalation_policies',
    answer: ({ query }) =>
      listPage('escalation_policies', named(state().seed.escalationPolicies, query), query, (policy) => toPolicyView(policy, state())),
  },
  {
    at: 'GET /escalation_policies/{id}',
    answer: ({ params }) => ({ escalation_policy: toPolicyView(requireOne(state().seed.escalationPolicies, params.id), state()) }),
  },
  {
    at: 'GET /users',
    answer: ({ query }) => listPage('users', named(state().seed.users, query), query, (user) => toUserView(user, state())),
  },
  { at: 'GET /users/{id}', answer: ({ params }) => ({ user: toUserView(requireOne(state().seed.users, params.id), state()) }) },
];
