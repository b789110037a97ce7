import type { SeedPolicy, SeedSchedule, SeedService, SeedUser } from './pagerduty-seed.ts';
import { type PagerDutyState, policyOf, scheduleOf, statusOfIncident, userOf } from './pagerduty-state.ts';
import { identity, reference, teamReferences } from './reference.ts';

export function toUserView(user: SeedUser, state: PagerDutyState): object {
  const { name, email, jobTitle, timeZone, teams } = user;
  return {
    ...identity('user', user, state),
    name,
    email,
    time_zone: timeZone,
    color: 'purple',
    role: 'user',
    job_title: jobTitle,
    description: null,
    invitation_sent: false,
    teams: teamReferences(teams, state),
  };
}

/** Its state is that of its incidents: critical while one is triggered, warning while one is acknowledged. */
export function toServiceView(service: SeedService, state: PagerDutyState, time: (instant: number) => string): object {
  const incidents = state.seed.incidents.filter((incident) => incident.service === service.id);
  const open = incidents.map(statusOfIncident);
  const last = Math.max(...incidents.map(({ created }) => state.time.past(created)));
  return {
    ...identity('service', service, state),
    name: service.name,
    description: service.description,
    status: statusFor(open),
    last_incident_timestamp: incidents.length === 0 ? null : time(last),
    escalation_policy: reference('escalation_policy', policyOf(state, service.policy), state),
    teams: teamReferences([service.team], state),
    auto_resolve_timeout: null,
    acknowledgement_timeout: null,
    alert_creation: 'create_alerts_and_incidents',
  };
}

function statusFor(open: readonly string[]): string {
  if (open.includes('triggered')) return 'critical';
  return open.includes('acknowledged') ? 'warning' : 'active';
}

export function toPolicyView(policy: SeedPolicy, state: PagerDutyState): object {
  const services = state.seed.services.filter((service) => service.policy === policy.id);
  return {
    ...identity('escalation_policy', policy, state),
    name: policy.name,
    description: policy.description,
    num_loops: policy.loops,
    escalation_rules: policy.rules.map(({ delayMinutes, schedule, user }, index) => ({
      id: `${policy.id}${index}`,
      escalation_delay_in_minutes: delayMinutes,
      targets: [
        schedule === undefined
          ? reference('user', userOf(state, user ?? ''), state)
          : reference('schedule', scheduleOf(state, schedule), state),
      ],
    })),
    services: services.map((service) => reference('service', service, state)),
    teams: teamReferences([policy.team], state),
    on_call_handoff_notifications: 'if_has_services',
  };
}

export function toScheduleView(schedule: SeedSchedule, state: PagerDutyState): object {
  const policies = state.seed.escalationPolicies.filter(({ rules }) => rules.some((rule) => rule.schedule === schedule.id));
  return {
    ...identity('schedule', schedule, state),
    name: schedule.name,
    description: schedule.description,
    time_zone: state.seed.zone,
    escalation_policies: policies.map((policy) => reference('escalation_policy', policy, state)),
    users: [...new Set(schedule.rotation)].map((handle) => reference('user', userOf(state, handle), state)),
    teams: teamReferences([schedule.team], state),
  };
}
