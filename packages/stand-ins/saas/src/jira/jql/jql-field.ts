import type { AtlassianPerson } from '../../atlassian/atlassian-site.ts';
import type { QueryClock } from '../../query-language/date-of.ts';
import type { Operator } from '../../query-language/query.ts';
import type { JiraIssue, JiraState } from '../jira-state.ts';

/** What a query is read against. */
export interface JqlContext {
  readonly state: JiraState;
  /** Who asks: `currentUser()`, and whose time zone counts. */
  readonly person: AtlassianPerson;
  readonly clock: QueryClock;
}

export type JqlValue = string | number;

/** A field of JQL: what it says of an issue, which operators it knows, and what a written value means. */
export interface JqlField {
  readonly names: readonly string[];
  readonly operators: readonly Operator[];
  /** None: the field is empty. Texts in small letters unless the field is compared by `~`. */
  readonly read: (issue: JiraIssue, context: JqlContext) => readonly JqlValue[];
  /** The value meant; undefined when there is no such value. */
  readonly resolve: (text: string, context: JqlContext) => JqlValue | undefined;
  /** The values a function stands for; undefined when the field does not know it. */
  readonly call?: (name: string, args: readonly string[], context: JqlContext) => readonly JqlValue[] | undefined;
  /** In words, when `resolve` fails. */
  readonly refusal?: (text: string, name: string) => string;
}

export const equality: readonly Operator[] = ['=', '!=', 'in', 'not in', 'is', 'is not'];
export const ordered: readonly Operator[] = [...equality, '<', '<=', '>', '>='];
export const textual: readonly Operator[] = ['~', '!~', 'is', 'is not'];
