import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import { adfText, isAdf, toAdf } from '../../atlassian/adf.ts';
import type { AtlassianPerson } from '../../atlassian/atlassian-site.ts';
import { SaasRefusal } from '../../http/saas-refusal.ts';
import { requestTypeField } from '../issue-options.ts';
import type { SeedChoice, SeedRequestField, SeedRequestType, SeedServiceDesk } from '../jira-seed.ts';
import type { JiraIssue, JiraState } from '../jira-state.ts';
import { browseUrl, jiraTime, type ViewParts } from '../views/issue-view.ts';
import { toUserView } from '../views/place-views.ts';
import { statusOf } from '../workflow.ts';
import { createIssue } from '../writes/create-issue.ts';

interface RequestParts {
  readonly desk: SeedServiceDesk;
  readonly type: SeedRequestType;
  readonly values: JsonObject;
  /** Whether texts come as documents. */
  readonly isAdf: boolean;
}

/** A request to a desk: its answers are checked against the questions, then it is an issue of the person who asks. */
export function createRequest(
  { desk, type, values, isAdf: isDocument }: RequestParts,
  person: AtlassianPerson,
  state: JiraState,
): JiraIssue {
  if (person.readsOnly) throw deskRefusal(403, 'You do not have permission to create requests in this service desk.');
  const faults = [
    ...Object.keys(values)
      .filter((id) => !type.fields.some(({ fieldId }) => fieldId === id))
      .map((id) => `Field ${id} is not valid for this request type.`),
    ...type.fields.flatMap((field) => faultsOf(field, values[field.fieldId])),
  ];
  if (faults.length > 0) throw deskRefusal(400, faults.join(' '));
  const { description } = values;
  const text = typeof description === 'string' && !isDocument ? toAdf(description) : description;
  if (text !== undefined && !isAdf(text)) throw deskRefusal(400, 'Your request could not be created. description: not a valid document.');
  const others = Object.entries(values).filter(([id]) => id !== 'summary' && id !== 'description');
  const issue = createIssue(
    {
      fields: {
        project: { key: desk.project },
        issuetype: { name: type.issueType },
        summary: values.summary ?? type.name,
        ...(text === undefined ? {} : { description: text }),
        ...Object.fromEntries(others),
      },
    },
    person,
    state,
  );
  issue.custom = { ...issue.custom, [requestTypeField]: { requestTypeId: type.id, serviceDeskId: desk.id } };
  return issue;
}

function faultsOf({ fieldId, name, required, values }: SeedRequestField, value: unknown): string[] {
  if (value === undefined || value === null || value === '') return required ? [`${name} is required. (${fieldId})`] : [];
  return values && !isChoice(value, values) ? [`${name}: the value is not one of the choices. (${fieldId})`] : [];
}

function isChoice(value: unknown, choices: readonly SeedChoice[]): boolean {
  if (!isJsonObject(value)) return false;
  const chosen = choices.find((choice) => choice.value === value.id || choice.value === value.value || choice.label === value.value);
  if (!chosen) return false;
  return value.child === undefined || isChoice(value.child, chosen.children ?? []);
}

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

/** Service Management words its refusals otherwise than the rest of Jira. */
export function deskRefusal(status: number, errorMessage: string): SaasRefusal {
  return new SaasRefusal(status, { errorMessage, i18nErrorMessage: { i18nKey: 'sd.error', parameters: [] } });
}
