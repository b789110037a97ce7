import * as z from 'zod';
import { pathOf, type SiteConnection } from '../client/atlassian-client.ts';

/** The key of an issue in an input. */
export const issueKey = z
  .string()
  .trim()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,30}-\d{1,10}$/, 'must be an issue key such as PAY-117')
  .transform((key) => key.toUpperCase());

/** The id of an issue in what was approved: it stays the same when an issue is moved, its key does not. */
export const issueId = z.string().regex(/^\d{1,20}$/);

/** What Jira says of a field that may be set. */
export const fieldMeta = z.looseObject({
  name: z.string(),
  required: z.boolean().optional(),
  hasDefaultValue: z.boolean().optional(),
  allowedValues: z.array(z.looseObject({ id: z.string().optional(), name: z.string().optional() })).optional(),
});

export type FieldMeta = z.output<typeof fieldMeta>;

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
  return { title: key, url: `${site.url.replace(/(?<!\/)\/+$/, '')}/browse/${encodeURIComponent(key)}` };
}
