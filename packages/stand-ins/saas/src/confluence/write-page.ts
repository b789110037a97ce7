import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import type { AtlassianPerson } from '../atlassian/atlassian-site.ts';
import { confluenceRefusal, notFound, requirePage, requireWriter } from './confluence-refusal.ts';
import { type ConfluencePage, type ConfluenceState, spaceOf, visibleSpaces } from './confluence-state.ts';
import { readBody } from './storage-format.ts';

/** A new page by the person whose credential came along; below the homepage unless told. */
export function createPage(request: JsonObject, person: AtlassianPerson, state: ConfluenceState): ConfluencePage {
  requireWriter(person);
  const space = visibleSpaces(state, person).find(({ id }) => id === String(request.spaceId ?? ''));
  if (request.spaceId === undefined) throw invalid("The 'spaceId' is required.");
  if (!space) throw notFound();
  const title = titleOf(request, { space: space.key, except: undefined }, state);
  const parentId = request.parentId === undefined || request.parentId === null ? space.homepage : String(request.parentId);
  if (requirePage(parentId, person, state).space !== space.key) throw invalid('The parent page is in another space.');
  const at = state.now();
  const page: ConfluencePage = {
    id: state.nextId(),
    space: space.key,
    title,
    parentId,
    authorId: person.accountId,
    createdAt: at,
    version: { number: 1, createdAt: at, authorId: person.accountId, message: '' },
    storage: request.body === undefined ? '' : readBody(request.body),
    labels: [],
    comments: [],
  };
  state.pages.push(page);
  return page;
}

/** A new version of a page. Whoever writes has to know the version before, so that nobody writes over what they have not read. */
export function updatePage(page: ConfluencePage, request: JsonObject, person: AtlassianPerson, state: ConfluenceState): ConfluencePage {
  requireWriter(person);
  const { version, id, status } = request;
  if (String(id ?? '') !== page.id) throw invalid("The 'id' in the body has to be the one in the path.");
  if (status !== 'current') throw invalid("The 'status' has to be current.");
  const number = isJsonObject(version) ? version.number : undefined;
  if (typeof number !== 'number') throw invalid("The 'version' must have a number.");
  if (number !== page.version.number + 1) {
    throw confluenceRefusal(
      409,
      'CONFLICT',
      `Version must be incremented when updating a page. Current version: [${page.version.number}]. Provided version: [${number}]`,
    );
  }
  const title = titleOf(request, { space: page.space, except: page.id }, state);
  const storage = readBody(request.body);
  const message = isJsonObject(version) && typeof version.message === 'string' ? version.message : '';
  Object.assign(page, { title, storage, version: { number, createdAt: state.now(), authorId: person.accountId, message } });
  return page;
}

function titleOf(
  { title }: JsonObject,
  { space, except }: { readonly space: string; readonly except: string | undefined },
  state: ConfluenceState,
): string {
  if (typeof title !== 'string' || title.trim() === '') throw invalid("The 'title' is required.");
  if (title.length > 255) throw invalid('Title is too long. Maximum length is 255.');
  const isTaken = state.pages.some((page) => page.space === spaceOf(state, space).key && page.title === title && page.id !== except);
  if (isTaken) throw invalid('A page with this title already exists: A page already exists with the same TITLE in this space');
  return title;
}

function invalid(title: string) {
  return confluenceRefusal(400, 'INVALID_REQUEST_PARAMETER', title);
}
