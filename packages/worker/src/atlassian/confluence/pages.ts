import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { plainName } from '../../plain-name.ts';
import { ToolFailure } from '../../tools/tool.ts';
import { pathOf, type SiteConnection } from '../client/atlassian-client.ts';
import { listed } from '../pick-named.ts';

const briefSchema = z.looseObject({ id: z.string(), title: z.string(), spaceId: z.string(), authorId: z.string().optional() });
const pageSchema = briefSchema.extend({
  version: z.looseObject({ number: z.number(), authorId: z.string().optional() }),
  body: z.looseObject({ storage: z.looseObject({ value: z.string() }) }),
});

export type BriefPage = z.output<typeof briefSchema>;
export type Page = z.output<typeof pageSchema>;

/** A page by id, with its text. */
export function readPage(confluence: SiteConnection, id: string): Promise<Page> {
  return confluence.get(pathOf`/wiki/api/v2/pages/${id}`, pageSchema, { 'body-format': 'storage' });
}

/** The pages of exactly this title, in one space or in all. */
export async function pagesTitled(confluence: SiteConnection, title: string, spaceId?: string): Promise<BriefPage[]> {
  const query = { title, 'space-id': spaceId, status: 'current', limit: 25 };
  const { results } = await confluence.get('/wiki/api/v2/pages', z.object({ results: z.array(briefSchema) }), query);
  return results;
}

/** The id of a page that is given by its id or its exact title. */
export async function findPageId(confluence: SiteConnection, wanted: string, space?: Space): Promise<string> {
  const id = pageId.safeParse(wanted);
  if (id.success) return id.data;
  const found = await pagesTitled(confluence, wanted.trim(), space?.id);
  const [only, another] = found;
  if (only && !another) return only.id;
  const where = space ? ` in ${plainName(space.name)} (${space.key})` : '';
  if (!only)
    throw new ToolFailure(`No page has exactly the title "${shorten(wanted, textLimits.quote)}"${where}. Search for it, and give its id.`);
  throw new ToolFailure(`Several pages have this title. Give an id. ${listed(found.map((page) => `${page.id} in space ${page.spaceId}`))}`);
}

const spaceSchema = z.looseObject({ id: z.string(), key: z.string(), name: z.string() });
const spacesSchema = z.object({
  results: z.array(spaceSchema),
  _links: z.looseObject({ next: z.string().optional() }).optional(),
});

export type Space = z.output<typeof spaceSchema>;

/** Names cannot be searched for. Whoever has more spaces than these pages hold gives a key. */
const mostPages = 4;

/** A space by its key or its name, among those the person sees. */
export async function findSpace(confluence: SiteConnection, wanted: string): Promise<Space> {
  const text = wanted.trim();
  if (/^~?[\w.-]{1,255}$/.test(text)) {
    const keys = [...new Set([text, text.toUpperCase()])].join(',');
    const { results } = await confluence.get('/wiki/api/v2/spaces', spacesSchema, { keys });
    if (results[0]) return results[0];
  }
  const spaces = await allSpaces(confluence);
  const named = spaces.filter(({ name }) => name.toLowerCase() === text.toLowerCase());
  if (named.length === 1 && named[0]) return named[0];
  const known = listed((named.length > 1 ? named : spaces).map(({ key, name }) => `${name} (${key})`));
  throw new ToolFailure(
    `${named.length > 1 ? 'Several spaces are' : 'No space is'} called "${shorten(text, textLimits.quote)}". Give a key. ${known}`,
  );
}

async function allSpaces(confluence: SiteConnection): Promise<Space[]> {
  const spaces: Space[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { results, _links } = await confluence.get('/wiki/api/v2/spaces', spacesSchema, { limit: 250, cursor });
    spaces.push(...results);
    cursor = cursorIn(_links?.next);
    if (cursor === undefined) break;
  }
  return spaces;
}

function cursorIn(next: string | undefined): string | undefined {
  return next === undefined ? undefined : (new URL(next, 'https://confluence.invalid').searchParams.get('cursor') ?? undefined);
}

export const pageId = z
  .string()
  .trim()
  .regex(/^\d{1,20}$/, 'must be the id of a page, a number');

export const titleInput = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[^\r\n]*$/, 'must be one line');

export const textInput = z
  .string()
  .max(100_000)
  .describe('Markdown: paragraphs, headings, lists, code, tables, links. Not the last line about Vera.');

/** Where people open a page; Confluence puts the title behind it itself. */
export function pageLink({ site }: SiteConnection, { id, title }: { readonly id: string; readonly title: string }) {
  return { title, url: `${site.url.replace(/(?<!\/)\/+$/, '')}/wiki/pages/viewpage.action?pageId=${encodeURIComponent(id)}` };
}
