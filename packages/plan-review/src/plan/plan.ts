import { entriesOf, type Json, listOf, memberOf, textOf } from '../json/json.ts';
import { looksSecret } from '../secrets/looks-secret.ts';
import { maskedValue, type Value } from '../secrets/masked-value.ts';
import { secretTexts } from '../secrets/secret-texts.ts';

/** One stack's `terraform show -json`, reduced to what a reviewer may see. */
export type Plan = {
  readonly stack: string;
  readonly changes: readonly ResourceChange[];
  /** What somebody changed outside Terraform since the last run. */
  readonly drift: readonly ResourceChange[];
  /** What Terraform puts off to a later plan. */
  readonly deferred: readonly { readonly change: ResourceChange; readonly reason: string }[];
  readonly outputs: readonly OutputChange[];
  readonly checks: readonly FailedCheck[];
  readonly isErrored: boolean;
  /** The code's own text of an attribute: a template where values are only known after apply. */
  readonly configuration: Json | undefined;
  readonly known: readonly KnownData[];
};

export type Action = 'no-op' | 'create' | 'read' | 'update' | 'replace' | 'delete' | 'forget' | 'replace and forget' | 'unfamiliar';

export type ResourceChange = {
  readonly address: string;
  readonly previousAddress?: string;
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly action: Action;
  readonly reason?: string;
  readonly isDeposed: boolean;
  readonly isImported: boolean;
  readonly before: Value;
  readonly after: Value;
  readonly replacePaths: readonly (readonly (string | number)[])[];
};

export type OutputChange = { readonly name: string; readonly action: Action; readonly before: Value; readonly after: Value };
export type FailedCheck = { readonly address: string; readonly status: string; readonly messages: readonly string[] };
/** A data source as Terraform read it for this plan. */
export type KnownData = { readonly address: string; readonly values: Value };

export function toPlan(stack: string, json: Json): Plan {
  const changes = listOf(memberOf(json, 'resource_changes'));
  const drift = listOf(memberOf(json, 'resource_drift'));
  const deferred = listOf(memberOf(json, 'deferred_changes'));
  const marked = [...changes, ...drift, ...deferred.map((item) => memberOf(item, 'resource_change') ?? null)].flatMap((change) => [
    { value: memberOf(change, 'change', 'before'), sensitive: memberOf(change, 'change', 'before_sensitive') },
    { value: memberOf(change, 'change', 'after'), sensitive: memberOf(change, 'change', 'after_sensitive') },
  ]);
  const isSecret = secretTexts(marked);
  return {
    stack,
    changes: changes.map((change) => toResourceChange(change, isSecret)).sort(byAddress),
    drift: drift.map((change) => toResourceChange(change, isSecret)).sort(byAddress),
    deferred: deferred.map((item) => ({
      change: toResourceChange(memberOf(item, 'resource_change') ?? null, isSecret),
      reason: textOf(memberOf(item, 'reason')) ?? 'unknown',
    })),
    outputs: entriesOf(memberOf(json, 'output_changes')).map(([name, change]) => ({ name, ...toSides(change, isSecret, name) })),
    checks: failedChecksOf(listOf(memberOf(json, 'checks')), isSecret),
    isErrored: memberOf(json, 'errored') === true,
    configuration: memberOf(json, 'configuration', 'root_module'),
    known: knownDataOf(json, isSecret),
  };
}

type IsSecret = (text: string) => boolean;

function toResourceChange(json: Json, isSecret: IsSecret): ResourceChange {
  const previousAddress = textOf(memberOf(json, 'previous_address'));
  const reason = textOf(memberOf(json, 'action_reason'));
  const importing = memberOf(json, 'change', 'importing');
  const type = textOf(memberOf(json, 'type')) ?? 'unknown';
  return {
    address: textOf(memberOf(json, 'address')) ?? type,
    ...(previousAddress === undefined ? {} : { previousAddress }),
    module: (textOf(memberOf(json, 'module_address')) ?? '').replaceAll(/\[[^\]]*\]/g, ''),
    mode: memberOf(json, 'mode') === 'data' ? 'data' : 'managed',
    type,
    ...(reason === undefined ? {} : { reason }),
    isDeposed: typeof memberOf(json, 'deposed') === 'string',
    isImported: importing !== undefined && importing !== null,
    ...toSides(memberOf(json, 'change'), isSecret),
    replacePaths: listOf(memberOf(json, 'change', 'replace_paths')).map((path) => listOf(path).filter(isStep)),
  };
}

function toSides(change: Json | undefined, isSecret: IsSecret, name = ''): { action: Action; before: Value; after: Value } {
  const sensitive = [memberOf(change, 'before_sensitive'), memberOf(change, 'after_sensitive')];
  return {
    action: toAction(listOf(memberOf(change, 'actions'))),
    before: maskedValue({ value: memberOf(change, 'before'), sensitive, name }, isSecret),
    after: maskedValue({ value: memberOf(change, 'after'), sensitive, unknown: memberOf(change, 'after_unknown'), name }, isSecret),
  };
}

/** A combination of a later Terraform that deletes counts as deleting, so that no loss goes unseen. */
function toAction(actions: readonly Json[]): Action {
  const has = (action: string) => actions.includes(action);
  if (has('delete')) return has('create') ? 'replace' : 'delete';
  if (has('forget')) return has('create') ? 'replace and forget' : 'forget';
  return actions.length === 1 ? (simple.find((action) => action === actions[0]) ?? 'unfamiliar') : 'unfamiliar';
}

const simple = ['no-op', 'create', 'read', 'update'] as const;

function isStep(step: Json): step is string | number {
  return typeof step === 'string' || typeof step === 'number';
}

function byAddress(one: ResourceChange, other: ResourceChange): number {
  if (one.address !== other.address) return one.address < other.address ? -1 : 1;
  return Number(one.isDeposed) - Number(other.isDeposed);
}

function failedChecksOf(checks: readonly Json[], isSecret: IsSecret): FailedCheck[] {
  return checks.flatMap((check) => {
    const status = textOf(memberOf(check, 'status'));
    if (status !== 'fail' && status !== 'error') return [];
    const problems = listOf(memberOf(check, 'instances')).flatMap((instance) => listOf(memberOf(instance, 'problems')));
    const messages = problems
      .flatMap((problem) => textOf(memberOf(problem, 'message')) ?? [])
      .filter((message) => !isSecret(message) && !looksSecret('', message));
    return [{ address: textOf(memberOf(check, 'address', 'to_display')) ?? 'a check', status, messages }];
  });
}

function knownDataOf(json: Json, isSecret: IsSecret): KnownData[] {
  return listOf(memberOf(json, 'prior_state', 'values', 'root_module', 'resources')).flatMap((resource) => {
    const address = textOf(memberOf(resource, 'address'));
    if (address === undefined || memberOf(resource, 'mode') !== 'data') return [];
    const sensitive = [memberOf(resource, 'sensitive_values')];
    return [{ address, values: maskedValue({ value: memberOf(resource, 'values'), sensitive }, isSecret) }];
  });
}
