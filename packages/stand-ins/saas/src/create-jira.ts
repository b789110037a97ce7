import { createFaultList } from '@vera/stand-in-kit/fault-list';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import type { AtlassianSite } from './atlassian/atlassian-site.ts';
import { type AtlassianCaller, checkScopes, identifyCaller } from './atlassian/identify-caller.ts';
import { answerSaas, type SaasApi } from './http/answer-saas.ts';
import type { SaasFault } from './http/saas-fault.ts';
import { SaasRefusal } from './http/saas-refusal.ts';
import { browseIssue } from './jira/browse-issue.ts';
import type { JiraIssue } from './jira/jira-issue.ts';
import { jiraRefusal } from './jira/jira-refusal.ts';
import type { JiraSeed } from './jira/jira-seed.ts';
import { loadJira } from './jira/load-jira.ts';
import { boardRoutes } from './jira/routes/board-routes.ts';
import { commentRoutes } from './jira/routes/comment-routes.ts';
import { createMetaRoutes } from './jira/routes/create-meta-routes.ts';
import { issueRoutes } from './jira/routes/issue-routes.ts';
import { placeRoutes } from './jira/routes/place-routes.ts';
import { searchRoutes } from './jira/routes/search-routes.ts';
import { serviceDeskRoutes } from './jira/routes/service-desk-routes.ts';
import { transitionRoutes } from './jira/routes/transition-routes.ts';

export interface JiraParts {
  readonly seed: JiraSeed;
  readonly site: AtlassianSite;
  /** Where people open it, without a slash at the end; the emulator's own address unless told. */
  readonly siteUrl?: string;
  readonly now?: () => number;
  readonly port?: number;
}

export interface JiraEmulator extends Listening {
  /** Every issue, old and new. */
  readonly issues: readonly JiraIssue[];
  inject(fault: SaasFault): void;
  /** Back to the data file, told from now on. */
  reset(): void;
}

const allRoutes = [
  placeRoutes,
  createMetaRoutes,
  searchRoutes,
  issueRoutes,
  commentRoutes,
  transitionRoutes,
  boardRoutes,
  serviceDeskRoutes,
];

/** Jira Cloud: REST v3, boards and sprints, service desks, as far as Vera knows them. */
export async function createJira({ seed, site, siteUrl, now = Date.now, port }: JiraParts): Promise<JiraEmulator> {
  const faults = createFaultList<SaasFault, string>(({ path }, called) => path === undefined || called.includes(path));
  let url = siteUrl ?? '';
  const load = () => loadJira(seed, { people: site.people, url, now });
  let state = load();
  const routes = allRoutes.flatMap((part) => part(() => state));
  const api: SaasApi<AtlassianCaller> = {
    routes,
    faults,
    identify: (request) => identifyCaller(request, { site, product: 'jira', now: now() }),
    checkScopes,
    refusals,
  };
  const answer = answerSaas(api);
  const server = await listen(async (request, bindings) => (await browseIssue(request, state)) ?? answer(request, bindings), port);
  url = siteUrl ?? server.url;
  state = load();
  return {
    ...server,
    get issues() {
      return state.issues;
    },
    inject: faults.inject,
    reset: () => {
      faults.reset();
      state = load();
    },
  };
}

const refusals: SaasApi<AtlassianCaller>['refusals'] = {
  unknownPath: (path) => new SaasRefusal(404, { message: `null for uri: ${path}`, 'status-code': 404 }),
  wrongMethod: () => new SaasRefusal(405, { message: 'HTTP 405 Method Not Allowed', 'status-code': 405 }),
  badBody: () => jiraRefusal(400, 'There was an error parsing JSON. Check that your request body is valid.'),
  injected: (status, headers) => jiraRefusal(status, status === 429 ? 'Rate limit exceeded.' : 'Internal server error', {}, headers),
};
