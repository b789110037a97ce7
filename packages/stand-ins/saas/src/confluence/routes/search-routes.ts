import { cqlRefusal } from '../confluence-refusal.ts';
import { type ConfluencePage, type ConfluenceRoutes, type ConfluenceState, spaceOf } from '../confluence-state.ts';
import { findPages } from '../cql/find-pages.ts';
import { pageByCursor } from '../cursor-page.ts';
import { webPathOf } from '../page-view.ts';
import { storageText } from '../storage-format.ts';

const excerptLength = 300;

/** Search by CQL, of version 1 of the API: version 2 has none. */
export const searchRoutes: ConfluenceRoutes = (state) => [
  {
    at: 'GET /wiki/rest/api/search',
    scopes: ['search:confluence'],
    answer: ({ query, caller, target }) => {
      const cql = query.get('cql');
      if (!cql) throw cqlRefusal('');
      const found = findPages(cql, caller.person, state());
      const { page, start, limit, next } = pageByCursor(found, query, target);
      return {
        results: page.map((one) => toHit(one, state(), query.get('excerpt') ?? 'highlight')),
        start,
        limit,
        size: page.length,
        totalSize: found.length,
        cqlQuery: cql,
        searchDuration: 12,
        // Its links leave out the `/wiki` that version 2 writes.
        _links: { base: `${state().url}/wiki`, context: '/wiki', ...(next === undefined ? {} : { next: next.replace(/^\/wiki/, '') }) },
      };
    },
  },
];

function toHit(page: ConfluencePage, state: ConfluenceState, excerpt: string): object {
  const { id, title, storage, version } = page;
  const { name, key } = spaceOf(state, page.space);
  return {
    content: { id, type: 'page', status: 'current', title, _links: { webui: webPathOf(page) } },
    title,
    excerpt: excerpt === 'none' ? '' : storageText(storage).slice(0, excerptLength),
    url: webPathOf(page),
    resultGlobalContainer: { title: name, displayUrl: `/spaces/${key}` },
    breadcrumbs: [],
    entityType: 'content',
    iconCssClass: 'aui-icon content-type-page',
    lastModified: new Date(version.createdAt).toISOString(),
    score: 0,
  };
}
