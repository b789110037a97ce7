import type { StoryCalendar } from '../story/story-time.ts';

/** A Jira as a data file tells it. People are named by their handles, times as `StoryTime` reads them. */
export interface JiraSeed extends StoryCalendar {
  readonly projects: readonly SeedProject[];
  readonly boards: readonly { readonly id: number; readonly name: string; readonly type: string; readonly project: string }[];
  readonly sprints: readonly SeedSprint[];
  readonly issues: readonly SeedIssue[];
  readonly serviceDesks: readonly SeedServiceDesk[];
}

export interface SeedProject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly type: 'software' | 'service_desk';
  readonly lead: string;
  readonly components: readonly string[];
  /** Who may see it; everybody when left out. */
  readonly members?: readonly string[];
  /** The number of the next new issue. */
  readonly nextNumber: number;
}

export interface SeedSprint {
  readonly id: number;
  readonly board: number;
  readonly name: string;
  readonly state: 'active' | 'future' | 'closed';
  readonly goal: string;
  readonly start?: string;
  readonly end?: string;
}

export interface SeedIssue {
  readonly key: string;
  readonly type: string;
  readonly summary: string;
  readonly description?: string;
  readonly status: string;
  readonly priority?: string;
  readonly assignee?: string;
  readonly reporter: string;
  readonly labels?: readonly string[];
  readonly components?: readonly string[];
  readonly parent?: string;
  readonly sprint?: number;
  readonly points?: number;
  readonly due?: string;
  readonly created: string;
  /** The last change; the latest comment or the end of the work when left out. */
  readonly updated?: string;
  readonly resolved?: string;
  readonly comments?: readonly { readonly by: string; readonly at: string; readonly text: string }[];
}

export interface SeedServiceDesk {
  readonly id: string;
  readonly project: string;
  readonly requestTypes: readonly SeedRequestType[];
}

export interface SeedRequestType {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly issueType: string;
  readonly fields: readonly SeedRequestField[];
}

export interface SeedRequestField {
  readonly fieldId: string;
  readonly name: string;
  readonly description?: string;
  readonly required: boolean;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly values?: readonly SeedChoice[];
}

export interface SeedChoice {
  readonly value: string;
  readonly label: string;
  readonly children?: readonly SeedChoice[];
}
