import type { AdfDocument } from '../atlassian/adf/adf-node.ts';

export interface JiraComment {
  readonly id: string;
  readonly author: string;
  readonly created: number;
  readonly body: AdfDocument;
  /** Of a service desk: the customer does not see it. */
  readonly isInternal?: boolean;
}

export interface JiraChange {
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
}
