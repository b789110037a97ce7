import type { AtlassianPerson } from '../../atlassian/atlassian-person.ts';
import type { JiraState } from '../jira-state.ts';

export interface ViewParts {
  readonly state: JiraState;
  /** Whose time zone the times are in. */
  readonly reader: AtlassianPerson;
}
