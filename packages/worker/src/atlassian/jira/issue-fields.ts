import * as z from 'zod';
import { adfWords } from '../text/adf.ts';
import type { Issue } from './issue.ts';

const byId = z.strictObject({ id: z.string() });

/** A document as `toAdf` makes it. */
export const adfDocument = z.strictObject({ type: z.literal('doc'), version: z.literal(1), content: z.array(z.unknown()).readonly() });

/** Fields of an issue as Jira takes them, resolved: what `perform` sends. */
export const issueFields = {
  summary: z.string().optional(),
  description: adfDocument.optional(),
  priority: byId.optional(),
  assignee: z.strictObject({ accountId: z.string() }).nullable().optional(),
  labels: z.array(z.string()).optional(),
  components: z.array(byId).optional(),
  parent: byId.optional(),
  duedate: z.string().nullable().optional(),
};

export type IssueFields = z.output<z.ZodObject<typeof issueFields>>;
export type FieldId = keyof IssueFields;

/** The same fields as a model gives them. */
export const fieldInputs = {
  description: z
    .string()
    .max(30_000)
    .optional()
    .describe('Markdown: paragraphs, headings, lists, code, tables, links. Not the last line about Vera.'),
  priority: z.string().max(100).optional().describe('A priority by name, such as High'),
  assignee: z
    .string()
    .max(200)
    .optional()
    .describe('Who works on it: a name, an e-mail address, "me" for the person who asks, or "unassigned"'),
  components: z.array(z.string().max(200)).max(20).optional().describe('Components of the project by name'),
  parent: z.string().max(50).optional().describe('The key of the issue above, such as an epic'),
  due_date: z.iso.date().optional().describe('A day as 2026-01-31'),
};

export const summaryInput = z
  .string()
  .trim()
  .min(1)
  .max(254)
  .regex(/^[^\r\n]*$/, 'must be one line');

export const labelInput = z.string().regex(/^\S{1,255}$/, 'a label has no blanks');

/** A field as it will be sent, with the words a person reads. */
export interface FieldValue {
  readonly id: FieldId;
  readonly value: IssueFields[FieldId];
  readonly words: string;
}

export const fieldLabels: Readonly<Record<FieldId, string>> = {
  summary: 'Summary',
  description: 'Description',
  priority: 'Priority',
  assignee: 'Assignee',
  labels: 'Labels',
  components: 'Components',
  parent: 'Parent',
  duedate: 'Due date',
};

/** What an issue holds now, in the very form in which it would be sent, so that both can be compared; no words where it is empty. */
export function presentValue(id: FieldId, { fields }: Issue): { readonly value: unknown; readonly words: string | undefined } {
  switch (id) {
    case 'summary':
      return { value: fields.summary, words: fields.summary };
    case 'description':
      return { value: fields.description ?? null, words: adfWords(fields.description) || undefined };
    case 'priority':
      return { value: fields.priority ? { id: fields.priority.id } : null, words: fields.priority?.name };
    case 'assignee':
      return { value: fields.assignee ? { accountId: fields.assignee.accountId } : null, words: fields.assignee?.displayName };
    case 'labels':
      return { value: (fields.labels ?? []).toSorted(), words: fields.labels?.join(', ') || undefined };
    case 'components': {
      const components = fields.components ?? [];
      const value = components.map((one) => ({ id: one.id })).toSorted((one, other) => one.id.localeCompare(other.id));
      return { value, words: components.map(({ name }) => name).join(', ') || undefined };
    }
    case 'parent':
      return { value: fields.parent ? { id: fields.parent.id } : null, words: fields.parent ? parentWords(fields.parent) : undefined };
    case 'duedate':
      return { value: fields.duedate ?? null, words: fields.duedate ?? undefined };
  }
}

export function parentWords({ key, fields }: { readonly key: string; readonly fields?: { readonly summary: string } | undefined }): string {
  return [key, fields?.summary].filter((part) => part !== undefined).join(' ');
}
