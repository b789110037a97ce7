import { isJsonObject } from '@vera/stand-in-kit/json-object';
import { type ConfluenceRoutes, requirePage, requireWriter } from '../confluence-route.ts';
import { spaceOf } from '../confluence-state.ts';
import { pageByCursor } from '../cursor-page.ts';
import { toCommentView } from '../page-view.ts';
import { readBody } from '../read-body.ts';

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
