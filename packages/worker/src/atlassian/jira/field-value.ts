import { adfWords } from '../text/adf-words.ts';
import type { FieldId, IssueFields } from './issue-fields.ts';
import type { Issue } from './read-issue.ts';

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
