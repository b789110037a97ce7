import * as z from 'zod';
import { pathOf, type SiteConnection } from '../client/atlassian-client.ts';
import { pickNamed } from '../pick-named.ts';

const deskSchema = z.looseObject({ id: z.string(), projectKey: z.string(), projectName: z.string() });
const typeSchema = z.looseObject({ id: z.string(), name: z.string(), description: z.string().optional() });

export type Desk = z.output<typeof deskSchema>;
export type RequestType = z.output<typeof typeSchema>;

const pageSize = 100;
const mostPages = 3;

export function allDesks(jira: SiteConnection): Promise<Desk[]> {
  return allPages(jira, '/rest/servicedeskapi/servicedesk', deskSchema);
}

export function requestTypesOf(jira: SiteConnection, desk: Desk): Promise<RequestType[]> {
  return allPages(jira, pathOf`/rest/servicedeskapi/servicedesk/${desk.id}/requesttype`, typeSchema);
}

/** A desk by its name, its project's key or its id. */
export async function findDesk(jira: SiteConnection, wanted: string): Promise<Desk> {
  const desks = await allDesks(jira);
  const text = wanted.trim();
  const byId = desks.find(({ id, projectKey }) => id === text || projectKey === text.toUpperCase());
  return byId ?? pickNamed(desks, { what: 'service desk', wanted: text, nameOf: ({ projectName }) => projectName });
}

/** A request type by its name or id. */
export async function findRequestType(jira: SiteConnection, desk: Desk, wanted: string): Promise<RequestType> {
  const types = await requestTypesOf(jira, desk);
  const byId = types.find(({ id }) => id === wanted.trim());
  return byId ?? pickNamed(types, { what: `request type at ${desk.projectName}`, wanted, nameOf: ({ name }) => name });
}

async function allPages<Schema extends z.ZodType>(jira: SiteConnection, path: string, item: Schema): Promise<z.output<Schema>[]> {
  const schema = z.object({ values: z.array(item), isLastPage: z.boolean().optional() });
  const found: z.output<Schema>[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const { values, isLastPage } = await jira.get(path, schema, { start: page * pageSize, limit: pageSize });
    found.push(...values);
    if (isLastPage !== false) break;
  }
  return found;
}

export const requestInputs = {
  desk: z.string().min(1).max(200).describe('The service desk, by its name or project key'),
  request_type: z.string().min(1).max(200).describe('The kind of request, by its name'),
};
