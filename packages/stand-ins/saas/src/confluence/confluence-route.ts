import type { AtlassianPerson } from '../atlassian/atlassian-person.ts';
import type { AtlassianCaller } from '../atlassian/identify-caller.ts';
import type { Route } from '../http/route.ts';
import { confluenceRefusal, notFound } from './confluence-refusal.ts';
import { type ConfluencePage, type ConfluenceState, visiblePages } from './confluence-state.ts';

/** Routes over the state; a reset brings a new one. */
export type ConfluenceRoutes = (state: () => ConfluenceState) => Route<AtlassianCaller>[];

/** The page of an id, as far as the person may know of it. */
export function requirePage(id: string | undefined, person: AtlassianPerson, state: ConfluenceState): ConfluencePage {
  if (!/^\d+$/.test(id ?? '')) {
    throw confluenceRefusal(
      400,
      'INVALID_REQUEST_PARAMETER',
      `Provided value {${id}} for 'id' is not the correct type. Expected type is long`,
    );
  }
  const page = visiblePages(state, person).find((one) => one.id === id);
  if (!page) throw notFound();
  return page;
}

export function requireWriter({ readsOnly }: AtlassianPerson): void {
  if (readsOnly) throw confluenceRefusal(403, 'FORBIDDEN', 'You do not have permission to perform this operation.');
}
