import { sitePage } from '../atlassian/site-page.ts';
import type { ConfluenceState } from './confluence-state.ts';

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
