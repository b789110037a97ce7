import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import type { AtlassianPerson } from '../../atlassian/atlassian-site.ts';
import { issueTypesOf } from '../issue-options.ts';
import { jiraRefusal, requireWriter } from '../jira-refusal.ts';
import { type JiraIssue, type JiraProject, type JiraState, maySee } from '../jira-state.ts';
import { readFields } from './read-fields.ts';
import { readProperties } from './read-properties.ts';

/** A new issue, written by the person whose credential came along. */
export function createIssue({ fields, properties }: JsonObject, person: AtlassianPerson, state: JiraState): JiraIssue {
  requireWriter(person, 'You do not have permission to create issues in this project.');
  const given = isJsonObject(fields) ? fields : {};
  const project = projectIn(given.project, person, state);
  const type = typeIn(given.issuetype, project);
  const change = readFields({ summary: undefined, ...given }, project, state);
  const at = state.now();
  const issue: JiraIssue = {
    id: state.nextId(),
    key: `${project.key}-${project.nextNumber}`,
    project: project.key,
    type,
    summary: '',
    description: null,
    status: project.type === 'service_desk' ? 'Waiting for support' : 'To Do',
    priority: 'Medium',
    resolution: null,
    assignee: null,
    reporter: person.accountId,
    creator: person.accountId,
    labels: [],
    components: [],
    parent: null,
    sprints: [],
    duedate: null,
    created: at,
    updated: at,
    resolved: null,
    comments: [],
    history: [],
    custom: {},
    properties: readProperties(properties),
    ...change,
  };
  project.nextNumber += 1;
  state.issues.push(issue);
  return issue;
}

function projectIn(value: unknown, person: AtlassianPerson, { projects }: JiraState): JiraProject {
  const project = projects.find(({ id, key }) => isJsonObject(value) && (value.key === key || value.id === id));
  if (!project || !maySee(project, person)) throw jiraRefusal(400, [], { project: 'Specify a valid project ID or key' });
  return project;
}

function typeIn(value: unknown, { type }: JiraProject): string {
  if (value === undefined) throw jiraRefusal(400, [], { issuetype: 'Specify an issue type' });
  const found = issueTypesOf(type).find(({ id, name }) => isJsonObject(value) && (value.id === id || value.name === name));
  if (!found) throw jiraRefusal(400, [], { issuetype: 'Specify a valid issue type' });
  return found.name;
}
