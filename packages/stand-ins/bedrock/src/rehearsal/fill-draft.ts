import type { ToolSpec } from '../runtime/converse-request.ts';
import type { Draft } from './draft-of.ts';

type Role = keyof Omit<Draft, 'subject'>;

interface Property {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Property;
  readonly anyOf?: readonly Property[];
  readonly properties?: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
}

export interface FilledDraft {
  readonly input: Readonly<Record<string, unknown>>;
  /** Properties that are required and of which nothing is known. */
  readonly missing: readonly string[];
  /** Properties that may be left out and of which nothing is known. */
  readonly open: readonly string[];
}

/** The name of a property tells which field of the draft it takes; the first that fits counts. */
const roles: readonly (readonly [RegExp, Role])[] = [
  [/project/i, 'project'],
  [/space/i, 'space'],
  [/(?:issue|ticket|work)?_?types?$|^kind$/i, 'types'],
  [/status|transition|^to$|^state$/i, 'status'],
  [/priority/i, 'priority'],
  [/label/i, 'labels'],
  [/assignee|^owner$/i, 'assignee'],
  [/summary|title|subject|heading/i, 'summary'],
  [/comment|reply/i, 'comment'],
  [/description|content|details/i, 'description'],
  [/key|^issue$|^ticket$|issue_?id/i, 'key'],
  [/body|text|markdown|message/i, 'description'],
];

/** Fills the schema of a tool that changes something, and says what is missing. */
export function fillDraft({ inputSchema }: Pick<ToolSpec, 'inputSchema'>, draft: Draft): FilledDraft {
  const schema = (inputSchema.json ?? {}) as Property;
  const required = schema.required ?? [];
  const input: Record<string, unknown> = {};
  const unknown: string[] = [];
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const value = valueFor(name, property, draft, required.includes(name));
    if (value === undefined) unknown.push(name);
    else input[name] = value;
  }
  return { input, missing: unknown.filter((name) => required.includes(name)), open: unknown.filter((name) => !required.includes(name)) };
}

function valueFor(name: string, property: Property, draft: Draft, isRequired: boolean): unknown {
  if (property.properties) {
    const { input, missing } = fillDraft({ inputSchema: { json: property } }, draft);
    return Object.keys(input).length > 0 && missing.length === 0 ? input : undefined;
  }
  const role = roles.find(([pattern]) => pattern.test(name))?.[1];
  if (role === 'types') return typeValue(property, draft.types);
  const value = role && (role === 'description' ? (draft.description ?? draft.comment) : draft[role]);
  if (value === undefined) return isRequired ? property.enum?.[0] : undefined;
  return fitted(value, property);
}

/** The best type that the schema offers. */
function typeValue(property: Property, types: readonly string[]): unknown {
  const options = optionsOf(property);
  return options.length > 0 ? (matching(types, options) ?? options[0]) : types[0];
}

function fitted(value: string | readonly string[], property: Property): unknown {
  const options = optionsOf(property);
  const texts = typeof value === 'string' ? [value] : value;
  if (options.length > 0) return matching(texts, options);
  return isList(property) ? texts : texts.join(', ');
}

function matching(texts: readonly string[], options: readonly unknown[]): unknown {
  const same = (text: string) => options.find((option) => String(option).toLowerCase() === text.toLowerCase());
  return texts.map(same).find((option) => option !== undefined);
}

function optionsOf({ enum: options, anyOf = [] }: Property): readonly unknown[] {
  return options ?? anyOf.flatMap((branch) => branch.enum ?? []);
}

function isList({ type, items }: Property): boolean {
  return items !== undefined || type === 'array';
}
