import { type FieldInfo, issueFields, priorities } from '../issue-options.ts';
import type { JiraProject } from '../jira-state.ts';

interface FieldMeta extends Readonly<Record<string, unknown>> {
  readonly fieldId: string;
}

/** The fields that people set in a project, with what can be chosen, for the screens of new and of existing issues. */
export function fieldMetasOf(project: JiraProject): FieldMeta[] {
  return issueFields.filter(({ isSettable }) => isSettable).map((field) => toFieldMeta(field, project));
}

function toFieldMeta({ id, name, schema }: FieldInfo, project: JiraProject): FieldMeta {
  const allowedValues = allowedIn(id, project);
  return {
    required: ['summary', 'project', 'issuetype'].includes(id),
    schema,
    name,
    key: id,
    fieldId: id,
    hasDefaultValue: id === 'priority',
    operations: ['set'],
    ...(allowedValues ? { allowedValues } : {}),
  };
}

function allowedIn(field: string, { id, components }: JiraProject): readonly object[] | undefined {
  if (field === 'priority') return priorities;
  return field === 'components' ? components.map((name, index) => ({ id: `${id}${index}`, name })) : undefined;
}
