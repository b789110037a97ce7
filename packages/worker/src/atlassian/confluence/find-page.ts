import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { ToolFailure } from '../../tools/tool.ts';
import type { SiteConnection } from '../client/atlassian-client.ts';
import { pathOf } from '../client/path-of.ts';
import { listed } from '../pick-named.ts';
import type { Space } from './find-space.ts';
import { pageId } from './page-key.ts';

const briefSchema = z.looseObject({ id: z.string(), title: z.string(), spaceId: z.string(), status: z.string().optional() });
const pageSchema = briefSchema.extend({
  version: z.looseObject({ number: z.number() }),
  body: z.looseObject({ storage: z.looseObject({ value: z.string() }) }),
});

export type BriefPage = z.output<typeof briefSchema>;
export type Page = z.output<typeof pageSchema>;

/** A page by id, with its text. */
export function readPage(confluence: SiteConnection, id: string): Promise<Page> {
  return confluence.get(pathOf`/wiki/api/v2/pages/${id}`, pageSchema, { 'body-format': 'storage' });
}

/** The pages of exactly this title, in one space or in all. */
export async function pagesTitled(confluence: SiteConnection, title: string, space?: Space): Promise<BriefPage[]> {
  const query = { title, 'space-id': space?.id, status: 'current', limit: 25 };
  const { results } = await confluence.get('/wiki/api/v2/pages', z.object({ results: z.array(briefSchema) }), query);
  return results;
}

/** The id of a page that is given by its id or its exact title. */
export async function findPageId(confluence: SiteConnection, wanted: string, space?: Space): Promise<string> {
  const id = pageId.safeParse(wanted);
  if (id.success) return id.data;
  const found = await pagesTitled(confluence, wanted.trim(), space);
  const [only, another] = found;
  if (only && !another) return only.id;
  const where = space ? ` in ${space.name} (${space.key})` : '';
  if (!only)
    throw new ToolFailure(`No page has exactly the title "${shorten(wanted, textLimits.quote)}"${where}. Search for it, and give its id.`);
  throw new ToolFailure(`Several pages have this title; give an id. ${listed(found.map((page) => `${page.id} in space ${page.spaceId}`))}`);
}
