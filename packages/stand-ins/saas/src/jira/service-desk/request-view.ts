import { isJsonObject } from '@vera/stand-in-kit/json-object';
import { adfText } from '../../atlassian/adf/adf-text.ts';
import { jiraTime } from '../../atlassian/atlassian-time.ts';
import { requestTypeField } from '../issue-options.ts';
import type { JiraIssue } from '../jira-issue.ts';
import { browseUrl } from '../views/issue-view.ts';
import { toUserView } from '../views/user-view.ts';
import type { ViewParts } from '../views/view-parts.ts';
import { statusOf } from '../workflow.ts';
import { deskRefusal } from './desk-refusal.ts';

/** A request as its customer sees it: the issue, in the words of the desk. */
export function toRequestView(issue: JiraIssue, { state, reader }: ViewParts): object {
  const kind = issue.custom[requestTypeField];
  if (!isJsonObject(kind)) throw deskRefusal(404, 'Issue is not a service desk request.');
  const date = (instant: number) => ({ iso8601: jiraTime(instant, reader.timeZone), epochMillis: instant });
  const { name, category } = statusOf(issue.status);
  return {
    issueId: issue.id,
    issueKey: issue.key,
    summary: issue.summary,
    requestTypeId: kind.requestTypeId,
    serviceDeskId: kind.serviceDeskId,
    createdDate: date(issue.created),
    reporter: toUserView(issue.reporter, state),
    requestFieldValues: [
      { fieldId: 'summary', label: 'Summary', value: issue.summary },
      ...(issue.description ? [{ fieldId: 'description', label: 'Description', value: adfText(issue.description).trim() }] : []),
    ],
    currentStatus: { status: name, statusCategory: category.toUpperCase(), statusDate: date(issue.updated) },
    _links: {
      jiraRest: `${state.url}/rest/api/3/issue/${issue.id}`,
      web: `${state.url}/servicedesk/customer/portal/${String(kind.serviceDeskId)}/${issue.key}`,
      agent: browseUrl(issue.key, state),
      self: `${state.url}/rest/servicedeskapi/request/${issue.id}`,
    },
  };
}
