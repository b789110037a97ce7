import * as z from 'zod';
import type { Effect, FieldChange, PersonWrite } from '../../tools/person-tool.ts';
import { argument } from '../../tools/told-text.ts';
import { ToolFailure } from '../../tools/tool.ts';
import { type AtlassianClient, pathOf } from '../client/atlassian-client.ts';
import { type Place, personWrite } from '../person-tool-of.ts';
import { readMarkdown } from '../text/read-markdown.ts';
import { isSigned, signedText } from '../text/signed-text.ts';
import { hasMacros, storageWords, toStorage } from '../text/storage-format.ts';
import { findPageId, findSpace, type Page, pageId, pageLink, pagesTitled, readPage, textInput, titleInput } from './pages.ts';

const textArgs = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keep') }),
  z.strictObject({ kind: z.literal('replace'), storage: z.string() }),
  z.strictObject({ kind: z.literal('append'), storage: z.string() }),
]);

export const updateConfluencePage = (client: AtlassianClient): PersonWrite =>
  personWrite(client, {
    name: 'update_confluence_page',
    title: 'Preparing a change of a Confluence page',
    details: argument('page'),
    description:
      'Changes a Confluence page as the person who asks. `append` puts a text at its end and keeps all that is there: prefer it. `text` ' +
      'replaces the whole present text: read the page first. `new_title` renames it.',
    product: 'confluence',
    system: 'Confluence',
    input: {
      page: z.string().min(1).max(255).describe('The page, by id or exact title'),
      space: z.string().max(255).optional().describe('The key or name of its space, where the title alone is not enough'),
      new_title: titleInput.optional(),
      append: textInput.optional(),
      text: textInput.optional(),
    },
    args: { pageId, version: z.number().int(), title: z.string(), text: textArgs },
    async propose({ page: wanted, space, new_title: newTitle, append, text }, confluence) {
      if (append !== undefined && text !== undefined)
        throw new ToolFailure('A page is added to or written anew, not both at once. Give `append` or `text`.');
      const place = space === undefined ? undefined : await findSpace(confluence, space);
      const page = await readPage(confluence, await findPageId(confluence, wanted, place));
      const title = newTitle ?? page.title;
      if (title !== page.title) await requireFree(confluence, title, page);
      const changed = await changedText({ append, text }, page, confluence);
      const changes = [...(title === page.title ? [] : [{ field: 'Title', before: page.title, after: title }]), ...changed.changes];
      if (changes.length === 0) throw new ToolFailure(`Page ${page.id} is so already: nothing would change.`);
      return {
        title: `Change the page "${page.title}"`,
        changes,
        args: { pageId: page.id, version: page.version.number, title, text: changed.args },
      };
    },
    async perform({ pageId: id, version, title, text }, confluence) {
      const page = await readPage(confluence, id);
      if (page.version.number !== version) {
        throw new ToolFailure(`Page ${page.id} was changed meanwhile. Nothing was changed now; read it again and propose anew.`);
      }
      const body = {
        ...{ id, status: 'current', title, version: { number: version + 1, message } },
        body: { representation: 'storage', value: storageAfter(page.body.storage.value, text) },
      };
      // Should somebody be quicker still, Confluence refuses a number that is not the next.
      await confluence.change({ method: 'PUT', path: pathOf`/wiki/api/v2/pages/${id}`, body }, z.object({ id: z.string() }));
      return changed({ id, version, title }, confluence);
    },
    async look({ pageId: id, version, title }, confluence) {
      const { version: now } = await readPage(confluence, id);
      if (now.number === version) return 'not-done';
      // Of the next version there is one writer; what came after that hides whose it was.
      const isOurs = now.number === version + 1 && now.authorId === confluence.accountId && now.message === message;
      return isOurs ? changed({ id, version, title }, confluence) : 'not-known';
    },
  });

const message = "With Vera's help";

interface ChangedPage {
  readonly id: string;
  /** Before. */
  readonly version: number;
  readonly title: string;
}

function changed({ id, version, title }: ChangedPage, confluence: Place): Effect {
  return { text: `Changed the page "${title}" (now version ${version + 1}).`, link: pageLink(confluence, { id, title }) };
}

async function requireFree(confluence: Place, title: string, { id, spaceId }: Page): Promise<void> {
  const taken = (await pagesTitled(confluence, title)).find((page) => page.spaceId === spaceId && page.id !== id);
  if (taken) throw new ToolFailure(`There is a page "${title}" in that space already (id ${taken.id}).`);
}

interface TextWish {
  readonly append?: string | undefined;
  readonly text?: string | undefined;
}

interface ChangedText {
  readonly changes: readonly FieldChange[];
  readonly args: z.output<typeof textArgs>;
}

async function changedText({ append, text }: TextWish, page: Page, confluence: Place): Promise<ChangedText> {
  const present = page.body.storage.value;
  const before = storageWords(present);
  if (append !== undefined && append.trim() !== '') {
    const name = isSigned(before) ? undefined : await confluence.personName();
    const added = isSigned(before) ? { words: append.trim(), blocks: await readMarkdown(append) } : await signedText(append, { name });
    return { changes: [{ field: 'Added at the end', after: added.words }], args: { kind: 'append', storage: toStorage(added.blocks) } };
  }
  if (text === undefined) return { changes: [], args: { kind: 'keep' } };
  const { words, blocks } = await signedText(text, { name: await confluence.personName(), present: before });
  const storage = toStorage(blocks);
  if (storage === present || words === before) return { changes: [], args: { kind: 'keep' } };
  const note = { field: 'Note', after: 'The present page holds macros, images or mentions, which the new text will not have.' };
  return {
    changes: [{ field: 'Text', ...(before === '' ? {} : { before }), after: words }, ...(hasMacros(present) ? [note] : [])],
    args: { kind: 'replace', storage },
  };
}

function storageAfter(present: string, text: z.output<typeof textArgs>): string {
  switch (text.kind) {
    case 'keep':
      return present;
    case 'append':
      return present + text.storage;
    case 'replace':
      return text.storage;
  }
}
