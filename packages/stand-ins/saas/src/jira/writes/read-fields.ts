import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import { isAdf } from '../../atlassian/adf.ts';
import { issueFields, priorities } from '../issue-options.ts';
import { jiraRefusal } from '../jira-refusal.ts';
import type { JiraIssue, JiraProject, JiraState } from '../jira-state.ts';

/** The part of an issue a request sets. */
export type IssueChange = Partial<
  Pick<
    JiraIssue,
    'summary' | 'description' | 'priority' | 'assignee' | 'reporter' | 'labels' | 'components' | 'parent' | 'duedate' | 'custom'
  >
>;

/** Reads the fields of a request; refuses all that is wrong at once, field by field, as Jira does. */
export function readFields(fields: JsonObject, project: JiraProject, state: JiraState): IssueChange {
  const change: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'project' || name === 'issuetype') continue;
    const read = readField(name, value, project, state);
    if ('error' in read) errors[name] = read.error;
    else (name.startsWith('customfield_') ? custom : change)[name] = read.value;
  }
  if (Object.keys(errors).length > 0) throw jiraRefusal(400, [], errors);
  return { ...change, ...(Object.keys(custom).length > 0 ? { custom } : {}) };
}

function readField(name: string, value: unknown, project: JiraProject, state: JiraState): ReadValue {
  const info = issueFields.find(({ id }) => id === name);
  if (!info?.isSettable) return { error: `Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.` };
  const isWrongNumber = info.schema.type === 'number' && value !== null && typeof value !== 'number';
  if (isWrongNumber) return { error: 'Operation value must be a number' };
  return readers[name]?.(value, project, state) ?? { value };
}

type ReadValue = { readonly value: unknown } | { readonly error: string };
type Reader = (value: unknown, project: JiraProject, state: JiraState) => ReadValue;

const readers: Readonly<Record<string, Reader>> = {
  summary: (value) => {
    if (typeof value !== 'string' || value.trim() === '') return { error: 'You must specify a summary of the issue.' };
    if (value.length > 255) return { error: 'Summary must be less than 255 characters.' };
    return /[\r\n]/.test(value) ? { error: 'The summary is invalid because it contains newline characters.' } : { value: value.trim() };
  },
  description: (value) => {
    if (value === null || isAdf(value)) return { value };
    return { error: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)' };
  },
  priority: (value) => {
    const found = priorities.find(({ id, name }) => isJsonObject(value) && (value.id === id || value.name === name));
    return found ? { value: found.name } : { error: 'The priority selected is invalid.' };
  },
  assignee: readPerson,
  reporter: readPerson,
  labels: (value) => {
    if (!Array.isArray(value) || value.some((label) => typeof label !== 'string'))
      return { error: 'Operation value must be an array of strings' };
    const spaced = value.find((label) => /\s/.test(label));
    return spaced === undefined ? { value: [...new Set(value)] } : { error: `The label '${spaced}' contains spaces which is invalid.` };
  },
  components: (value, { id: project, components }) => {
    const nameOf = (item: JsonObject) => item.name ?? components.find((_, index) => item.id === `${project}${index}`);
    const names = Array.isArray(value) ? value.map((item) => (isJsonObject(item) ? String(nameOf(item)) : '')) : [];
    const unknown = names.find((name) => !components.includes(name));
    return unknown === undefined ? { value: names } : { error: `Component name '${unknown}' is not valid` };
  },
  parent: (value, _project, { issues }) => {
    if (value === null) return { value };
    const found = issues.find(({ id, key }) => isJsonObject(value) && (value.id === id || value.key === key));
    return found ? { value: found.key } : { error: 'Could not find valid id or key.' };
  },
  duedate: (value) => {
    if (value === null || (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value))) return { value };
    return { error: "Error parsing date string: must be of the format 'yyyy-MM-dd'" };
  },
};

function readPerson(value: unknown, _project: JiraProject, { people }: JiraState): ReadValue {
  if (value === null) return { value };
  const id = isJsonObject(value) ? (value.accountId ?? value.id) : undefined;
  const found = people.find(({ accountId }) => accountId === id);
  return found ? { value: found.accountId } : { error: `User '${String(id)}' does not exist.` };
}
