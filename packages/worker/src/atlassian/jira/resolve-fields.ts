import type * as z from 'zod';
import { ToolFailure } from '../../tools/tool.ts';
import type { Place } from '../person-tool-of.ts';
import { pickNamed } from '../pick-named.ts';
import { findAssignable, type WorkPlace } from './find-person.ts';
import { type FieldMeta, type Issue, issueKey, readIssue } from './issue.ts';
import { type FieldId, type FieldValue, type fieldInputs, fieldLabels, parentWords } from './issue-fields.ts';

type Given = Omit<z.output<z.ZodObject<typeof fieldInputs>>, 'description'>;

interface ResolveParts {
  /** The fields that can be set, by id. */
  readonly settable: Readonly<Record<string, FieldMeta>>;
  readonly work: WorkPlace;
  /** Refuses an issue that cannot stand above. */
  readonly checkParent: (parent: Issue) => void;
}

/** Names of a model's input → ids as Jira takes them. All that is wrong with one field ends it, in words that say what is allowed. */
export async function resolveFields(given: Given, jira: Place, { settable, work, checkParent }: ResolveParts): Promise<FieldValue[]> {
  const asked: [FieldId, Promise<FieldValue> | undefined][] = [
    ['priority', given.priority === undefined ? undefined : priorityOf(given.priority, settable)],
    ['assignee', given.assignee === undefined ? undefined : assigneeOf(given.assignee, jira, work)],
    ['components', given.components && componentsOf(given.components, settable)],
    ['parent', given.parent === undefined ? undefined : parentOf(given.parent, jira, checkParent)],
    ['duedate', given.due_date === undefined ? undefined : resolved('duedate', given.due_date, given.due_date)],
  ];
  const wanted = asked.filter(([, value]) => value !== undefined);
  const values = await Promise.all(wanted.map(([, value]) => value));
  for (const [id] of wanted) requireSettable(id, settable);
  return values.filter((value) => value !== undefined);
}

export function requireSettable(id: FieldId, settable: Readonly<Record<string, FieldMeta>>): void {
  if (!settable[id]) throw new ToolFailure(`${fieldLabels[id]} cannot be set there: it is not on the screen, or the person may not.`);
}

async function resolved(id: FieldId, value: FieldValue['value'], words: string): Promise<FieldValue> {
  return { id, value, words };
}

async function priorityOf(wanted: string, settable: ResolveParts['settable']): Promise<FieldValue> {
  const found = pickNamed(settable.priority?.allowedValues ?? [], { what: 'priority', wanted, nameOf: ({ name = '' }) => name });
  return resolved('priority', { id: idOf(found) }, found.name ?? wanted);
}

async function assigneeOf(wanted: string, jira: Place, work: WorkPlace): Promise<FieldValue> {
  if (/^(?:unassigned|nobody|none)$/i.test(wanted.trim())) return resolved('assignee', null, '(nobody)');
  const { accountId, displayName } = await findAssignable(jira, wanted, work);
  return resolved('assignee', { accountId }, displayName);
}

async function componentsOf(wanted: readonly string[], settable: ResolveParts['settable']): Promise<FieldValue> {
  const known = settable.components?.allowedValues ?? [];
  const found = wanted.map((name) => pickNamed(known, { what: 'component', wanted: name, nameOf: (one) => one.name ?? '' }));
  const ids = [...new Set(found.map(idOf))].toSorted((one, other) => one.localeCompare(other));
  return resolved(
    'components',
    ids.map((id) => ({ id })),
    found.map(({ name }) => name).join(', ') || '(none)',
  );
}

async function parentOf(wanted: string, jira: Place, check: ResolveParts['checkParent']): Promise<FieldValue> {
  const key = issueKey.safeParse(wanted);
  if (!key.success) throw new ToolFailure('The parent must be an issue key such as PAY-117.');
  const parent = await readIssue(jira, key.data);
  check(parent);
  return resolved('parent', { id: parent.id }, parentWords(parent));
}

function idOf({ id }: { readonly id?: string | undefined }): string {
  if (id === undefined) throw new ToolFailure('Jira gives no id for this choice.');
  return id;
}
