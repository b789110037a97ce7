import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { ToolFailure } from '../../tools/tool.ts';
import type { SiteConnection } from '../client/atlassian-client.ts';
import { listed } from '../pick-named.ts';

const projectsSchema = z.object({ values: z.array(z.looseObject({ id: z.string(), key: z.string(), name: z.string() })) });

export interface Project {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

/** A project by its key or its name, among those the person sees. */
export async function findProject(jira: SiteConnection, wanted: string): Promise<Project> {
  const search = (query?: string) => jira.get('/rest/api/3/project/search', projectsSchema, { query, maxResults: 50 });
  const { values } = await search(wanted);
  const same = (text: string) => text.toLowerCase() === wanted.trim().toLowerCase();
  const byKey = values.find(({ key }) => same(key));
  const byName = values.filter(({ name }) => same(name));
  const found = byKey ?? (byName.length === 1 ? byName[0] : undefined);
  if (found) return found;
  const others = values.length > 0 ? values : (await search()).values;
  throw new ToolFailure(`No project "${shorten(wanted, textLimits.quote)}". ${listed(others.map(({ key, name }) => `${name} (${key})`))}`);
}
