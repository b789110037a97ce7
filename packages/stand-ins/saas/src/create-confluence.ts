import { createFaultList } from '@vera/stand-in-kit/fault-list';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import type { AtlassianSite } from './atlassian/atlassian-site.ts';
import { type AtlassianCaller, checkScopes, identifyCaller } from './atlassian/identify-caller.ts';
import { browsePage } from './confluence/browse-page.ts';
import { confluenceRefusal, notFound } from './confluence/confluence-refusal.ts';
import type { ConfluenceSeed } from './confluence/confluence-seed.ts';
import type { ConfluencePage } from './confluence/confluence-state.ts';
import { loadConfluence } from './confluence/load-confluence.ts';
import { belowPageRoutes } from './confluence/routes/below-page-routes.ts';
import { pageRoutes } from './confluence/routes/page-routes.ts';
import { searchRoutes } from './confluence/routes/search-routes.ts';
import { spaceRoutes } from './confluence/routes/space-routes.ts';
import { answerSaas, type SaasApi } from './http/answer-saas.ts';
import type { SaasFault } from './http/saas-fault.ts';

export interface ConfluenceParts {
  readonly seed: ConfluenceSeed;
  readonly site: AtlassianSite;
  /** Where people open the site, without a slash at the end and without `/wiki`; the emulator's own address unless told. */
  readonly siteUrl?: string;
  readonly now?: () => number;
  readonly port?: number;
}

export interface ConfluenceEmulator extends Listening {
  /** Every page, old and new. */
  readonly pages: readonly ConfluencePage[];
  inject(fault: SaasFault): void;
  /** Back to the data file, told from now on. */
  reset(): void;
}

/** Confluence Cloud: REST v2, and the search of v1, as far as Vera knows them. */
export async function createConfluence({ seed, site, siteUrl, now = Date.now, port }: ConfluenceParts): Promise<ConfluenceEmulator> {
  const faults = createFaultList<SaasFault, string>(({ path }, called) => path === undefined || called.includes(path));
  let url = siteUrl ?? '';
  const load = () => loadConfluence(seed, { people: site.people, url, now });
  let state = load();
  const api: SaasApi<AtlassianCaller> = {
    routes: [searchRoutes, pageRoutes, belowPageRoutes, spaceRoutes].flatMap((part) => part(() => state)),
    faults,
    identify: (request) => identifyCaller(request, { site, product: 'confluence', now: now() }),
    checkScopes,
    refusals: {
      unknownPath: notFound,
      wrongMethod: () => confluenceRefusal(405, 'METHOD_NOT_ALLOWED', 'Method Not Allowed'),
      badBody: () => confluenceRefusal(400, 'INVALID_REQUEST_BODY', 'Could not parse the request body.'),
      injected: (status, headers) => confluenceRefusal(status, status === 429 ? 'RATE_LIMITED' : 'ERROR', wordsFor(status), headers),
    },
  };
  const answer = answerSaas(api);
  const server = await listen(async (request, bindings) => (await browsePage(request, state)) ?? answer(request, bindings), port);
  url = siteUrl ?? server.url;
  state = load();
  return {
    ...server,
    get pages() {
      return state.pages;
    },
    inject: faults.inject,
    reset: () => {
      faults.reset();
      state = load();
    },
  };
}

function wordsFor(status: number): string {
  return status === 429 ? 'Rate limit exceeded' : 'Internal server error';
}
