import { type Json, listOf, memberOf, parsedOf, textOf } from '../json/json.ts';
import { type Grant, grantsOf } from '../json/policy.ts';
import { parsedTemplate, withTexts } from '../json/template.ts';
import { isRecord } from '../plan/attribute-differences.ts';
import type { ResourceChange } from '../plan/plan.ts';
import type { References } from '../plan/references.ts';
import { Hidden, plainOf, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import { templateGrants } from './cloud-formation.ts';

/** What one attribute's policy document says before or after; `hidden` and `unknown` cannot be read from this plan. */
export type ReadPolicy =
  | { readonly kind: 'grants'; readonly grants: readonly Grant[] }
  | { readonly kind: 'hidden' | 'unreadable' }
  | { readonly kind: 'unknown'; readonly refersTo: readonly string[] };

/** Undefined where there is no policy: the attribute is empty, or the provider computes it. */
export function policyBefore(change: ResourceChange, attribute: string): ReadPolicy | undefined {
  return policyOfKnown(valueAt(change.before, attribute));
}

export function policyAfter(change: ResourceChange, attribute: string, references: References): ReadPolicy | undefined {
  const value = valueAt(change.after, attribute);
  if (!(value instanceof Unknown)) return policyOfKnown(value);
  const expression = references.configuration.expressionOf(change.address, attribute);
  if (expression === undefined) return references.configuration.isPresent ? undefined : { kind: 'unknown', refersTo: [] };
  const grants = grantsIn(documentFrom(expression, change.module, references));
  return grants ? { kind: 'grants', grants } : { kind: 'unknown', refersTo: refersTo(expression) };
}

function policyOfKnown(value: Value | undefined): ReadPolicy | undefined {
  if (value instanceof Hidden) return { kind: 'hidden' };
  if (Array.isArray(value)) return policyOfBlocks(value);
  if (value !== undefined && isRecord(value)) return policyOfMembers(value);
  if (typeof value !== 'string' || value === '') return undefined;
  const grants = grantsIn(parsedOf(value));
  return grants ? { kind: 'grants', grants } : { kind: 'unreadable' };
}

/** A text of JSON with a secret in it, told member by member. */
function policyOfMembers(value: Value): ReadPolicy | undefined {
  const grants = grantsIn(plainOf(value));
  return grants && { kind: 'grants', grants };
}

function grantsIn(document: Json | undefined): Grant[] | undefined {
  return grantsOf(document) ?? templateGrants(document);
}

/** A role's `inline_policy`: blocks of a name and a policy. */
function policyOfBlocks(blocks: readonly Value[]): ReadPolicy | undefined {
  const policies = blocks.flatMap((block) => policyOfKnown(valueAt(block, 'policy')) ?? []);
  const unread = blocks.some((block) => valueAt(block, 'policy') instanceof Unknown)
    ? ({ kind: 'unknown', refersTo: [] } as const)
    : undefined;
  const other = unread ?? policies.find(({ kind }) => kind !== 'grants');
  if (other) return other;
  return policies.length === 0
    ? undefined
    : { kind: 'grants', grants: policies.flatMap((policy) => (policy.kind === 'grants' ? policy.grants : [])) };
}

function documentFrom(expression: Json, module: string, references: References): Json | undefined {
  const template = textOf(memberOf(expression, 'constant_value')) ?? onlyReference(expression);
  if (template === undefined) return undefined;
  const filled = references.filled(template, module);
  const deferred = /^\$\{(data\.aws_iam_policy_document\.[^.{}]+)\.(?:minified_)?json\}$/.exec(filled)?.[1];
  if (deferred !== undefined) return documentOfDeferred(deferred, module, references);
  const parsed = parsedTemplate(template);
  return parsed === undefined ? parsedOf(filled) : withTexts(parsed, (text) => references.filled(text, module).replaceAll('$${', '${'));
}

/** HCL keeps no template; one that is nothing but a reference can be told all the same. */
function onlyReference(expression: Json): string | undefined {
  const named = refersTo(expression);
  return named.length === 1 ? `\${${named[0]}}` : undefined;
}

function refersTo(expression: Json): string[] {
  const all = listOf(memberOf(expression, 'references')).flatMap((reference) => textOf(reference) ?? []);
  return all.filter((reference) => !all.some((other) => other !== reference && other.startsWith(`${reference}.`)));
}

/** A document with values known only after apply is read only then; its blocks are in the plan. */
function documentOfDeferred(expression: string, module: string, references: References): Json | undefined {
  const change = references.resourceOf(expression, module);
  if (!change || hasItems(change, 'source_policy_documents') || hasItems(change, 'override_policy_documents')) return undefined;
  const blocks = valueAt(change.after, 'statement');
  if (!Array.isArray(blocks)) return undefined;
  const described = describedValue(blocks, references.configuration.expressionOf(change.address, 'statement'));
  return withTexts(documentOfBlocks(described), (text) => references.filled(text, module));
}

function hasItems(change: ResourceChange, attribute: string): boolean {
  const value = valueAt(change.after, attribute);
  return value instanceof Unknown || (Array.isArray(value) && value.length > 0);
}

/** Known values as they are, others as the code's template; a list with an unknown part wholly so, since sets are in no order. */
function describedValue(value: Value, expression: Json | undefined): Json {
  if (value instanceof Hidden) return '(sensitive)';
  const constant = memberOf(expression, 'constant_value');
  const isPartlyUnknown = Array.isArray(value) && value.some((item) => item instanceof Unknown);
  if ((value instanceof Unknown || isPartlyUnknown) && constant !== undefined) return constant;
  if (value instanceof Unknown) return expression === undefined ? '(known after apply)' : refersTo(expression).map((name) => `\${${name}}`);
  if (Array.isArray(value)) return value.flatMap((item, index) => describedValue(item, within(expression, index)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, describedValue(item as Value, within(expression, key))]));
}

function within(expression: Json | undefined, key: string | number): Json | undefined {
  const constant = memberOf(expression, 'constant_value');
  if (constant !== undefined) return { constant_value: memberOf(constant, key) ?? null };
  return memberOf(expression, 'references') === undefined ? memberOf(expression, key) : expression;
}

/** The `statement` blocks of a data source `aws_iam_policy_document`, in the form of a policy document. */
function documentOfBlocks(blocks: Json | undefined): Json {
  return { Statement: listOf(blocks).map(statementOf) };
}

const lists = { actions: 'Action', resources: 'Resource', not_actions: 'NotAction', not_resources: 'NotResource' };
const principals = { principals: 'Principal', not_principals: 'NotPrincipal' };

function statementOf(block: Json): Json {
  const filled = Object.entries(lists).flatMap(([name, key]) => {
    const texts = listOf(memberOf(block, name));
    return texts.length === 0 ? [] : [[key, texts] as const];
  });
  const named = Object.entries(principals).flatMap(([name, key]) => {
    const given = listOf(memberOf(block, name));
    return given.length === 0 ? [] : [[key, gathered(given, 'type', 'identifiers')] as const];
  });
  const tests = Map.groupBy(listOf(memberOf(block, 'condition')), (condition) => textOf(memberOf(condition, 'test')) ?? '');
  return {
    Effect: memberOf(block, 'effect') ?? 'Allow',
    ...Object.fromEntries([...filled, ...named]),
    Condition: Object.fromEntries([...tests].map(([test, conditions]) => [test, gathered(conditions, 'variable', 'values')])),
  };
}

/** Several blocks of one type, or about one variable, count together. */
function gathered(blocks: readonly Json[], name: string, values: string): Record<string, readonly Json[]> {
  const groups = Map.groupBy(blocks, (block) => textOf(memberOf(block, name)) ?? '');
  return Object.fromEntries([...groups].map(([key, members]) => [key, members.flatMap((member) => listOf(memberOf(member, values)))]));
}
