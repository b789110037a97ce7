import { createAccessTokens } from '../src/atlassian/atlassian-site.ts';
import type { ConfluenceSeed } from '../src/confluence/confluence-seed.ts';
import type { JiraSeed } from '../src/jira/jira-seed.ts';
import type { PagerDutySeed } from '../src/pagerduty/pagerduty-seed.ts';

/** Tuesday of the story's own week, 10:00 in Dublin. */
export const tuesday = Date.parse('2026-11-24T10:00:00Z');

const calendar = { week: '2026-11-23', zone: 'Europe/Dublin' };
const everyone = { timeZone: 'Europe/Dublin' };
export const people = [
  { accountId: '1:ana', handle: 'ana', name: 'Ana Lima', email: 'ana@clinic.example', timeZone: 'America/New_York' },
  { ...everyone, accountId: '1:bo', handle: 'bo', name: 'Bo Berg', email: 'bo@clinic.example' },
  { ...everyone, accountId: '1:reader', handle: 'reader', name: 'Reader', email: 'reader@clinic.example', readsOnly: true },
];

/** A site with one API token and, for who brings them, OAuth tokens. */
export function createSite() {
  const tokens = createAccessTokens();
  return { cloudId: 'cloud-1', people, apiTokens: [{ email: 'reader@clinic.example', token: 'secret:with colon' }], tokens };
}

export const basic = { authorization: `Basic ${Buffer.from('reader@clinic.example:secret:with colon').toString('base64')}` };

const project = (id: string, key: string, more: object = {}) => ({
  id,
  key,
  name: `Project ${key}`,
  description: '',
  type: 'software' as const,
  lead: 'ana',
  components: ['till', 'chart'],
  nextNumber: 50,
  ...more,
});

export const jiraSeed: JiraSeed = {
  ...calendar,
  projects: [
    project('1', 'TILL'),
    project('2', 'HID', { members: ['ana'] }),
    project('3', 'HELP', { type: 'service_desk', components: [] }),
  ],
  boards: [
    { id: 7, name: 'TILL board', type: 'scrum', project: 'TILL' },
    { id: 8, name: 'Hidden board', type: 'kanban', project: 'HID' },
  ],
  sprints: [
    { id: 70, board: 7, name: 'Sprint 1', state: 'closed', goal: 'a', start: '2026-11-02T10:00', end: '2026-11-13T16:00' },
    { id: 71, board: 7, name: 'Sprint 2', state: 'active', goal: 'b', start: '2026-11-16T10:00', end: '2026-11-27T16:00' },
  ],
  issues: [
    {
      key: 'TILL-9',
      type: 'Bug',
      summary: 'Refund is paid twice',
      status: 'In Progress',
      priority: 'Highest',
      assignee: 'ana',
      reporter: 'bo',
      labels: ['money', 'urgent'],
      components: ['till'],
      sprint: 71,
      points: 3,
      due: '2026-11-25',
      created: '2026-11-20T09:00',
      description: 'Happens on Fridays.\n\n- first\n- second',
      comments: [
        { by: 'ana', at: '2026-11-23T08:00', text: 'Seen it. `retry` is the word.' },
        { by: 'bo', at: '2026-11-23T08:30', text: 'Thanks' },
      ],
    },
    {
      key: 'TILL-10',
      type: 'Story',
      summary: 'Receipts in Portuguese',
      status: 'To Do',
      reporter: 'ana',
      parent: 'TILL-9',
      sprint: 71,
      created: '2026-11-24T00:30',
      priority: 'Low',
    },
    {
      key: 'TILL-11',
      type: 'Task',
      summary: 'Old work',
      status: 'Done',
      assignee: 'bo',
      reporter: 'bo',
      created: '2026-09-01T09:00',
      resolved: '2026-11-18T12:00',
      sprint: 70,
    },
    { key: 'HID-1', type: 'Task', summary: 'Nobody sees this refund', status: 'To Do', reporter: 'ana', created: '2026-11-01T09:00' },
  ],
  serviceDesks: [
    {
      id: '5',
      project: 'HELP',
      requestTypes: [
        {
          id: '51',
          name: 'Broken',
          description: 'It does not work',
          issueType: 'Incident',
          fields: [
            { fieldId: 'summary', name: 'What?', required: true, schema: { type: 'string', system: 'summary' } },
            { fieldId: 'description', name: 'Since when?', required: false, schema: { type: 'string', system: 'description' } },
            {
              fieldId: 'customfield_10052',
              name: 'Device',
              required: true,
              schema: { type: 'option-with-child', customId: 10052 },
              values: [{ value: '1', label: 'Laptop', children: [{ value: '2', label: 'ThinkPad' }] }],
            },
          ],
        },
      ],
    },
  ],
};

const page = (id: string, space: string, title: string, more: object = {}) => ({
  id,
  space,
  title,
  author: 'ana',
  created: '2026-10-01T09:00',
  body: `About ${title}.`,
  ...more,
});

export const confluenceSeed: ConfluenceSeed = {
  ...calendar,
  spaces: [
    { id: '100', key: 'ENG', name: 'Engineering', homepage: '1' },
    { id: '101', key: 'HID', name: 'Hidden', homepage: '9', members: ['ana'] },
  ],
  pages: [
    page('1', 'ENG', 'Engineering'),
    page('2', 'ENG', 'Settlement files', {
      parent: '1',
      labels: ['runbook'],
      updated: '2026-11-22T09:00',
      version: 4,
      body: 'Corvo sends `v4` files.',
    }),
    page('3', 'ENG', 'Settlement history', { parent: '2', comments: [{ by: 'bo', at: '2026-10-02T09:00', text: 'Good <page>' }] }),
    page('9', 'HID', 'Hidden settlement'),
  ],
};

export const pagerDutySeed: PagerDutySeed = {
  ...calendar,
  subdomain: 'small-clinic',
  teams: [{ id: 'PTEAM1', name: 'Till' }],
  users: ['ana', 'bo', 'cy'].map((handle) => ({
    id: `PUSER${handle.toUpperCase()}`,
    handle,
    name: handle,
    email: `${handle}@clinic.example`,
    jobTitle: 'Engineer',
    timeZone: 'Europe/Dublin',
    teams: ['PTEAM1'],
  })),
  schedules: [
    {
      id: 'PSCHED1',
      name: 'Till primary',
      description: '',
      team: 'PTEAM1',
      rotation: ['ana', 'bo', 'cy'],
      overrides: [{ user: 'cy', start: '2026-11-26T09:00', end: '2026-11-27T09:00' }],
    },
  ],
  escalationPolicies: [
    {
      id: 'PPOL1',
      name: 'Till',
      description: '',
      team: 'PTEAM1',
      loops: 1,
      rules: [
        { delayMinutes: 5, schedule: 'PSCHED1' },
        { delayMinutes: 10, user: 'cy' },
      ],
    },
  ],
  services: ['till-api', 'chart-api', 'quiet-api'].map((name, index) => ({
    id: `PSVC${index}`,
    name,
    description: '',
    policy: 'PPOL1',
    team: 'PTEAM1',
  })),
  incidents: [
    {
      id: 'QINC1',
      number: 3,
      title: 'Till is slow',
      service: 'PSVC0',
      urgency: 'high',
      created: 'now-10m',
      alerts: [{ id: 'QA1', summary: 'p95 high', severity: 'critical', at: 'now-10m' }],
    },
    {
      id: 'QINC2',
      number: 2,
      title: 'Chart is slow',
      service: 'PSVC1',
      urgency: 'low',
      created: '2026-11-20T09:00',
      acknowledged: { by: 'bo', at: '2026-11-20T09:04' },
      notes: [{ by: 'bo', at: '2026-11-20T09:10', text: 'Looking' }],
      alerts: [],
    },
    {
      id: 'QINC3',
      number: 1,
      title: 'Long ago',
      service: 'PSVC1',
      urgency: 'high',
      created: '2026-03-12T09:00',
      acknowledged: { by: 'bo', at: '2026-03-12T09:02' },
      resolved: { at: '2026-03-12T10:00' },
      alerts: [],
    },
  ],
};
