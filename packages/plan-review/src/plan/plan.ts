import { inOrder } from '../json/in-order.ts';
import { entriesOf, isObject, type Json, listOf, memberOf, textOf } from '../json/json.ts';
import { withTexts } from '../json/template.ts';
import { looksSecret } from '../secrets/looks-secret.ts';
import { maskedValue, type Value } from '../secrets/masked-value.ts';
import { hasSecretShape } from '../secrets/secret-shapes.ts';
import { type IsSecret, secretTexts } from '../secrets/secret-texts.ts';
import { type Invocation, invocationsOf } from './invocations.ts';
import { markedIn } from './marked-in.ts';

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
  /** What is planned is not all that there is to do. */
  readonly isPartial: boolean;
  readonly invocations: readonly Invocation[];
  /** Parts of the plan that this review has never heard of, and that are not empty. */
  readonly strangers: readonly string[];
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

/** `isSecret` knows what any of the plans told together marks as sensitive: one stack's secret is another's argument. */
export function toPlan(stack: string, json: Json, isSecret: IsSecret = secretTexts(markedIn(json))): Plan {
  const changes = listOf(memberOf(json, 'resource_changes'));
  const drift = listOf(memberOf(json, 'resource_drift'));
  const deferred = listOf(memberOf(json, 'deferred_changes'));
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
    isPartial: memberOf(json, 'complete') === false,
    invocations: invocationsOf(json, isSecret),
    strangers: Object.keys(isObject(json) ? json : {}).filter((key) => !members.has(key) && !isEmpty(memberOf(json, key))),
    configuration: withoutSecrets(memberOf(json, 'configuration', 'root_module'), isSecret),
    known: knownDataOf(json, isSecret),
  };
}

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
  return inOrder(one.address, other.address) || Number(one.isDeposed) - Number(other.isDeposed);
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

/** The code's own texts: a secret written there is told as little as one in a value. Policies are read by their grants, whose texts are looked at again. */
function withoutSecrets(configuration: Json | undefined, isSecret: IsSecret): Json | undefined {
  if (configuration === undefined) return undefined;
  return withTexts(configuration, (text) => (isSecret(text) || hasSecretShape(text) ? '(sensitive)' : text));
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === false || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** What `terraform show -json` of 1.1 to 1.16 writes at the top: developer.hashicorp.com/terraform/internals/json-format. */
const members = new Set([
  'action_invocations',
  'applyable',
  'checks',
  'complete',
  'configuration',
  'deferred_action_invocations',
  'deferred_changes',
  'errored',
  'format_version',
  'output_changes',
  'planned_values',
  'prior_state',
  'proposed_unknown',
  'relevant_attributes',
  'resource_changes',
  'resource_drift',
  'terraform_version',
  'timestamp',
  'variables',
]);
