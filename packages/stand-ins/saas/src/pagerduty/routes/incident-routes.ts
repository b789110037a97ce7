import { lastChange, toAlertView, toIncidentView } from '../incident-view.ts';
import { logEntriesOf, toLogEntryView } from '../log-entries.ts';
import { invalidInput } from '../pagerduty-refusal.ts';
import type { SeedIncident } from '../pagerduty-seed.ts';
import { type PagerDutyRoutes, type PagerDutyState, requireOne, statusOfIncident, userOf } from '../pagerduty-state.ts';
import { listPage, readTime, timeWriter } from '../read-query.ts';
import { reference } from '../reference.ts';

const day = 86_400_000;
const longestPeriod = 186 * day;

/** Incidents, and what is to be known of one. */
export const incidentRoutes: PagerDutyRoutes = (state) => [
  {
    at: 'GET /incidents',
    answer: ({ query }) => {
      const time = timeWriter(query);
      return listPage('incidents', incidentsFor(query, state()), query, (incident) => toIncidentView(incident, state(), time));
    },
  },
  {
    at: 'GET /incidents/{id}',
    answer: ({ params, query }) => ({
      incident: toIncidentView(requireOne(state().seed.incidents, params.id), state(), timeWriter(query)),
    }),
  },
  {
    at: 'GET /incidents/{id}/notes',
    answer: ({ params, query }) => {
      const time = timeWriter(query);
      const { id, notes = [] } = requireOne(state().seed.incidents, params.id);
      return {
        notes: notes.map(({ by, at, text }, index) => ({
          id: `${id}N${index}`,
          user: reference('user', userOf(state(), by), state()),
          content: text,
          created_at: time(state().time.past(at)),
          channel: { summary: 'The PagerDuty website or APIs' },
        })),
      };
    },
  },
  {
    at: 'GET /incidents/{id}/log_entries',
    answer: ({ params, query }) => {
      const time = timeWriter(query);
      const incident = requireOne(state().seed.incidents, params.id);
      const entries = logEntriesOf(incident, state()).filter(({ isImportant }) => isImportant || query.get('is_overview') !== 'true');
      return listPage('log_entries', entries, query, (entry) => toLogEntryView(entry, incident, state(), time));
    },
  },
  {
    at: 'GET /incidents/{id}/alerts',
    answer: ({ params, query }) => {
      const time = timeWriter(query);
      const incident = requireOne(state().seed.incidents, params.id);
      const alerts = query.get('sort_by') === 'created_at:desc' ? incident.alerts.toReversed() : incident.alerts;
      return listPage('alerts', alerts, query, (alert) => toAlertView(alert, incident, state(), time));
    },
  },
];

function incidentsFor(query: URLSearchParams, state: PagerDutyState): SeedIncident[] {
  const until = readTime(query, 'until', state.now());
  const since = readTime(query, 'since', until - 31 * day);
  const isAnyAge = query.get('date_range') === 'all';
  if (!isAnyAge && until - since > longestPeriod) throw invalidInput('Date range cannot exceed six months.');
  const [statuses, services, urgencies] = ['statuses[]', 'service_ids[]', 'urgencies[]'].map((name) => query.getAll(name)) as [
    string[],
    string[],
    string[],
  ];
  const created = (incident: SeedIncident) => state.time.past(incident.created);
  const found = state.seed.incidents.filter((incident) => {
    const isInPeriod = isAnyAge || (created(incident) >= since && created(incident) <= until);
    return (
      isInPeriod &&
      isAmong(statuses, statusOfIncident(incident)) &&
      isAmong(services, incident.service) &&
      isAmong(urgencies, incident.urgency)
    );
  });
  const [field, direction] = (query.get('sort_by') ?? 'created_at:asc').split(':');
  const key = (incident: SeedIncident) => (field === 'resolved_at' ? state.time.past(lastChange(incident)) : created(incident));
  return found.toSorted((one, other) => (direction === 'desc' ? key(other) - key(one) : key(one) - key(other)));
}

function isAmong(wanted: readonly string[], value: string): boolean {
  return wanted.length === 0 || wanted.includes(value);
}
