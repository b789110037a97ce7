import { entriesOf, isList, type Json, memberOf, textOf } from '../json/json.ts';
import { isArray, isRecord } from '../plan/attribute-differences.ts';
import type { Action, Plan, ResourceChange } from '../plan/plan.ts';
import type { References } from '../plan/references.ts';
import { runtimeType, snakeCase, templateIn, terraformTypeOf } from '../plan/template-in.ts';
import { type Value, valueAt } from '../secrets/masked-value.ts';
import { nameOf } from '../words/resource-words.ts';

/** A resource before and after, whoever makes it: Terraform, CloudFormation for it, or a new address of the code under the same name. */
export type Seen = {
  readonly change: ResourceChange;
  readonly type: string;
  readonly action: Action;
  readonly before: Value;
  readonly after: Value;
  /** What it is called in the template that makes it; a runtime there is called as its stack is. */
  readonly part?: string;
};

export function seenIn(plan: Plan, references: References): Seen[] {
  const managed = plan.changes.filter((change) => change.mode === 'managed' && !change.isDeposed);
  const successors = successorsOf(managed);
  const taken = new Set(successors.values());
  return managed.flatMap((change) => {
    if (taken.has(change)) return [];
    const successor = successors.get(change);
    const action = successor ? 'replace' : settled(change);
    const own = { change, type: change.type, action, before: change.before, after: (successor ?? change).after };
    return [own, ...insideTemplate(change, references), ...setByScript(change)];
  });
}

/** What a review does not understand counts by what is there before and after; what takes another's place for its successor. */
function settled({ action, before, after }: ResourceChange): Action {
  if (action === 'unfamiliar') return actionOf(before, after);
  return action === 'replace and forget' ? 'replace' : action;
}

/** What goes at one address and comes at another, by the same name, is the same thing to AWS and to people: one for one. */
function successorsOf(changes: readonly ResourceChange[]): Map<ResourceChange, ResourceChange> {
  const keyOf = (change: ResourceChange) => `${change.type}\n${nameOf(change)}`;
  const named = changes.filter((change) => nameOf(change) !== undefined);
  const created = Map.groupBy(
    named.filter(({ action }) => action === 'create'),
    keyOf,
  );
  return new Map(
    named.flatMap((change) => {
      const successor = change.action === 'delete' ? created.get(keyOf(change))?.shift() : undefined;
      return successor ? [[change, successor] as const] : [];
    }),
  );
}

/** What a template of CloudFormation makes, in Terraform's words. Of one that only the apply tells nothing is known to go. */
function insideTemplate(change: ResourceChange, references: References): Seen[] {
  const [before, after] = (['before', 'after'] as const).map((side) => resourcesIn(templateIn(change, side, references)));
  if (!after && change.after !== null) return [];
  return [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].flatMap((part) => {
    const [old, next] = [before?.get(part), after?.get(part)];
    const types = [...new Set([old?.type, next?.type])].filter((type) => type !== undefined);
    return types.map((type) => {
      const [one, other] = [old, next].map((side) => (side?.type === type ? side.values : null));
      const sides = { before: one ?? null, after: other ?? null };
      return { change, type, action: actionOf(sides.before, sides.after), ...sides, ...(type === runtime ? {} : { part }) };
    });
  });
}

const runtime = terraformTypeOf(runtimeType);

/** Log groups that AWS makes itself, and whose retention and key a script sets right: of its run, the triggers say what it sets. */
function setByScript(change: ResourceChange): Seen[] {
  if (change.type !== 'null_resource') return [];
  const [before, after] = [change.before, change.after].map((side) => logGroupIn(valueAt(side, 'triggers') ?? null));
  if (!before && !after) return [];
  const [old, next] = [before ?? null, after ?? null];
  return [{ change, type: 'aws_cloudwatch_log_group', action: actionOf(old, next), before: old, after: next }];
}

function logGroupIn(triggers: Value): Value | undefined {
  if (valueAt(triggers, 'log_groups') === undefined || !isRecord(triggers)) return undefined;
  const days = valueAt(triggers, 'retention_in_days');
  return { ...triggers, retention_in_days: typeof days === 'string' ? Number(days) : (days ?? null) };
}

function actionOf(before: Value, after: Value): Action {
  if (before === null) return 'create';
  return after === null ? 'delete' : 'update';
}

function resourcesIn(template: Json | undefined): Map<string, { readonly type: string; readonly values: Value }> | undefined {
  const resources = memberOf(template, 'Resources');
  if (resources === undefined) return undefined;
  return new Map(
    entriesOf(resources).map(([name, resource]) => [
      name,
      {
        type: terraformTypeOf(textOf(memberOf(resource, 'Type')) ?? ''),
        values: asTerraform(memberOf(resource, 'Properties') ?? {}),
      },
    ]),
  );
}

function asTerraform(value: Json, depth = 0): Value {
  if (typeof value !== 'object' || value === null || depth > 8) return typeof value === 'object' ? null : value;
  if (Array.isArray(value)) return value.map((item: Json) => asTerraform(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      snakeCase(key),
      // Names of variables are nobody's to change.
      key === 'EnvironmentVariables' ? inner : asTerraform(inner as Json, depth + 1),
    ]),
  ) as Value;
}

/** Whether the code sets an attribute: what it does not set, and only the apply tells, the provider computes. */
export function isSet({ change, type }: Seen, path: string, { configuration }: References): boolean {
  const [attribute = '', ...steps] = path.replaceAll(/\[\d+\]/g, '').split('.');
  return type !== change.type || !configuration.isPresent || holds(configuration.expressionOf(change.address, attribute), steps);
}

function holds(expression: Json | undefined, [step, ...others]: readonly string[]): boolean {
  if (isList(expression)) return expression.some((one) => holds(one, step === undefined ? [] : [step, ...others]));
  const isValue = ['constant_value', 'references'].some((name) => memberOf(expression, name) !== undefined);
  return step === undefined || isValue ? expression !== undefined : holds(memberOf(expression, step), others);
}

/** The value at a path; where a block stands in a list of one, as Terraform writes most, it is that one. */
export function at(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  let found = value;
  for (const step of path) {
    if (found !== undefined && isArray(found)) found = found[0];
    found = found === undefined ? undefined : valueAt(found, step);
  }
  return found !== undefined && isArray(found) && found.length === 1 && found[0] !== undefined && isRecord(found[0]) ? found[0] : found;
}

/** The blocks at a path: none, one or more. */
export function blocksAt(value: Value | undefined, ...path: readonly string[]): readonly Value[] {
  const found = at(value, ...path);
  if (found === undefined || isArray(found)) return found ?? [];
  return isRecord(found) ? [found] : [];
}
