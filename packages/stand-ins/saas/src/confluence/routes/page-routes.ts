import { type ConfluenceRoutes, requirePage } from '../confluence-route.ts';
import { visiblePages, visibleSpaces } from '../confluence-state.ts';
import { pageByCursor } from '../cursor-page.ts';
import { toPageView } from '../page-view.ts';
import { createPage, updatePage } from '../write-page.ts';

const reads = ['read:page:confluence', 'read:confluence-content.all'];
const writes = ['write:page:confluence', 'write:confluence-content'];

/** Pages: listed, read, created, changed. */
export const pageRoutes: ConfluenceRoutes = (state) => [
  {
    at: 'GET /wiki/api/v2/pages',
    scopes: reads,
    answer: ({ query, caller, target }) => {
      const [spaceIds, title] = [query.get('space-id')?.split(','), query.get('title')];
      const keys = visibleSpaces(state(), caller.person)
        .filter(({ id }) => !spaceIds || spaceIds.includes(id))
        .map(({ key }) => key);
      const found = visiblePages(state(), caller.person).filter(
        (one) => keys.includes(one.space) && (title === null || one.title === title),
      );
      const { page, next } = pageByCursor(found, query, target);
      return {
        results: page.map((one) => toPageView(one, state(), query.get('body-format'))),
        _links: { base: `${state().url}/wiki`, ...(next === undefined ? {} : { next }) },
      };
    },
  },
  {
    at: 'GET /wiki/api/v2/pages/{id}',
    scopes: reads,
    answer: ({ params, query, caller }) => {
      const page = requirePage(params.id, caller.person, state());
      const labels = {
        results: page.labels.map((name, index) => ({ id: `${page.id}${index}`, name, prefix: 'global' })),
        meta: { hasMore: false },
      };
      return { ...toPageView(page, state(), query.get('body-format')), ...(query.get('include-labels') === 'true' ? { labels } : {}) };
    },
  },
  {
    at: 'POST /wiki/api/v2/pages',
    scopes: writes,
    answer: ({ body, caller }) => toPageView(createPage(body, caller.person, state()), state(), 'storage'),
  },
  {
    at: 'PUT /wiki/api/v2/pages/{id}',
    scopes: writes,
    answer: ({ params, body, caller }) =>
      toPageView(updatePage(requirePage(params.id, caller.person, state()), body, caller.person, state()), state(), 'storage'),
  },
];
