import * as z from 'zod';
import { pathOf, type SiteConnection } from '../client/atlassian-client.ts';
import type { Desk, RequestType } from './desk.ts';

/** A choice; what it leads to is asked only of who chose it. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly children: readonly Choice[];
}

export type AnswerKind =
  | 'line'
  | 'text'
  | 'number'
  | 'date'
  | 'datetime'
  | 'labels'
  | 'choice'
  | 'choices'
  | 'nested'
  | 'person'
  | 'unsupported';

/** A question of a request type, by the label that people read. */
export interface Question {
  readonly fieldId: string;
  readonly label: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly kind: AnswerKind;
  readonly choices: readonly Choice[];
}

interface GivenChoice {
  readonly value: string;
  readonly label: string;
  readonly children?: readonly GivenChoice[] | undefined;
}

const choiceSchema: z.ZodType<GivenChoice> = z.lazy(() =>
  z.object({
    value: z.string(),
    label: z.string(),
    children: z
      .array(choiceSchema)
      .nullish()
      .transform((children) => children ?? undefined),
  }),
);

const fieldSchema = z.looseObject({
  fieldId: z.string(),
  name: z.string(),
  description: z.string().nullish(),
  required: z.boolean(),
  visible: z.boolean().nullish(),
  validValues: z.array(choiceSchema).nullish(),
  jiraSchema: z.looseObject({
    type: z.string(),
    items: z.string().optional(),
    system: z.string().optional(),
    custom: z.string().optional(),
  }),
});
type GivenField = z.output<typeof fieldSchema>;

/** What a request type asks. Two questions of one label are told apart by a number. */
export async function questionsOf(jira: SiteConnection, desk: Desk, type: RequestType): Promise<Question[]> {
  const path = pathOf`/rest/servicedeskapi/servicedesk/${desk.id}/requesttype/${type.id}/field`;
  const { requestTypeFields } = await jira.get(path, z.object({ requestTypeFields: z.array(fieldSchema) }));
  const seen = new Map<string, number>();
  return requestTypeFields
    .filter(({ visible }) => visible !== false)
    .map((field) => {
      const count = (seen.get(plain(field.name)) ?? 0) + 1;
      seen.set(plain(field.name), count);
      return questionOf(field, count === 1 ? field.name : `${field.name} (${count})`);
    });
}

/** As people compare names: without case and outer blanks. */
export function plain(text: string): string {
  return text.trim().toLowerCase();
}

function questionOf(field: GivenField, label: string): Question {
  const { fieldId, description, required, validValues } = field;
  const choices = (validValues ?? []).map(choiceOf);
  return { fieldId, label: label.trim(), description: description ?? '', isRequired: required, kind: kindOf(field, choices), choices };
}

function choiceOf({ value, label, children = [] }: GivenChoice): Choice {
  return { id: value, label, children: children.map(choiceOf) };
}

const kinds: Readonly<Record<string, AnswerKind>> = { number: 'number', date: 'date', datetime: 'datetime', user: 'person' };

function kindOf({ jiraSchema: { type, items, system, custom = '' } }: GivenField, choices: readonly Choice[]): AnswerKind {
  if (type === 'string' && choices.length === 0) {
    return system === 'description' || system === 'environment' || custom.endsWith(':textarea') ? 'text' : 'line';
  }
  if (type === 'option-with-child') return 'nested';
  if (type === 'array') {
    if (choices.length > 0) return 'choices';
    return items === 'string' && system !== 'attachment' ? 'labels' : 'unsupported';
  }
  if (choices.length > 0) return 'choice';
  return kinds[type] ?? 'unsupported';
}
