import type { AtlassianCaller } from '../atlassian/identify-caller.ts';
import type { Route } from '../http/route.ts';
import type { JiraState } from './jira-state.ts';

export type JiraRoute = Route<AtlassianCaller>;

/** Routes over the state; a reset brings a new one. */
export type JiraRoutes = (state: () => JiraState) => JiraRoute[];

export const readScopes = ['read:jira-work'];
export const writeScopes = ['write:jira-work'];
