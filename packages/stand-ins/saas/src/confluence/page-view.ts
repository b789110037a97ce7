import { toAdf } from '../atlassian/adf.ts';
import { sitePage } from '../atlassian/site-page.ts';
import type { SeedSpace } from './confluence-seed.ts';
import { type ConfluencePage, type ConfluenceState, type PageComment, type PageVersion, spaceOf } from './confluence-state.ts';
import { storageText } from './storage-format.ts';

/** Below the base of the wiki. */
export function webPathOf({ id, space, title }: ConfluencePage): string {
  return `/spaces/${space}/pages/${id}/${encodeURIComponent(title).replaceAll('%20', '+')}`;
}

export function toPageView(page: ConfluencePage, state: ConfluenceState, format: string | null): object {
  const { id, title, parentId, authorId, createdAt, version } = page;
  return {
    id,
    status: 'current',
    title,
    spaceId: spaceOf(state, page.space).id,
    parentId,
    parentType: parentId === null ? null : 'page',
    position: 0,
    authorId,
    ownerId: authorId,
    lastOwnerId: null,
    createdAt: new Date(createdAt).toISOString(),
    version: toVersionView(version),
    body: bodyOf(page.storage, format),
    _links: { base: `${state.url}/wiki`, webui: webPathOf(page), editui: `/pages/resumedraft.action?draftId=${id}`, tinyui: `/x/${id}` },
  };
}

export function toVersionView({ number, createdAt, authorId, message }: PageVersion): object {
  return { number, message, minorEdit: false, authorId, createdAt: new Date(createdAt).toISOString() };
}

export function bodyOf(storage: string, format: string | null): object {
  if (format === null) return {};
  const value = format === 'atlas_doc_format' ? JSON.stringify(toAdf(storageText(storage).replaceAll('\n', '\n\n'))) : storage;
  return { [format]: { representation: format, value } };
}

export function toSpaceView({ id, key, name, type = 'global', homepage }: SeedSpace, { url }: ConfluenceState): object {
  return {
    id,
    key,
    name,
    type,
    status: 'current',
    homepageId: homepage,
    description: null,
    icon: null,
    _links: { webui: `/spaces/${key}`, base: `${url}/wiki` },
  };
}

export function toCommentView(comment: PageComment, page: ConfluencePage, format: string | null): object {
  const { id, authorId, createdAt, storage } = comment;
  return {
    id,
    status: 'current',
    title: `Re: ${page.title}`,
    pageId: page.id,
    version: toVersionView({ number: 1, authorId, createdAt, message: '' }),
    body: bodyOf(storage, format),
    _links: { webui: `${webPathOf(page)}?focusedCommentId=${id}` },
  };
}

/** The page of a page, by the addresses people have of it; undefined for other addresses. */
export async function browsePage({ method, url }: Request, { pages, people, spaces }: ConfluenceState): Promise<Response | undefined> {
  const { pathname, searchParams } = new URL(url);
  const id =
    pathname === '/wiki/pages/viewpage.action' ? searchParams.get('pageId') : /^\/wiki\/spaces\/[^/]+\/pages\/(\d+)/.exec(pathname)?.[1];
  if (!id || method !== 'GET') return undefined;
  const page = pages.find((one) => one.id === id);
  if (!page) return new Response(`There is no page ${id}.`, { status: 404 });
  const nameOf = (accountId: string) => people.find((one) => one.accountId === accountId)?.name ?? 'Somebody';
  return sitePage({
    title: page.title,
    place: `Confluence · ${spaces.find(({ key }) => key === page.space)?.name ?? page.space}`,
    facts: [
      ['Author', nameOf(page.authorId)],
      ['Version', `${page.version.number}, by ${nameOf(page.version.authorId)}`],
    ],
    content: page.storage,
  });
}
