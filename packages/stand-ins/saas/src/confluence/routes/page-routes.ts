import { isJsonObject } from '@vera/stand-in-kit/json-object';
import { requirePage, requireWriter } from '../confluence-refusal.ts';
import { type ConfluenceRoutes, spaceOf, visiblePages, visibleSpaces } from '../confluence-state.ts';
import { pageByCursor } from '../cursor-page.ts';
import { toCommentView, toPageView } from '../page-view.ts';
import { readBody } from '../storage-format.ts';
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

/** What hangs below a page: other pages, and comments. */
export const belowPageRoutes: ConfluenceRoutes = (state) => [
  {
    at: 'GET /wiki/api/v2/pages/{id}/direct-children',
    scopes: ['read:hierarchical-content:confluence', 'read:confluence-content.all'],
    answer: ({ params, query, caller, target }) => {
      const parent = requirePage(params.id, caller.person, state());
      const children = state().pages.filter(({ parentId }) => parentId === parent.id);
      const { page, next } = pageByCursor(children, query, target);
      return {
        results: page.map(({ id, title, space }) => ({ id, type: 'page', status: 'current', title, spaceId: spaceOf(state(), space).id })),
        _links: { base: `${state().url}/wiki`, ...(next === undefined ? {} : { next }) },
      };
    },
  },
  {
    at: 'GET /wiki/api/v2/pages/{id}/footer-comments',
    scopes: ['read:comment:confluence', 'read:confluence-content.all'],
    answer: ({ params, query, caller, target }) => {
      const parent = requirePage(params.id, caller.person, state());
      const { page, next } = pageByCursor(parent.comments, query, target);
      return {
        results: page.map((comment) => toCommentView(comment, parent, query.get('body-format'))),
        _links: { base: `${state().url}/wiki`, ...(next === undefined ? {} : { next }) },
      };
    },
  },
  {
    at: 'POST /wiki/api/v2/footer-comments',
    scopes: ['write:comment:confluence', 'write:confluence-content'],
    status: 201,
    answer: ({ body, caller }) => {
      requireWriter(caller.person);
      const page = requirePage(isJsonObject(body) ? String(body.pageId ?? '') : '', caller.person, state());
      const comment = { id: state().nextId(), authorId: caller.person.accountId, createdAt: state().now(), storage: readBody(body.body) };
      page.comments.push(comment);
      return toCommentView(comment, page, 'storage');
    },
  },
];
