export interface Option {
  readonly id: string;
  readonly name: string;
}

/** Highest first. */
export const priorities: readonly Option[] = [
  { id: '1', name: 'Highest' },
  { id: '2', name: 'High' },
  { id: '3', name: 'Medium' },
  { id: '4', name: 'Low' },
  { id: '5', name: 'Lowest' },
];

export const resolutions: readonly Option[] = [
  { id: '10000', name: 'Done' },
  { id: '10001', name: "Won't Do" },
  { id: '10002', name: 'Duplicate' },
];

export interface IssueType extends Option {
  readonly subtask: boolean;
  /** 1 is an epic, 0 what stands on a board, -1 a part of that. */
  readonly level: 1 | 0 | -1;
}

const softwareTypes: readonly IssueType[] = [
  { id: '10000', name: 'Epic', subtask: false, level: 1 },
  { id: '10001', name: 'Story', subtask: false, level: 0 },
  { id: '10002', name: 'Task', subtask: false, level: 0 },
  { id: '10004', name: 'Bug', subtask: false, level: 0 },
  { id: '10003', name: 'Sub-task', subtask: true, level: -1 },
];

const serviceDeskTypes: readonly IssueType[] = [
  { id: '10020', name: 'Service request', subtask: false, level: 0 },
  { id: '10021', name: 'Incident', subtask: false, level: 0 },
];

export const issueTypes: readonly IssueType[] = [...softwareTypes, ...serviceDeskTypes];

export function issueTypesOf(projectType: string): readonly IssueType[] {
  return projectType === 'service_desk' ? serviceDeskTypes : softwareTypes;
}

export interface FieldInfo {
  readonly id: string;
  readonly name: string;
  readonly custom: boolean;
  readonly description?: string;
  readonly schema: Readonly<Record<string, unknown>>;
  /** Whether people set it when they create or edit an issue. */
  readonly isSettable: boolean;
}

const system = (id: string, name: string, type: string, isSettable = true): FieldInfo => ({
  id,
  name,
  custom: false,
  schema: { type, system: id },
  isSettable,
});
const custom = (number: number, name: string, type: string, description: string): FieldInfo => ({
  id: `customfield_${number}`,
  name,
  custom: true,
  description,
  schema: { type, customId: number },
  isSettable: true,
});

export const storyPoints = 'customfield_10016';
export const sprintField = 'customfield_10020';
export const requestTypeField = 'customfield_10010';

export const issueFields: readonly FieldInfo[] = [
  system('summary', 'Summary', 'string'),
  system('description', 'Description', 'string'),
  system('issuetype', 'Issue Type', 'issuetype'),
  system('project', 'Project', 'project'),
  system('status', 'Status', 'status', false),
  system('priority', 'Priority', 'priority'),
  system('resolution', 'Resolution', 'resolution', false),
  system('assignee', 'Assignee', 'user'),
  system('reporter', 'Reporter', 'user'),
  system('creator', 'Creator', 'user', false),
  system('labels', 'Labels', 'array'),
  system('components', 'Components', 'array'),
  system('parent', 'Parent', 'issuelink'),
  system('duedate', 'Due date', 'date'),
  system('created', 'Created', 'datetime', false),
  system('updated', 'Updated', 'datetime', false),
  system('resolutiondate', 'Resolved', 'datetime', false),
  system('comment', 'Comment', 'comments-page', false),
  custom(10010, 'Request Type', 'sd-customerrequesttype', 'Of a service desk'),
  custom(10016, 'Story point estimate', 'number', 'How large a story is, against others'),
  custom(10020, 'Sprint', 'array', 'The sprints it is or was in'),
  custom(10041, 'Clinics affected', 'number', 'How many clinics notice it'),
  custom(10051, 'Office', 'option', 'Dublin, Leeds or Lisbon'),
  custom(10052, 'Device', 'option-with-child', 'What it is about'),
  custom(10053, 'System', 'option', 'Which system access is wanted to'),
];
