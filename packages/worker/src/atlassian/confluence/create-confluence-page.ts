import * as z from 'zod';
import { plainName } from '../../plain-name.ts';
import type { Effect, Found, PersonWrite } from '../../tools/person-tool.ts';
import { argument } from '../../tools/told-text.ts';
import { ToolFailure } from '../../tools/tool.ts';
import type { AtlassianClient } from '../client/atlassian-client.ts';
import { type Place, personWrite } from '../person-tool-of.ts';
import { signedText } from '../text/signed-text.ts';
import { toStorage } from '../text/storage-format.ts';
import { findPageId, findSpace, pageLink, pagesTitled, readPage, type Space, textInput, titleInput } from './pages.ts';

const args = { spaceId: z.string(), title: z.string(), parentId: z.string().optional(), storage: z.string() };

export const createConfluencePage = (client: AtlassianClient): PersonWrite =>
  personWrite(client, {
    name: 'create_confluence_page',
    title: 'Preparing a Confluence page',
    details: argument('title'),
    description: 'Creates a page in Confluence as the person who asks.',
    product: 'confluence',
    system: 'Confluence',
    input: {
      space: z.string().min(1).max(255).describe('The key or the name of the space'),
      title: titleInput,
      text: textInput,
      parent: z.string().max(255).optional().describe('The page above, by id or exact title; the top of the space unless given'),
    },
    args,
    async propose({ space: wanted, title, text, parent }, confluence) {
      const space = await findSpace(confluence, wanted);
      const [taken, above, name] = await Promise.all([
        pagesTitled(confluence, title, space.id),
        parent === undefined ? undefined : parentIn(confluence, parent, space),
        confluence.personName(),
      ]);
      if (taken[0]) {
        throw new ToolFailure(
          `${plainName(space.name)} has a page "${title}" already (id ${taken[0].id}). Choose another title, or update that page.`,
        );
      }
      const { words, blocks } = await signedText(text, { name });
      return {
        title: `Create the page "${title}" in ${space.name} (${space.key})`,
        changes: [
          { field: 'Title', after: title },
          ...(above ? [{ field: 'Below', after: above.title }] : []),
          { field: 'Text', after: words },
        ],
        args: { spaceId: space.id, title, storage: toStorage(blocks), ...(above ? { parentId: above.id } : {}) },
      };
    },
    perform: createPage,
    look: lookForPage,
  });

async function parentIn(confluence: Place, wanted: string, space: Space): Promise<{ readonly id: string; readonly title: string }> {
  const page = await readPage(confluence, await findPageId(confluence, wanted, space));
  if (page.spaceId !== space.id) throw new ToolFailure(`Page ${page.id} is in another space than ${plainName(space.name)}.`);
  return page;
}

type Args = z.output<z.ZodObject<typeof args>>;

async function createPage({ spaceId, title, parentId, storage }: Args, confluence: Place): Promise<Effect> {
  const body = {
    spaceId,
    status: 'current',
    title,
    ...(parentId ? { parentId } : {}),
    body: { representation: 'storage', value: storage },
  };
  const schema = z.object({ id: z.string() });
  const { id } = await confluence.change({ method: 'POST', path: '/wiki/api/v2/pages', body }, schema);
  return created(confluence, { id, title });
}

/**
 * A title is there once in a space, and it was free when it was proposed: what bears it now is what was made, if the person made it. Confluence
 * takes no second one, so that doing it again does no harm.
 */
async function lookForPage({ spaceId, title }: Args, confluence: Place): Promise<Found> {
  const [page] = await pagesTitled(confluence, title, spaceId);
  if (!page) return 'not-done';
  return page.authorId === confluence.accountId ? created(confluence, page) : 'not-known';
}

function created(confluence: Place, page: { readonly id: string; readonly title: string }): Effect {
  return { text: `Created the page "${page.title}" (id ${page.id}).`, link: pageLink(confluence, page) };
}
