import { readFileSync, writeFileSync } from 'node:fs';
import { isObject, type Json, listOf, memberOf } from '../src/json/json.ts';
import { holdsMark } from '../src/secrets/masked-value.ts';

/**
 * A recorded plan without what no review reads, so that it is small and holds nothing of the machine that made it. To record one:
 * `terraform show -json PLAN > plan.json && node packages/plan-review/test/trimmed-plan.ts plan.json plans/CASE/STACK.json`
 */
export function trimmedPlan(plan: Json): Json {
  const changes = listOf(memberOf(plan, 'resource_changes'));
  const drift = listOf(memberOf(plan, 'resource_drift'));
  const touched = new Set([...changes.filter((change) => !isUntouched(change)), ...drift].map((change) => memberOf(change, 'address')));
  const data = listOf(memberOf(plan, 'prior_state', 'values', 'root_module', 'resources'));
  const configured = listOf(memberOf(plan, 'configuration', 'root_module', 'resources'));
  const resources = configured.map((resource) => trimmedResource(resource, touched.has(memberOf(resource, 'address') ?? null)));
  return picked(plan, {
    format_version: true,
    terraform_version: true,
    resource_changes: changes.map(trimmedChange),
    resource_drift: drift.map(onlyDiffering).map(trimmedChange),
    deferred_changes: true,
    action_invocations: true,
    deferred_action_invocations: true,
    output_changes: true,
    prior_state: { values: { root_module: { resources: data.filter((one) => memberOf(one, 'mode') === 'data').map(trimmedData) } } },
    configuration: { root_module: { resources } },
    complete: true,
    errored: true,
  });
}

/** The members named, as they are where the value is `true`. */
function picked(from: Json, members: Readonly<Record<string, Json>>): Json {
  const kept = Object.entries(members).filter(([key]) => memberOf(from, key) !== undefined);
  return Object.fromEntries(kept.map(([key, value]) => [key, value === true ? (memberOf(from, key) ?? null) : value]));
}

function isUntouched(change: Json): boolean {
  return memberOf(change, 'change', 'actions', 0) === 'no-op';
}

function trimmedChange(change: Json): Json {
  const values = ['before', 'after'].map((side) => [side, filled(memberOf(change, 'change', side) ?? null, isUntouched(change))] as const);
  const trees = ['after_unknown', 'before_sensitive', 'after_sensitive'].map(
    (tree) => [tree, marking(memberOf(change, 'change', tree) ?? null)] as const,
  );
  const sides = Object.fromEntries([...values, ...(isUntouched(change) ? [] : trees)]);
  const kept = picked(memberOf(change, 'change') ?? null, { actions: true, replace_paths: true, ...sides });
  return picked(change, { address: true, mode: true, type: true, name: true, action_reason: true, change: kept });
}

/** Of what somebody changed outside Terraform, only that. */
function onlyDiffering(change: Json): Json {
  const [before, after] = [memberOf(change, 'change', 'before'), memberOf(change, 'change', 'after')];
  const isTelling = (key: string) => telling.has(key) || JSON.stringify(memberOf(before, key)) !== JSON.stringify(memberOf(after, key));
  const reduced = (side: Json | undefined): Json =>
    isObject(side) ? Object.fromEntries(Object.entries(side).filter(([key]) => isTelling(key))) : null;
  const kept = picked(memberOf(change, 'change') ?? null, {
    actions: true,
    before: reduced(before),
    after: reduced(after),
    before_sensitive: true,
    after_sensitive: true,
  });
  return picked(change, { address: true, mode: true, type: true, name: true, change: kept });
}

/** Only the attributes that are marked, or have a mark in them. */
function marking(tree: Json): Json {
  return isObject(tree) ? Object.fromEntries(Object.entries(tree).filter(([, inner]) => holdsMark(inner))) : tree;
}

const telling = new Set(['name', 'function_name', 'bucket', 'arn', 'role', 'policy', 'assume_role_policy', 'triggers', 'description']);

/** Without what is empty; of a resource that stays as it is, only what another may refer to. */
function filled(value: Json, isBrief: boolean): Json {
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key, inner]) => !isEmpty(inner) && (!isBrief || telling.has(key)));
  return Object.fromEntries(kept);
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

function trimmedData(resource: Json): Json {
  const values = memberOf(resource, 'values');
  const kept = Object.entries(isObject(values) ? values : {}).filter(([key]) => key === 'outputs' || key === 'json');
  return picked(resource, { address: true, mode: true, type: true, name: true, values: Object.fromEntries(kept), sensitive_values: true });
}

/**
 * Of a resource that stays as it is, the code does not matter, but for what it reads of other stacks; of a remote state it is a path of
 * the machine.
 */
function trimmedResource(resource: Json, isTouched: boolean): Json {
  const isReader = JSON.stringify(memberOf(resource, 'expressions') ?? null).includes('data.terraform_remote_state.');
  const isRead = (isTouched || isReader) && memberOf(resource, 'type') !== 'terraform_remote_state';
  return picked(resource, { address: true, mode: true, type: true, name: true, ...(isRead ? { expressions: true } : {}) });
}

if (import.meta.main) {
  const [from = '', to = ''] = process.argv.slice(2);
  writeFileSync(to, `${JSON.stringify(trimmedPlan(JSON.parse(readFileSync(from, 'utf8')) as Json), null, 1)}\n`);
}
