import type { ConfluenceSeed } from '@vera/saas-stand-in/confluence/confluence-seed';
import type { JiraSeed } from '@vera/saas-stand-in/jira/jira-seed';

const calendar = { week: '2026-11-23', zone: 'Europe/Dublin' };
const zone = { timeZone: 'Europe/Dublin' };

export const people = [
  { ...zone, accountId: '1:ana', handle: 'ana', name: 'Ana Lima', email: 'ana@clinic.example' },
  { ...zone, accountId: '1:bo', handle: 'bo', name: 'Bo Berg', email: 'bo@clinic.example' },
  { ...zone, accountId: '1:bob', handle: 'bob', name: 'Bo Bergman', email: 'bob@clinic.example' },
  { ...zone, accountId: '1:reader', handle: 'reader', name: 'Reader', email: 'reader@clinic.example', readsOnly: true },
];

const project = { description: '', type: 'software' as const, lead: 'ana', components: ['till', 'chart'], nextNumber: 50 };

export const jiraSeed: JiraSeed = {
  ...calendar,
  projects: [
    { ...project, id: '1', key: 'PAY', name: 'Payments' },
    { ...project, id: '2', key: 'HID', name: 'Hidden', members: ['ana'] },
    { ...project, id: '3', key: 'HELP', name: 'IT help', type: 'service_desk', components: [] },
  ],
  boards: [],
  sprints: [],
  issues: [
    {
      key: 'PAY-9',
      type: 'Bug',
      summary: 'Refund is paid twice',
      status: 'In Progress',
      priority: 'Highest',
      assignee: 'ana',
      reporter: 'bo',
      labels: ['money', 'urgent'],
      due: '2026-11-25',
      created: '2026-11-20T09:00',
      description: 'Happens on Fridays.\n\n- first\n- second',
    },
    { key: 'PAY-10', type: 'Epic', summary: 'Refunds', status: 'To Do', reporter: 'ana', created: '2026-11-20T09:00' },
    { key: 'HID-1', type: 'Task', summary: 'Nobody sees this', status: 'To Do', reporter: 'ana', created: '2026-11-01T09:00' },
    { key: 'HELP-7', type: 'Incident', summary: 'Printer', status: 'Waiting for support', reporter: 'bo', created: '2026-11-20T09:00' },
  ],
  serviceDesks: [
    {
      id: '5',
      project: 'HELP',
      requestTypes: [
        {
          id: '51',
          name: 'Something is broken',
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
              values: [
                { value: '1', label: 'Laptop', children: [{ value: '2', label: 'ThinkPad' }] },
                { value: '3', label: 'Meeting room', children: [] },
              ],
            },
            {
              fieldId: 'customfield_10051',
              name: 'Office',
              required: false,
              schema: { type: 'option', customId: 10051 },
              values: [{ value: '7', label: 'Dublin' }],
            },
            { fieldId: 'duedate', name: 'Needed by', required: false, schema: { type: 'date', system: 'duedate' } },
          ],
        },
      ],
    },
  ],
};

const page = { author: 'ana', created: '2026-10-01T09:00' };

export const confluenceSeed: ConfluenceSeed = {
  ...calendar,
  spaces: [
    { id: '100', key: 'ENG', name: 'Engineering', homepage: '1' },
    { id: '101', key: 'HID', name: 'Hidden', homepage: '9', members: ['ana'] },
  ],
  pages: [
    { ...page, id: '1', space: 'ENG', title: 'Engineering', body: 'Home.' },
    { ...page, id: '2', space: 'ENG', title: 'Settlement files', parent: '1', version: 4, body: 'Corvo sends `v4` files.\n\n- one\n- two' },
    { ...page, id: '9', space: 'HID', title: 'Hidden settlement', body: 'Hush.' },
  ],
};
