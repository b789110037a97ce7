import type { AtlassianSite } from './atlassian/atlassian-site.ts';
import { type AtlassianCaller, checkScopes, identifyCaller } from './atlassian/identify-caller.ts';
import type { SaasApi } from './http/answer-saas.ts';
import { SaasRefusal } from './http/saas-refusal.ts';
import { type SaasEmulator, startSaas } from './http/start-saas.ts';
import { browseIssue } from './jira/browse-issue.ts';
import { jiraRefusal } from './jira/jira-refusal.ts';
import type { JiraSeed } from './jira/jira-seed.ts';
import type { JiraIssue } from './jira/jira-state.ts';
import { loadJira } from './jira/load-jira.ts';
import { boardRoutes } from './jira/routes/board-routes.ts';
import { commentRoutes, issueRoutes, transitionRoutes } from './jira/routes/issue-routes.ts';
import { createMetaRoutes, placeRoutes } from './jira/routes/place-routes.ts';
import { searchRoutes } from './jira/routes/search-routes.ts';
import { serviceDeskRoutes } from './jira/service-desk/service-desk-routes.ts';

export interface JiraParts {
  readonly seed: JiraSeed;
  readonly site: AtlassianSite;
  /** Where people open it, without a slash at the end; the emulator's own address unless told. */
  readonly siteUrl?: string;
  readonly now?: () => number;
  /**
   * How long the search does not know a new issue, in milliseconds: Jira's is behind by a moment
   * (https://developer.atlassian.com/cloud/jira/platform/search-and-reconcile/).
   */
  readonly searchLag?: number;
  readonly port?: number;
}

export interface JiraEmulator extends SaasEmulator {
  /** Every issue, old and new. */
  readonly issues: readonly JiraIssue[];
}

const routes = [placeRoutes, createMetaRoutes, searchRoutes, issueRoutes, commentRoutes, transitionRoutes, boardRoutes, serviceDeskRoutes];

/** Jira Cloud: REST v3, boards and sprints, service desks, as far as Vera knows them. */
export async function createJira({ seed, site, siteUrl, now = Date.now, searchLag = 0, port }: JiraParts): Promise<JiraEmulator> {
  const [server, state] = await startSaas({
    load: (url) => loadJira(seed, { people: site.people, url: siteUrl ?? url, now, searchLag }),
    routes,
    browse: browseIssue,
    identify: (request) => identifyCaller(request, { site, product: 'jira', now: now() }),
    checkScopes,
    refusals,
    port,
  });
  return {
    ...server,
    get issues() {
      return state().issues;
    },
  };
}

const refusals: SaasApi<AtlassianCaller>['refusals'] = {
  unknownPath: (path) => new SaasRefusal(404, { message: `null for uri: ${path}`, 'status-code': 404 }),
  wrongMethod: () => new SaasRefusal(405, { message: 'HTTP 405 Method Not Allowed', 'status-code': 405 }),
  badBody: () => jiraRefusal(400, 'There was an error parsing JSON. Check that your request body is valid.'),
  injected: (status, headers) => jiraRefusal(status, status === 429 ? 'Rate limit exceeded.' : 'Internal server error', {}, headers),
};
