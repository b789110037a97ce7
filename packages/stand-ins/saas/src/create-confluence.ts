import type { AtlassianSite } from './atlassian/atlassian-site.ts';
import { checkScopes, identifyCaller } from './atlassian/identify-caller.ts';
import { confluenceRefusal, notFound } from './confluence/confluence-refusal.ts';
import type { ConfluenceSeed } from './confluence/confluence-seed.ts';
import type { ConfluencePage } from './confluence/confluence-state.ts';
import { loadConfluence } from './confluence/load-confluence.ts';
import { browsePage } from './confluence/page-view.ts';
import { belowPageRoutes, pageRoutes } from './confluence/routes/page-routes.ts';
import { searchRoutes } from './confluence/routes/search-routes.ts';
import { spaceRoutes } from './confluence/routes/space-routes.ts';
import { type SaasEmulator, startSaas } from './http/start-saas.ts';

export interface ConfluenceParts {
  readonly seed: ConfluenceSeed;
  readonly site: AtlassianSite;
  /** Where people open the site, without a slash at the end and without `/wiki`; the emulator's own address unless told. */
  readonly siteUrl?: string;
  readonly now?: () => number;
  readonly port?: number;
}

export interface ConfluenceEmulator extends SaasEmulator {
  /** Every page, old and new. */
  readonly pages: readonly ConfluencePage[];
}

/** Confluence Cloud: REST v2, and the search of v1, as far as Vera knows them. */
export async function createConfluence({ seed, site, siteUrl, now = Date.now, port }: ConfluenceParts): Promise<ConfluenceEmulator> {
  const [server, state] = await startSaas({
    load: (url) => loadConfluence(seed, { people: site.people, url: siteUrl ?? url, now }),
    routes: [searchRoutes, pageRoutes, belowPageRoutes, spaceRoutes],
    browse: browsePage,
    identify: (request) => identifyCaller(request, { site, product: 'confluence', now: now() }),
    checkScopes,
    refusals: {
      unknownPath: notFound,
      wrongMethod: () => confluenceRefusal(405, 'METHOD_NOT_ALLOWED', 'Method Not Allowed'),
      badBody: () => confluenceRefusal(400, 'INVALID_REQUEST_BODY', 'Could not parse the request body.'),
      injected: (status, headers) => confluenceRefusal(status, status === 429 ? 'RATE_LIMITED' : 'ERROR', wordsFor(status), headers),
    },
    port,
  });
  return {
    ...server,
    get pages() {
      return state().pages;
    },
  };
}

function wordsFor(status: number): string {
  return status === 429 ? 'Rate limit exceeded' : 'Internal server error';
}
