import type { AdfDocument } from '../atlassian/adf.ts';
import type { AtlassianPerson } from '../atlassian/atlassian-site.ts';
import type { AtlassianCaller } from '../atlassian/identify-caller.ts';
import type { Routes } from '../http/route.ts';
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
  /** How long the search does not know a new issue, in milliseconds. */
  readonly searchLag: number;
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

export interface JiraComment {
  readonly id: string;
  readonly author: string;
  readonly created: number;
  readonly body: AdfDocument;
  /** Of a service desk: the customer does not see it. */
  readonly isInternal?: boolean;
  readonly properties: EntityProperties;
}

/** What apps keep with an issue or a comment, by key; people do not see it. */
export type EntityProperties = Readonly<Record<string, unknown>>;

interface JiraChange {
  readonly id: string;
  readonly author: string;
  readonly at: number;
  readonly items: readonly { readonly field: string; readonly from: string | null; readonly to: string | null }[];
}

/** An issue as it is kept. People are account ids, times epoch milliseconds, issues keys. */
export interface JiraIssue {
  readonly id: string;
  readonly key: string;
  readonly project: string;
  type: string;
  summary: string;
  description: AdfDocument | null;
  status: string;
  priority: string;
  resolution: string | null;
  assignee: string | null;
  reporter: string;
  readonly creator: string;
  labels: string[];
  components: string[];
  parent: string | null;
  sprints: number[];
  duedate: string | null;
  readonly created: number;
  updated: number;
  resolved: number | null;
  readonly comments: JiraComment[];
  readonly history: JiraChange[];
  /** Values of the fields a customer added, by id. */
  custom: Record<string, unknown>;
  readonly properties: EntityProperties;
}

export type JiraRoutes = Routes<JiraState, AtlassianCaller>;
