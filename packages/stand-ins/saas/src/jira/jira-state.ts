import type { AtlassianPerson } from '../atlassian/atlassian-person.ts';
import type { JiraIssue } from './jira-issue.ts';
import type { SeedProject, SeedServiceDesk } from './jira-seed.ts';

export interface JiraProject extends SeedProject {
  nextNumber: number;
}

export interface Sprint {
  readonly id: number;
  readonly board: number;
  readonly name: string;
  readonly state: 'active' | 'future' | 'closed';
  readonly goal: string;
  readonly start?: number;
  readonly end?: number;
}

/** All that one Jira knows. */
export interface JiraState {
  readonly people: readonly AtlassianPerson[];
  readonly projects: readonly JiraProject[];
  readonly boards: readonly { readonly id: number; readonly name: string; readonly type: string; readonly project: string }[];
  readonly sprints: readonly Sprint[];
  readonly issues: JiraIssue[];
  readonly serviceDesks: readonly SeedServiceDesk[];
  /** Where people open it. */
  readonly url: string;
  now(): number;
  /** Counts up; ids of issues, comments and changes. */
  nextId(): string;
}

export function maySee(project: SeedProject, { handle }: AtlassianPerson): boolean {
  return project.members === undefined || project.members.includes(handle);
}

export function visibleIssues(state: JiraState, person: AtlassianPerson): JiraIssue[] {
  const keys = new Set(state.projects.filter((project) => maySee(project, person)).map(({ key }) => key));
  return state.issues.filter(({ project }) => keys.has(project));
}

export function projectOf(state: JiraState, key: string): JiraProject {
  const project = state.projects.find((one) => one.key === key);
  if (!project) throw new Error(`No such project: ${key}`);
  return project;
}
