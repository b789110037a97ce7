import { inOrder } from './in-order.ts';
import { entriesOf, isList, isObject, type Json, memberOf, parsedOf } from './json.ts';

/** One thing that one statement allows or denies: the cross product of its principals, actions and resources, taken apart. */
export type Grant = {
  readonly effect: 'Allow' | 'Deny';
  /** Empty in a policy that hangs on a role. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** `StringEquals aws:SourceAccount = 123456789012`, sorted. */
  readonly conditions: readonly string[];
};

/** Beyond this a statement is read as one grant, so that a hostile policy cannot fill the memory. */
const largestProduct = 4_000;
const except = 'everything except ';

/** The grants of a policy document; undefined for JSON that is none. */
export function grantsOf(document: Json | undefined): Grant[] | undefined {
  const statements = memberOf(document, 'Statement');
  if (!isList(statements) && !isObject(statements)) return undefined;
  return (isList(statements) ? statements : [statements]).filter(isObject).flatMap(grantsOfStatement);
}

export function isException(pattern: string): boolean {
  return pattern.startsWith(except);
}

export function isPolicyText(text: string): boolean {
  return text.includes('"Statement"') && grantsOf(parsedOf(text)) !== undefined;
}

/** Whether two policies allow and deny the same, however they are written. */
export function isSamePolicy(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => new Set((grantsOf(parsedOf(text)) ?? []).map(keyOf)));
  return left !== undefined && right !== undefined && left.size === right.size && [...left].every((key) => right.has(key));
}

/** Equal for grants that mean the same: the case of an action's name does not matter. */
export function keyOf({ effect, principal, action, resource, conditions }: Grant): string {
  return JSON.stringify([effect, principal, action.toLowerCase(), resource, conditions]);
}

function grantsOfStatement(statement: Json): Grant[] {
  const effect = memberOf(statement, 'Effect') === 'Deny' ? 'Deny' : 'Allow';
  const conditions = conditionsOf(memberOf(statement, 'Condition'));
  const principals = eitherOf(statement, 'Principal', principalsOf) ?? [''];
  // A trust policy names no resource: it is the role itself.
  const resources = eitherOf(statement, 'Resource', textsOf) ?? [''];
  const actions = eitherOf(statement, 'Action', textsOf) ?? [];
  const isTooLarge = principals.length * resources.length * actions.length > largestProduct;
  const read = (names: readonly string[]) => (isTooLarge ? [names.join(', ')] : names);
  return read(principals).flatMap((principal) =>
    read(actions).flatMap((action) => read(resources).map((resource) => ({ effect, principal, action, resource, conditions }) as const)),
  );
}

/** `Action`, or `NotAction` as one pattern that names what it leaves out. */
function eitherOf(statement: Json, name: string, read: (value: Json) => string[]): string[] | undefined {
  const given = memberOf(statement, name);
  if (given !== undefined) return read(given);
  const left = memberOf(statement, `Not${name}`);
  return left === undefined ? undefined : [`${except}${read(left).join(', ')}`];
}

function textsOf(value: Json): string[] {
  return [...new Set((isList(value) ? value : [value]).map(toText))].sort(inOrder);
}

function toText(value: Json): string {
  return typeof value === 'object' && value !== null ? '(unreadable)' : String(value);
}

function principalsOf(value: Json): string[] {
  if (!isObject(value)) return textsOf(value);
  const named = entriesOf(value).flatMap(([kind, names]) => textsOf(names).map((name) => principalOf(kind, name)));
  return [...new Set(named)].sort();
}

/** An account is written as its number or as its root's ARN; both mean everybody whom that account lets. */
function principalOf(kind: string, name: string): string {
  if (name === '*') return '*';
  if (kind === 'AWS') return /^arn:[\w-]+:iam::(\d{12}):root$/.exec(name)?.[1] ?? name;
  return kind === 'Service' || kind === 'Federated' ? name : `${kind} ${name}`;
}

function conditionsOf(value: Json | undefined): string[] {
  return entriesOf(value)
    .flatMap(([operator, keys]) => entriesOf(keys).map(([key, values]) => `${operator} ${key} = ${textsOf(values).join(' or ')}`))
    .sort();
}
