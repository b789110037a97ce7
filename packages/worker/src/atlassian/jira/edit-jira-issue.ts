import { createHash } from 'node:crypto';
import { canonicalJson } from '@vera/service-kit/canonical-json';
import * as z from 'zod';
import type { Effect, FieldChange, Found, PersonWrite } from '../../tools/person-tool.ts';
import { argument } from '../../tools/told-text.ts';
import { ToolFailure } from '../../tools/tool.ts';
import { type AtlassianClient, pathOf } from '../client/atlassian-client.ts';
import { type Place, personWrite } from '../person-tool-of.ts';
import { adfWords, lostKinds, toAdf } from '../text/adf.ts';
import { signedText } from '../text/signed-text.ts';
import { type Issue, issueId, issueKey, issueLink, readIssue } from './issue.ts';
import {
  type FieldId,
  type FieldValue,
  fieldInputs,
  fieldLabels,
  issueFields,
  labelInput,
  presentValue,
  summaryInput,
} from './issue-fields.ts';
import { requireSettable, resolveFields } from './resolve-fields.ts';

const args = {
  issueId,
  issueKey: z.string(),
  fields: z.strictObject(issueFields),
  /** Of each field that changes, what it held when it was proposed. */
  expected: z.partialRecord(z.enum(Object.keys(fieldLabels) as [FieldId, ...FieldId[]]), z.string()),
};

export const editJiraIssue = (client: AtlassianClient): PersonWrite =>
  personWrite(client, {
    name: 'edit_jira_issue',
    title: 'Preparing a change of a Jira issue',
    details: argument('issue'),
    description:
      'Changes fields of a Jira issue as the person who asks. Give only the fields that change. A description replaces the whole present ' +
      'one: read it first. To move an issue to another status use transition_jira_issue, to say something use comment_on_jira_issue.',
    product: 'jira',
    system: 'Jira',
    input: {
      issue: issueKey.describe('The key, such as PAY-117'),
      summary: summaryInput.optional(),
      add_labels: z.array(labelInput).max(50).optional(),
      remove_labels: z.array(labelInput).max(50).optional(),
      ...fieldInputs,
    },
    args,
    async propose({ issue: key, ...given }, jira) {
      const issue = await readIssue(jira, key, 'editmeta');
      const values = (await wantedValues(given, issue, jira)).filter((value) => isChange(value, issue));
      if (values.length === 0) throw new ToolFailure(`${issue.key} is so already: nothing would change.`);
      return {
        title: `Change ${issue.key}: ${issue.fields.summary}`,
        changes: values.flatMap((value) => changesOf(value, issue)),
        args: {
          issueId: issue.id,
          issueKey: issue.key,
          fields: Object.fromEntries(values.map(({ id, value }) => [id, value])),
          expected: Object.fromEntries(values.map(({ id }) => [id, fingerprintOf(presentValue(id, issue).value)])),
        },
      };
    },
    perform: editIssue,
    look: lookAtIssue,
  });

interface Given extends z.output<z.ZodObject<typeof fieldInputs>> {
  readonly summary?: string | undefined;
  readonly add_labels?: readonly string[] | undefined;
  readonly remove_labels?: readonly string[] | undefined;
}

async function wantedValues(given: Given, issue: Issue, jira: Place): Promise<FieldValue[]> {
  const { summary, description, add_labels: added, remove_labels: removed, ...others } = given;
  const settable = issue.editmeta?.fields ?? {};
  const found = await resolveFields(others, jira, {
    settable,
    work: { issueKey: issue.key },
    checkParent: (parent) => requireAbove(parent, issue),
  });
  const values: FieldValue[] = [
    ...(summary === undefined ? [] : [{ id: 'summary' as const, value: summary, words: summary }]),
    ...(description === undefined ? [] : [await descriptionOf(description, issue, jira)]),
    ...found,
    ...(added || removed ? [labelsOf(issue, added, removed)] : []),
  ];
  if (values.length === 0) throw new ToolFailure('No field is named that would change. Say which.');
  for (const { id } of values) requireSettable(id, settable);
  return values;
}

async function descriptionOf(markdown: string, { fields }: Issue, jira: Place): Promise<FieldValue> {
  const present = adfWords(fields.description);
  const { words, blocks } = await signedText(markdown, { name: await jira.personName(), present });
  return { id: 'description', value: toAdf(blocks), words };
}

function labelsOf({ fields }: Issue, added: readonly string[] = [], removed: readonly string[] = []): FieldValue {
  const labels = [...new Set([...(fields.labels ?? []), ...added])].filter((label) => !removed.includes(label)).toSorted();
  return { id: 'labels', value: labels, words: labels.join(', ') || '(none)' };
}

function requireAbove({ key, fields: { issuetype } }: Issue, below: Issue): void {
  const [above, own] = [issuetype?.hierarchyLevel, below.fields.issuetype?.hierarchyLevel];
  const isWrong = key === below.key || (above !== undefined && own !== undefined && above <= own);
  if (isWrong) throw new ToolFailure(`${key} cannot be the parent of ${below.key}.`);
}

function isChange({ id, value, words }: FieldValue, issue: Issue): boolean {
  const present = presentValue(id, issue);
  if (fingerprintOf(present.value) === fingerprintOf(value)) return false;
  return id !== 'description' || present.words !== words;
}

function changesOf({ id, words }: FieldValue, issue: Issue): FieldChange[] {
  const before = presentValue(id, issue).words;
  const lost = id === 'description' ? lostKinds(issue.fields.description) : [];
  const warning = { field: 'Note', after: `The present description holds ${lost.join(', ')}, which the new text will not have.` };
  return [{ field: fieldLabels[id], ...(before === undefined ? {} : { before }), after: words }, ...(lost.length > 0 ? [warning] : [])];
}

type Args = z.output<z.ZodObject<typeof args>>;

async function editIssue({ issueId: id, issueKey: key, fields, expected }: Args, jira: Place): Promise<Effect> {
  const issue = await readIssue(jira, id);
  const moved = movedFields(issue, expected);
  if (moved.length > 0) {
    const names = moved.map((field) => fieldLabels[field]).join(', ');
    throw new ToolFailure(`${key} was changed meanwhile (${names}). Nothing was changed now; look at it again and propose anew.`);
  }
  await jira.change({ method: 'PUT', path: pathOf`/rest/api/3/issue/${id}`, body: { fields } }, z.unknown());
  return edited(issue, expected, jira);
}

/** Jira may keep a text in other words than it was given: then neither is certain. */
async function lookAtIssue({ issueId: id, fields, expected }: Args, jira: Place): Promise<Found> {
  const issue = await readIssue(jira, id);
  const wanted = Object.entries(fields) as [FieldId, unknown][];
  if (wanted.every(([field, value]) => fingerprintOf(presentValue(field, issue).value) === fingerprintOf(value)))
    return edited(issue, expected, jira);
  return movedFields(issue, expected).length === 0 ? 'not-done' : 'not-known';
}

function movedFields(issue: Issue, expected: Args['expected']): FieldId[] {
  return (Object.keys(expected) as FieldId[]).filter((field) => fingerprintOf(presentValue(field, issue).value) !== expected[field]);
}

function edited({ key }: Issue, expected: Args['expected'], jira: Place): Effect {
  return { text: `Changed ${key}: ${Object.keys(expected).join(', ')}.`, link: issueLink(jira, key) };
}

/** The same for values that are the same JSON, whatever the order of their properties. */
function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);
}
