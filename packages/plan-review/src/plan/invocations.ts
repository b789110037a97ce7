import { type Json, listOf, memberOf, textOf } from '../json/json.ts';
import { maskedValue, type Value } from '../secrets/masked-value.ts';
import type { IsSecret } from '../secrets/secret-texts.ts';

/**
 * An action of a provider that the apply runs: it changes no resource that Terraform knows, and may do anything. Since Terraform 1.14; an older one
 * has none (terraform/internal/command/jsonplan/action_invocations.go names the members).
 */
export type Invocation = {
  readonly address: string;
  readonly type: string;
  /** `AfterCreate`; undefined for one that was asked for by hand. */
  readonly event?: string;
  readonly by?: string;
  /** Why it is put off to a later plan. */
  readonly deferred?: string;
  readonly values: Value;
};

export function invocationsOf(json: Json, isSecret: IsSecret): Invocation[] {
  return invocationsIn(json).map(({ invocation, ...why }) => ({ ...toInvocation(invocation, isSecret), ...why }));
}

/** Each as Terraform wrote it, those that are put off with the reason. */
export function invocationsIn(json: Json): { readonly invocation: Json; readonly deferred?: string }[] {
  const now = listOf(memberOf(json, 'action_invocations')).map((invocation) => ({ invocation }));
  const later = listOf(memberOf(json, 'deferred_action_invocations')).map((item) => ({
    invocation: memberOf(item, 'action_invocation') ?? null,
    deferred: textOf(memberOf(item, 'reason')) ?? 'unknown',
  }));
  return [...now, ...later];
}

function toInvocation(json: Json, isSecret: IsSecret): Invocation {
  const type = textOf(memberOf(json, 'type')) ?? 'unknown';
  const event = textOf(memberOf(json, 'lifecycle_action_trigger', 'action_trigger_event'));
  const by = textOf(memberOf(json, 'lifecycle_action_trigger', 'triggering_resource_address'));
  const [value, unknown] = [memberOf(json, 'config_values'), memberOf(json, 'config_unknown')];
  return {
    type,
    address: textOf(memberOf(json, 'address')) ?? type,
    ...(event === undefined ? {} : { event }),
    ...(by === undefined ? {} : { by }),
    values: maskedValue({ value, unknown, sensitive: [memberOf(json, 'config_sensitive')] }, isSecret),
  };
}
