import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import { isAdf } from '../../atlassian/adf/is-adf.ts';
import { toAdf } from '../../atlassian/adf/to-adf.ts';
import type { AtlassianPerson } from '../../atlassian/atlassian-person.ts';
import { requestTypeField } from '../issue-options.ts';
import type { JiraIssue } from '../jira-issue.ts';
import type { SeedChoice, SeedRequestField, SeedRequestType, SeedServiceDesk } from '../jira-seed.ts';
import type { JiraState } from '../jira-state.ts';
import { deskRefusal } from '../service-desk/desk-refusal.ts';
import { createIssue } from './create-issue.ts';

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
