import type { SeedPage } from './confluence/confluence-seed.ts';
import type { SeedIssue } from './jira/jira-seed.ts';
import type { SeedIncident } from './pagerduty/pagerduty-seed.ts';

/** An incident whose cause is known, spread over the systems as causes are. */
export interface PlantedIncident {
  readonly incident: SeedIncident;
  /** What was done before it: its cause or not. */
  readonly issues: readonly SeedIssue[];
  readonly pages: readonly SeedPage[];
  /** Another one at the same time. */
  readonly beside?: SeedIncident;
  /** The phrases that together name the cause, each in another place. */
  readonly evidence: readonly string[];
}

interface Plot {
  readonly service: string;
  readonly alert: string;
  /** What the alert carries. */
  readonly sign: Readonly<Record<string, string | number>>;
  readonly note: string;
  /** Done some hours before: the summary of a ticket and what stands in it. */
  readonly change: readonly [summary: string, text: string];
  /** Another change of those days that has nothing to do with it. */
  readonly harmless: string;
  readonly page?: readonly [title: string, text: string];
  readonly beside?: readonly [service: string, title: string, value: string];
  readonly evidence: readonly string[];
}

const plots: readonly Plot[] = [
  {
    service: 'payments-api',
    alert: 'AuthorisationSlow',
    sign: { p95: '4.1 s', pool: 'payments-db waiting 212 of 220' },
    note: 'Only writes are slow. The database itself is idle.',
    change: ['Smaller connection pool for payments-api', 'pool.max set from 40 to 8, to make room for reporting.'],
    harmless: 'payments-api: new logo on receipts',
    evidence: ['payments-db waiting 212 of 220', 'pool.max set from 40 to 8'],
  },
  {
    service: 'settlement-worker',
    alert: 'SettlementFileMissing',
    sign: { error: 'SSH handshake refused: certificate expired', host: 'sftp.corvo.example' },
    note: 'Nothing was fetched since 06:00.',
    change: ['settlement-worker: retry three times', 'Retries after a broken transfer.'],
    harmless: 'settlement-worker: names of metrics',
    page: [
      'Certificates of settlement-worker',
      'The client certificate for sftp.corvo.example ends on 24 November 2026 at 05:00. Renewal by hand.',
    ],
    evidence: ['SSH handshake refused: certificate expired', 'ends on 24 November 2026 at 05:00'],
  },
  {
    service: 'clinic-web',
    alert: 'SignInFailures',
    sign: { failing: '38 % of sign-ins', upstream: 'identity answers 503' },
    note: 'clinic-web itself is healthy, all pods are ready.',
    change: ['clinic-web: dark theme', 'Released on Monday.'],
    harmless: 'clinic-web: fewer fonts',
    beside: ['identity', 'IdentityDiskFull: volume of identity-2 at 100 %', 'identity-2 at 100 %'],
    evidence: ['identity answers 503', 'identity-2 at 100 %'],
  },
  {
    service: 'terminal-gateway',
    alert: 'TerminalDisconnectRate',
    sign: { offline: '311 terminals', link: 'mobile network, operator Airline' },
    note: 'All on the mobile network. Cable is fine.',
    change: ['terminal-gateway: longer keep-alive', 'Two minutes instead of one, on cable only.'],
    harmless: 'terminal-gateway: quieter logs',
    page: [
      'Vendors of terminal-gateway: maintenance',
      'Operator Airline moves its gateway in Leeds on 24 November 2026 from 09:00; connections drop for an hour.',
    ],
    evidence: ['mobile network, operator Airline', 'Operator Airline moves its gateway in Leeds on 24 November 2026'],
  },
  {
    service: 'notify',
    alert: 'NotifyQueueOld',
    sign: { oldest: '19 min', refused: '429 from texting provider, limit 30 a second' },
    note: 'The queue drains slowly, nothing is lost.',
    change: ['notify: reminders two days ahead as well', 'reminders.daysBefore is now [1, 2]: twice as many messages at nine.'],
    harmless: 'notify: footer in Portuguese',
    evidence: ['429 from texting provider, limit 30 a second', 'reminders.daysBefore is now [1, 2]'],
  },
  {
    service: 'records-api',
    alert: 'RecordsLatencyHigh',
    sign: { p95: '2.8 s', query: 'seq scan on patient_names' },
    note: 'Only search by name.',
    change: ['records-db: drop unused indexes', 'Dropped patient_names_trgm_idx and two others that no statistics showed.'],
    harmless: 'records-api: openapi file renamed',
    evidence: ['seq scan on patient_names', 'Dropped patient_names_trgm_idx'],
  },
  {
    service: 'lab-bridge',
    alert: 'MessagesSetAside',
    sign: { count: 640, reason: 'OBX-5 longer than 4096' },
    note: 'All from one laboratory.',
    change: ['lab-bridge: stricter reading of HL7', 'Fields beyond 4096 characters are set aside instead of cut.'],
    harmless: 'lab-bridge: base image of November',
    page: ['Partners of lab-bridge', 'Laboratory Norte sends whole reports as text in OBX-5 from 24 November 2026.'],
    evidence: ['OBX-5 longer than 4096', 'set aside instead of cut', 'Laboratory Norte sends whole reports as text in OBX-5'],
  },
  {
    service: 'audit-log',
    alert: 'RetentionJobFailed',
    sign: { error: 'statement timeout after 300 s', rows: '41,200,000 to delete' },
    note: 'Third night in a row.',
    change: ['audit-log: retention shortened', 'retention.days from 400 to 90, as agreed with data protection.'],
    harmless: 'audit-log: table of contents in the handbook',
    evidence: ['41,200,000 to delete', 'retention.days from 400 to 90'],
  },
  {
    service: 'scheduling-api',
    alert: 'BookingConflicts',
    sign: { conflicts: '57 an hour', offset: 'all exactly 60 min apart' },
    note: 'Only clinics in Portugal.',
    change: ['scheduling-api: time zones from the new library', 'tzdata 2026c; WET is read as UTC+1 from now on.'],
    harmless: 'scheduling-api: colours of the calendar',
    evidence: ['all exactly 60 min apart', 'WET is read as UTC+1'],
  },
  {
    service: 'identity',
    alert: 'TokenErrors',
    sign: { error: 'JWT not yet valid (nbf)', pods: 'identity-4 only' },
    note: 'Restarting the pod did not help.',
    change: ['identity: fourth pod on a new node', 'identity-4 runs on node eu-w1-77.'],
    harmless: 'identity: sign-in page with the new address',
    beside: ['audit-log', 'ClockSkew: node eu-w1-77 is 94 s ahead', 'node eu-w1-77 is 94 s ahead'],
    evidence: ['JWT not yet valid (nbf)', 'identity-4 runs on node eu-w1-77', 'node eu-w1-77 is 94 s ahead'],
  },
];

export const plantedServices = plots.map(({ service }) => service);

/** Ten, one for each service, all of the morning of 24 November. */
export function plantedIncidents({
  project,
  space,
  author,
}: {
  readonly project: string;
  readonly space: string;
  readonly author: string;
}): PlantedIncident[] {
  return plots.map(({ service, alert, sign, note, change: [summary, description], harmless, page, beside, evidence }, index) => {
    const issue = (number: number, words: Pick<SeedIssue, 'summary'> & Partial<SeedIssue>): SeedIssue => ({
      key: `${project}-${number}`,
      type: 'Task',
      status: 'Done',
      reporter: author,
      components: [service],
      created: '2026-11-20T09:00',
      resolved: '2026-11-23T16:00',
      ...words,
    });
    return {
      evidence,
      incident: incidentOf({
        number: 500 + index,
        service,
        title: `${alert}: ${service}`,
        details: { alertname: alert, ...sign },
        notes: [{ by: author, at: '2026-11-24T09:40', text: note }],
      }),
      issues: [issue(100 + index * 2, { summary, description }), issue(101 + index * 2, { summary: harmless })],
      pages: page
        ? [{ id: String(2_000 + index), space, title: page[0], parent: '1999', author, created: '2026-11-10T09:00', body: page[1] }]
        : [],
      ...(beside
        ? { beside: incidentOf({ number: 600 + index, service: beside[0], title: beside[1], details: { value: beside[2] } }) }
        : {}),
    };
  });
}

type Told = Pick<SeedIncident, 'number' | 'service' | 'title'> & {
  readonly details: Readonly<Record<string, unknown>>;
  readonly notes?: SeedIncident['notes'];
};

function incidentOf({ details, notes = [], ...told }: Told): SeedIncident {
  const id = `QPLANT${told.number}`;
  const alerts = [{ id: `${id}A`, summary: told.title, severity: 'critical', at: '2026-11-24T09:30', details }] as const;
  return { id, ...told, urgency: 'high', created: '2026-11-24T09:30', notes, alerts };
}
