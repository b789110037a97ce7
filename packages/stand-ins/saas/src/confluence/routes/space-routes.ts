import { notFound } from '../confluence-refusal.ts';
import type { SeedSpace } from '../confluence-seed.ts';
import { type ConfluenceRoutes, visibleSpaces } from '../confluence-state.ts';
import { pageByCursor } from '../cursor-page.ts';
import { toSpaceView } from '../page-view.ts';

const reads = ['read:space:confluence', 'read:confluence-space.summary'];

export const spaceRoutes: ConfluenceRoutes = (state) => [
  {
    at: 'GET /wiki/api/v2/spaces',
    scopes: reads,
    answer: ({ query, caller, target }) => {
      const [keys, type, status] = [query.get('keys')?.split(','), query.get('type'), query.get('status')];
      const found = visibleSpaces(state(), caller.person)
        .filter((space) => !keys || keys.includes(space.key))
        .filter((space) => (type === null || type === (space.type ?? 'global')) && status !== 'archived')
        .toSorted(orderBy(query.get('sort') ?? 'key'));
      const { page, next } = pageByCursor(found, query, target);
      return {
        results: page.map((space) => toSpaceView(space, state())),
        _links: { base: `${state().url}/wiki`, ...(next === undefined ? {} : { next }) },
      };
    },
  },
  {
    at: 'GET /wiki/api/v2/spaces/{id}',
    scopes: reads,
    answer: ({ params, caller }) => {
      const space = visibleSpaces(state(), caller.person).find(({ id }) => id === params.id);
      if (!space) throw notFound();
      return toSpaceView(space, state());
    },
  },
];

function orderBy(sort: string): (one: SeedSpace, other: SeedSpace) => number {
  const field = sort.replace('-', '') === 'name' ? 'name' : 'key';
  const sign = sort.startsWith('-') ? -1 : 1;
  return (one, other) => sign * one[field].localeCompare(other[field]);
}
