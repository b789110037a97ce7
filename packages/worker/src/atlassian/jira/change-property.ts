import * as z from 'zod';
import { ToolFailure } from '../../tools/tool.ts';
import type { SiteConnection } from '../client/atlassian-client.ts';

const name = 'vera.change';

/** Marks what a change made with its key. People do not see it. */
export function changeProperty(key: string) {
  return { key: name, value: { key } };
}

const properties = z.record(z.string(), z.unknown()).optional();
const issuesSchema = z.object({ issues: z.array(z.object({ key: z.string(), properties })) });
const propertyList = z.array(z.looseObject({ key: z.string(), value: z.unknown() })).optional();
const commentsSchema = z.object({ comments: z.array(z.object({ id: z.string(), properties: propertyList })) });

/** Issues that a project gets, at most, before its search knows of them. */
const mostUnsearched = 100;

/**
 * The key of the issue that a change made; undefined where there is none. The search may not know an issue for a while after it was made, reading
 * one by its key always does (https://developer.atlassian.com/cloud/jira/platform/search-and-reconcile/): so the keys behind the newest that
 * it knows are read, too.
 */
export async function findCreated(jira: SiteConnection, projectId: string, changeKey: string): Promise<string | undefined> {
  const search = (jql: string, maxResults: number) =>
    jira.ask('/rest/api/3/search/jql', { jql, maxResults, fields: ['summary'], properties: [name] }, issuesSchema);
  const project = `project = ${projectId}`;
  const [mine, newest] = await Promise.all([
    search(`${project} AND creator = currentUser() ORDER BY created DESC`, 50),
    search(`${project} ORDER BY key DESC`, 1),
  ]);
  const isOurs = ({ properties: held }: z.output<typeof issuesSchema>['issues'][number]) => holds(held?.[name], changeKey);
  const known = mine.issues.find(isOurs);
  if (known) return known.key;
  const next = keysAfter(newest.issues[0]?.key ?? (await keyBeforeFirst(jira, projectId)));
  const { issues } = await jira.ask(
    '/rest/api/3/issue/bulkfetch',
    { issueIdsOrKeys: next, fields: ['summary'], properties: [name] },
    issuesSchema,
  );
  return issues.find(isOurs)?.key;
}

function keysAfter(key: string): string[] {
  const [, project = '', number = ''] = /^(.+)-(\d+)$/.exec(key) ?? [];
  if (project === '') throw new ToolFailure(`"${key}" is no key of an issue.`);
  return Array.from({ length: mostUnsearched }, (_, index) => `${project}-${Number(number) + index + 1}`);
}

async function keyBeforeFirst(jira: SiteConnection, projectId: string): Promise<string> {
  const { key } = await jira.get(`/rest/api/3/project/${projectId}`, z.object({ key: z.string() }));
  return `${key}-0`;
}

/** The id of the comment that a change wrote, among the newest of its issue; undefined where there is none. */
export async function findComment(jira: SiteConnection, path: string, changeKey: string): Promise<string | undefined> {
  const { comments } = await jira.get(path, commentsSchema, { orderBy: '-created', maxResults: 100, expand: 'properties' });
  return comments.find(({ properties: held = [] }) => held.some(({ key, value }) => key === name && holds(value, changeKey)))?.id;
}

function holds(value: unknown, changeKey: string): boolean {
  return typeof value === 'object' && value !== null && 'key' in value && value.key === changeKey;
}
