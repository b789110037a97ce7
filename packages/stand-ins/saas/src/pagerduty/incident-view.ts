import { onCallsOf } from './on-calls.ts';
import type { SeedIncident } from './pagerduty-seed.ts';
import { type PagerDutyState, policyOf, serviceOf, statusOfIncident, userOf } from './pagerduty-state.ts';
import { identity, reference, teamReferences } from './reference.ts';

type TimeWriter = (instant: number) => string;

export function toIncidentView(incident: SeedIncident, state: PagerDutyState, time: TimeWriter): object {
  const { id, number, title, urgency, priority, acknowledged, resolved, created } = incident;
  const service = serviceOf(state, incident.service);
  const policy = policyOf(state, service.policy);
  const at = (text: string) => time(state.time.past(text));
  const isOpen = !resolved;
  return {
    ...identity('incident', { id, name: `[#${number}] ${title}` }, state),
    incident_number: number,
    incident_key: id.toLowerCase(),
    title,
    description: title,
    status: statusOfIncident(incident),
    urgency,
    created_at: at(created),
    updated_at: at(lastChange(incident)),
    last_status_change_at: at(lastChange(incident)),
    resolved_at: resolved ? at(resolved.at) : null,
    service: reference('service', service, state),
    escalation_policy: reference('escalation_policy', policy, state),
    teams: teamReferences([service.team], state),
    priority: priority === undefined ? null : reference('priority', { id: `P${priority}`, name: priority }, state),
    assignments: isOpen
      ? [{ at: at(acknowledged?.at ?? created), assignee: reference('user', userOf(state, assigneeOf(incident, state)), state) }]
      : [],
    acknowledgements:
      isOpen && acknowledged ? [{ at: at(acknowledged.at), acknowledger: reference('user', userOf(state, acknowledged.by), state) }] : [],
    alert_counts: alertCounts(incident),
  };
}

export function lastChange({ created, acknowledged, resolved }: SeedIncident): string {
  return resolved?.at ?? acknowledged?.at ?? created;
}

/** Whoever took it; until then whoever is called first. */
function assigneeOf({ service, acknowledged, created }: SeedIncident, state: PagerDutyState): string {
  if (acknowledged) return acknowledged.by;
  const at = state.time.past(created);
  const [first] = onCallsOf([policyOf(state, serviceOf(state, service).policy)], at, at, state);
  return first?.handle ?? '';
}

function alertCounts({ alerts, resolved }: SeedIncident): object {
  return { all: alerts.length, triggered: resolved ? 0 : alerts.length, resolved: resolved ? alerts.length : 0 };
}

export function toAlertView(
  alert: SeedIncident['alerts'][number],
  incident: SeedIncident,
  state: PagerDutyState,
  time: TimeWriter,
): object {
  const { id, summary, severity, at, details = {} } = alert;
  return {
    id,
    type: 'alert',
    summary,
    self: `https://api.pagerduty.com/incidents/${incident.id}/alerts/${id}`,
    html_url: `https://${state.seed.subdomain}.pagerduty.com/alerts/${id}`,
    created_at: time(state.time.past(at)),
    status: incident.resolved ? 'resolved' : 'triggered',
    severity,
    suppressed: false,
    alert_key: id.toLowerCase(),
    service: reference('service', serviceOf(state, incident.service), state),
    incident: { id: incident.id, type: 'incident_reference' },
    body: { type: 'alert_body', details },
  };
}
