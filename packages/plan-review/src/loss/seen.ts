import { entriesOf, type Json, memberOf } from '../json/json.ts';
import { isArray, isRecord } from '../plan/attribute-differences.ts';
import type { Action, Plan, ResourceChange } from '../plan/plan.ts';
import type { References } from '../plan/references.ts';
import { runtimeType, templateIn } from '../plan/template-in.ts';
import { type Value, valueAt } from '../secrets/masked-value.ts';
import { nameOf } from '../words/resource-words.ts';

/** A resource before and after, whoever makes it: Terraform, CloudFormation for it, or a new address of the code under the same name. */
export type Seen = {
  readonly change: ResourceChange;
  readonly type: string;
  readonly action: Action;
  readonly before: Value;
  readonly after: Value;
};

export function seenIn(plan: Plan, references: References): Seen[] {
  const managed = plan.changes.filter((change) => change.mode === 'managed' && !change.isDeposed);
  const successors = successorsOf(managed);
  const taken = new Set(successors.values());
  return managed.flatMap((change) => {
    if (taken.has(change)) return [];
    const successor = successors.get(change);
    const action = successor ? 'replace' : change.action;
    const own = { change, type: change.type, action, before: change.before, after: (successor ?? change).after };
    return [own, ...insideTemplate(change, references), ...setByScript(change)];
  });
}

/** What goes at one address and comes at another, by the same name, is the same thing to AWS and to people. */
function successorsOf(changes: readonly ResourceChange[]): Map<ResourceChange, ResourceChange> {
  const keyOf = (change: ResourceChange) => `${change.type}\n${nameOf(change)}`;
  const created = new Map(
    changes.filter((change) => change.action === 'create' && nameOf(change) !== undefined).map((change) => [keyOf(change), change]),
  );
  const gone = changes.filter(({ action }) => action === 'delete');
  return new Map(
    gone.flatMap((change) => {
      const successor = nameOf(change) === undefined ? undefined : created.get(keyOf(change));
      return successor ? [[change, successor] as const] : [];
    }),
  );
}

/** A runtime in a template of CloudFormation, in Terraform's words. */
function insideTemplate(change: ResourceChange, references: References): Seen[] {
  const [before, after] = (['before', 'after'] as const).map((side) => resourcesIn(templateIn(change, side, references)));
  return [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].map((name) => {
    const [old, next] = [before?.get(name) ?? null, after?.get(name) ?? null];
    return { change, type: 'aws_bedrockagentcore_agent_runtime', action: actionOf(old, next), before: old, after: next };
  });
}

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

function resourcesIn(template: Json | undefined): Map<string, Value> {
  const runtimes = entriesOf(memberOf(template, 'Resources')).filter(([, resource]) => memberOf(resource, 'Type') === runtimeType);
  return new Map(runtimes.map(([name, resource]) => [name, asTerraform(memberOf(resource, 'Properties') ?? {})]));
}

function asTerraform(value: Json, depth = 0): Value {
  if (typeof value !== 'object' || value === null || depth > 8) return typeof value === 'object' ? null : value;
  if (Array.isArray(value)) return value.map((item: Json) => asTerraform(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replaceAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase(),
      // Names of variables are nobody's to change.
      key === 'EnvironmentVariables' ? inner : asTerraform(inner as Json, depth + 1),
    ]),
  ) as Value;
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
