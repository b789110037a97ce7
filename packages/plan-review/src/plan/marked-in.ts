import { entriesOf, isObject, type Json, listOf, memberOf } from '../json/json.ts';
import type { Marked } from '../secrets/secret-texts.ts';
import { invocationsIn } from './invocations.ts';

/**
 * Every value of a plan that Terraform has a word on, with that word: changes, actions, data that was read, variables. Not outputs, nor those of
 * other stacks: CDKTF calls all of them sensitive, ARNs too, and a secret among them is marked where it comes from.
 */
export function markedIn(json: Json): Marked[] {
  const deferred = listOf(memberOf(json, 'deferred_changes')).map((item) => memberOf(item, 'resource_change', 'change'));
  const changes = ['resource_changes', 'resource_drift'].flatMap((part) =>
    listOf(memberOf(json, part)).map((one) => memberOf(one, 'change')),
  );
  return [
    ...[...changes, ...deferred].flatMap((change) => [
      { value: memberOf(change, 'before'), sensitive: memberOf(change, 'before_sensitive') },
      { value: memberOf(change, 'after'), sensitive: memberOf(change, 'after_sensitive') },
    ]),
    ...invocationsIn(json).map(({ invocation }) => ({
      value: memberOf(invocation, 'config_values'),
      sensitive: memberOf(invocation, 'config_sensitive'),
    })),
    ...resourcesIn(memberOf(json, 'prior_state', 'values', 'root_module')).map((resource) => ({
      value: memberOf(resource, 'values'),
      sensitive: memberOf(resource, 'sensitive_values'),
    })),
    ...variablesIn(json),
  ];
}

/** Terraform writes their values in the clear; that they are sensitive stands in the code. */
function variablesIn(json: Json): Marked[] {
  return entriesOf(memberOf(json, 'variables')).map(([name, variable]) => ({
    value: { [name]: memberOf(variable, 'value') ?? null },
    sensitive: { [name]: memberOf(json, 'configuration', 'root_module', 'variables', name, 'sensitive') === true },
  }));
}

function resourcesIn(root: Json | undefined): Json[] {
  const resources: Json[] = [];
  const left = [root];
  for (let module = left.pop(); isObject(module); module = left.pop()) {
    resources.push(...listOf(memberOf(module, 'resources')).filter((one) => memberOf(one, 'type') !== 'terraform_remote_state'));
    left.push(...listOf(memberOf(module, 'child_modules')));
  }
  return resources;
}
