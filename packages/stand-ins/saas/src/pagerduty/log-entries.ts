import { onCallsOf } from './on-calls.ts';
import type { SeedIncident } from './pagerduty-seed.ts';
import { type PagerDutyState, policyOf, serviceOf, userOf } from './pagerduty-state.ts';
import { reference } from './reference.ts';

interface LogEntry {
  readonly type: string;
  readonly at: number;
  readonly summary: string;
  /** Handle; the service itself when left out. */
  readonly by?: string;
  readonly note?: string;
  /** Shown when `is_overview=true`. */
  readonly isImportant: boolean;
}

/** What happened to an incident, newest first, as PagerDuty lists it. */
export function logEntriesOf(incident: SeedIncident, state: PagerDutyState): LogEntry[] {
  const { acknowledged, resolved, notes = [] } = incident;
  const created = state.time.past(incident.created);
  const name = (handle: string) => userOf(state, handle).name;
  const [first] = onCallsOf([policyOf(state, serviceOf(state, incident.service).policy)], created, created, state);
  const entries: LogEntry[] = [
    { type: 'trigger_log_entry', at: created, summary: 'Triggered through the API', isImportant: true },
    ...(first ? [{ type: 'assign_log_entry', at: created, summary: `Assigned to ${name(first.handle)}`, isImportant: true }] : []),
    ...(first
      ? [{ type: 'notify_log_entry', at: created, summary: `Notified ${name(first.handle)} by push notification`, isImportant: false }]
      : []),
    ...(acknowledged
      ? [
          {
            type: 'acknowledge_log_entry',
            at: state.time.past(acknowledged.at),
            summary: `Acknowledged by ${name(acknowledged.by)}`,
            by: acknowledged.by,
            isImportant: true,
          },
        ]
      : []),
    ...notes.map(({ by, at, text }) => ({
      type: 'annotate_log_entry',
      at: state.time.past(at),
      summary: `Note added by ${name(by)}`,
      by,
      note: text,
      isImportant: false,
    })),
    ...(resolved ? [resolution(resolved, state)] : []),
  ];
  return entries.toSorted((one, other) => other.at - one.at);
}

function resolution({ by, at }: NonNullable<SeedIncident['resolved']>, state: PagerDutyState): LogEntry {
  const entry = { type: 'resolve_log_entry', at: state.time.past(at), isImportant: true };
  if (by === undefined) return { ...entry, summary: 'Resolved through the API' };
  return { ...entry, summary: `Resolved by ${userOf(state, by).name}`, by };
}

export function toLogEntryView(entry: LogEntry, incident: SeedIncident, state: PagerDutyState, time: (instant: number) => string): object {
  const { type, at, summary, by, note } = entry;
  const agent =
    by === undefined ? reference('service', serviceOf(state, incident.service), state) : reference('user', userOf(state, by), state);
  return {
    id: `R${incident.id.slice(1)}${type[0]?.toUpperCase()}${Math.floor(at / 1_000)
      .toString(36)
      .toUpperCase()}`,
    type,
    summary,
    created_at: time(at),
    agent,
    channel: { type: by === undefined ? 'api' : 'website' },
    ...(note === undefined ? {} : { note }),
    incident: reference('incident', { id: incident.id, name: incident.title }, state),
  };
}
