import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { ToolFailure } from '../../tools/tool.ts';
import type { SiteConnection } from '../client/atlassian-client.ts';
import { listed } from '../pick-named.ts';

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
    `${named.length > 1 ? 'Several spaces are' : 'No space is'} called "${shorten(text, textLimits.quote)}"; give a key. ${known}`,
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
