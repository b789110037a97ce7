import * as z from 'zod';
import type { SiteConnection } from '../client/atlassian-client.ts';
import { pathOf } from '../client/path-of.ts';
import { fieldMeta } from './field-meta.ts';

const named = z.looseObject({ id: z.string(), name: z.string() });
const issueType = z.looseObject({
  id: z.string(),
  name: z.string(),
  subtask: z.boolean().optional(),
  hierarchyLevel: z.number().optional(),
});

const issueSchema = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({
    summary: z.string(),
    description: z.unknown(),
    status: named.optional(),
    issuetype: issueType.optional(),
    project: z.looseObject({ id: z.string(), key: z.string(), name: z.string(), projectTypeKey: z.string().optional() }).optional(),
    priority: named.nullish(),
    assignee: z.looseObject({ accountId: z.string(), displayName: z.string() }).nullish(),
    labels: z.array(z.string()).nullish(),
    components: z.array(named).nullish(),
    parent: z.looseObject({ id: z.string(), key: z.string(), fields: z.looseObject({ summary: z.string() }).optional() }).nullish(),
    duedate: z.string().nullish(),
  }),
  editmeta: z.object({ fields: z.record(z.string(), fieldMeta) }).optional(),
});

export type Issue = z.output<typeof issueSchema>;

const readFields = 'summary,description,status,issuetype,project,priority,assignee,labels,components,parent,duedate';

/** An issue by key or id, as the person sees it; `editmeta` says which of its fields they may change, and to what. */
export function readIssue(jira: SiteConnection, keyOrId: string, expand?: 'editmeta'): Promise<Issue> {
  return jira.get(pathOf`/rest/api/3/issue/${keyOrId}`, issueSchema, { fields: readFields, expand });
}

export function issueLink({ site }: SiteConnection, key: string): { readonly title: string; readonly url: string } {
  return { title: key, url: `${site.url.replace(/\/+$/, '')}/browse/${encodeURIComponent(key)}` };
}
