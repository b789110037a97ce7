import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { plainName } from '../../plain-name.ts';
import type { Effect, PersonWrite } from '../../tools/person-tool.ts';
import { argument } from '../../tools/told-text.ts';
import { ToolFailure } from '../../tools/tool.ts';
import { type AtlassianClient, pathOf, type SiteConnection } from '../client/atlassian-client.ts';
import { type Place, personWrite } from '../person-tool-of.ts';
import { listed, pickNamed } from '../pick-named.ts';
import { toAdf } from '../text/adf.ts';
import { signedText } from '../text/signed-text.ts';
import { changeProperty, findCreated } from './change-property.ts';
import { type FieldMeta, fieldMeta, type Issue, issueLink } from './issue.ts';
import { type FieldValue, fieldInputs, fieldLabels, issueFields, labelInput, summaryInput } from './issue-fields.ts';
import { requireSettable, resolveFields } from './resolve-fields.ts';

const byId = z.strictObject({ id: z.string() });
const createdSchema = z.object({ key: z.string() });

const inputs = {
  project: z.string().min(1).max(200).describe('The key or the name of the project'),
  issue_type: z.string().min(1).max(100).describe('The type by name, such as Bug, Task or Story'),
  summary: summaryInput.describe('The title, one line'),
  labels: z
    .array(labelInput)
    .max(50)
    .transform((labels) => [...new Set(labels)])
    .optional(),
  ...fieldInputs,
};

export const createJiraIssue = (client: AtlassianClient): PersonWrite =>
  personWrite(client, {
    name: 'create_jira_issue',
    title: 'Preparing a Jira issue',
    details: argument('summary'),
    description:
      'Creates an issue in Jira as the person who asks: a bug, a task, a story. Use it when they want something filed. ' +
      'For help from IT or another service desk use the service desk tools instead.',
    product: 'jira',
    system: 'Jira',
    input: inputs,
    args: { fields: z.strictObject({ project: byId, issuetype: byId, ...issueFields, summary: z.string() }) },
    async propose(input, jira) {
      const project = await findProject(jira, input.project);
      const type = await findIssueType(jira, project, input.issue_type);
      if (type.subtask && input.parent === undefined)
        throw new ToolFailure(`A ${plainName(type.name)} needs a parent. Give the key of the issue above it.`);
      const settable = await settableFields(jira, project, type.id);
      const values = await wantedValues(input, jira, { project, type, settable });
      requireComplete(settable, values, type.name);
      const fields = Object.fromEntries(values.map(({ id, value }) => [id, value]));
      return {
        title: `Create a ${type.name} in ${project.name} (${project.key})`,
        changes: values.map(({ id, words }) => ({ field: fieldLabels[id], after: words })),
        args: { fields: { ...fields, project: { id: project.id }, issuetype: { id: type.id }, summary: input.summary } },
      };
    },
    async perform({ fields }, jira, changeKey) {
      const body = { fields, properties: [changeProperty(changeKey)] };
      const { key } = await jira.change({ method: 'POST', path: '/rest/api/3/issue', body }, createdSchema);
      return created(key, fields.summary, jira);
    },
    async look({ fields }, jira, changeKey) {
      const key = await findCreated(jira, fields.project.id, changeKey);
      return key === undefined ? 'not-done' : created(key, fields.summary, jira);
    },
  });

function created(key: string, summary: string, jira: SiteConnection): Effect {
  return { text: `Created the issue ${key}: ${summary}`, link: issueLink(jira, key) };
}

const typeSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  subtask: z.boolean().optional(),
  hierarchyLevel: z.number().optional(),
});
type IssueType = z.output<typeof typeSchema>;

async function findIssueType(jira: Place, { key, name }: Project, wanted: string): Promise<IssueType> {
  const path = pathOf`/rest/api/3/issue/createmeta/${key}/issuetypes`;
  const { issueTypes } = await jira.get(path, z.object({ issueTypes: z.array(typeSchema) }), { maxResults: 100 });
  if (issueTypes.length === 0) throw new ToolFailure(`The person may not create issues in ${name} (${key}).`);
  return pickNamed(issueTypes, { what: `issue type in ${plainName(name)} (${key})`, wanted, nameOf: (type) => type.name });
}

async function settableFields(jira: Place, { key }: Project, typeId: string): Promise<Record<string, FieldMeta>> {
  const path = pathOf`/rest/api/3/issue/createmeta/${key}/issuetypes/${typeId}`;
  const withId = fieldMeta.extend({ fieldId: z.string() });
  const { fields } = await jira.get(path, z.object({ fields: z.array(withId) }), { maxResults: 200 });
  return Object.fromEntries(fields.map((field) => [field.fieldId, field]));
}

interface NewIssue {
  readonly project: Project;
  readonly type: IssueType;
  readonly settable: Readonly<Record<string, FieldMeta>>;
}

async function wantedValues(
  { summary, description = '', labels = [], ...given }: z.output<z.ZodObject<typeof inputs>>,
  jira: Place,
  { project, type, settable }: NewIssue,
): Promise<FieldValue[]> {
  if (labels.length > 0) requireSettable('labels', settable);
  if (description !== '') requireSettable('description', settable);
  const checkParent = (parent: Issue) => requireAbove(parent, type, project);
  const [name, others] = await Promise.all([
    jira.personName(),
    resolveFields(given, jira, { settable, work: { project: project.key }, checkParent }),
  ]);
  const text = await signedText(description, { name });
  return [
    { id: 'summary', value: summary, words: summary },
    ...(settable.description ? [{ id: 'description' as const, value: toAdf(text.blocks), words: text.words }] : []),
    ...others,
    ...(labels.length > 0 ? [{ id: 'labels' as const, value: labels, words: labels.join(', ') }] : []),
  ];
}

function requireAbove({ key, fields: { issuetype, project } }: Issue, type: IssueType, { key: projectKey }: Project): void {
  const [above, below] = [issuetype?.hierarchyLevel, type.hierarchyLevel];
  if (above !== undefined && below !== undefined && above <= below) {
    throw new ToolFailure(`${key} is a ${plainName(issuetype?.name ?? '')}, and cannot be the parent of a ${plainName(type.name)}.`);
  }
  if (type.subtask && project?.key !== projectKey)
    throw new ToolFailure(`${key} is in another project than its new ${plainName(type.name)} would be.`);
}

function requireComplete(settable: Readonly<Record<string, FieldMeta>>, values: readonly FieldValue[], type: string): void {
  const given = new Set<string>([...values.map(({ id }) => id), 'project', 'issuetype', 'reporter']);
  const lacking = Object.entries(settable).filter(([id, { required, hasDefaultValue }]) => required && !hasDefaultValue && !given.has(id));
  if (lacking.length === 0) return;
  const names = lacking.map(([, { name }]) => name).join(', ');
  const unknown = lacking.some(([id]) => !(id in fieldLabels));
  throw new ToolFailure(
    `A ${type} there also needs: ${names}.${unknown ? ' This tool cannot fill in all of these: the person has to create it in Jira.' : ''}`,
  );
}

const projectsSchema = z.object({ values: z.array(z.looseObject({ id: z.string(), key: z.string(), name: z.string() })) });

interface Project {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

/** A project by its key or its name, among those the person sees. */
async function findProject(jira: SiteConnection, wanted: string): Promise<Project> {
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
