import type { PersonTool } from '../tools/person-tool.ts';
import { createAtlassianClient } from './client/atlassian-client.ts';
import { createConfluencePage } from './confluence/create-confluence-page.ts';
import { updateConfluencePage } from './confluence/update-confluence-page.ts';
import { collectJiraIssues } from './jira/collect-jira-issues.ts';
import { commentOnJiraIssue } from './jira/comment-on-jira-issue.ts';
import { countJiraIssues } from './jira/count-jira-issues.ts';
import { createJiraIssue } from './jira/create-jira-issue.ts';
import { editJiraIssue } from './jira/edit-jira-issue.ts';
import { transitionJiraIssue } from './jira/transition-jira-issue.ts';
import { listServiceDesks } from './service-desk/list-service-desks.ts';
import { prepareServiceDeskRequest } from './service-desk/prepare-service-desk-request.ts';
import { submitServiceDeskRequest } from './service-desk/submit-service-desk-request.ts';

export interface AtlassianToolParams {
  /** Without a slash at the end; `https://api.atlassian.com` unless told. */
  readonly apiUrl?: string | undefined;
  readonly fetch?: typeof fetch;
  /** How long a look-up may take, and how long a change. */
  readonly readMilliseconds?: number;
  readonly changeMilliseconds?: number;
  /** The longest wait before a look-up is tried a second time. */
  readonly waitMilliseconds?: number;
}

/** What a person can have done in Jira, its service desks and Confluence, with their own account. */
export function atlassianTools({
  apiUrl = 'https://api.atlassian.com',
  fetch: send = fetch,
  readMilliseconds = 15_000,
  changeMilliseconds = 30_000,
  waitMilliseconds = 5_000,
}: AtlassianToolParams = {}): readonly PersonTool[] {
  const client = createAtlassianClient({ apiUrl, fetch: send, readMilliseconds, changeMilliseconds, waitMilliseconds });
  return [
    countJiraIssues,
    collectJiraIssues,
    createJiraIssue,
    editJiraIssue,
    transitionJiraIssue,
    commentOnJiraIssue,
    createConfluencePage,
    updateConfluencePage,
    listServiceDesks,
    prepareServiceDeskRequest,
    submitServiceDeskRequest,
  ].map((tool) => tool(client));
}
