import { entriesOf, type Json, listOf, memberOf, textOf } from '../json/json.ts';
import { withExpressions } from '../json/template.ts';
import { Hidden, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import type { Plan, ResourceChange } from './plan.ts';

/** What one plan's templates refer to. */
export type References = {
  readonly configuration: Configuration;
  /** The resource that an expression like `aws_iam_role.worker.arn` is about. */
  readonly resourceOf: (expression: string, module: string) => ResourceChange | undefined;
  /**
   * A template with the values Terraform knows filled in. What changes in this plan is filled in as it was, so that a policy that
   * names a replaced table compares with what it said before; what is new stays an expression.
   */
  readonly filled: (template: string, module: string) => string;
};

export function createReferences(plan: Plan): References {
  const resources = new Map<string, ResourceChange>();
  for (const change of plan.changes) {
    if (change.isDeposed) continue;
    resources.set(change.address, change);
    const address = withoutKeys(change.address);
    if (!resources.has(address)) resources.set(address, change);
  }
  const data = new Map(plan.known.map(({ address, values }) => [address, values]));
  const resourceOf = (expression: string, module: string) => {
    const { address } = partsOf(expression) ?? {};
    return address === undefined
      ? undefined
      : (resources.get(prefixed(module, address)) ?? resources.get(prefixed(module, withoutKeys(address))));
  };
  const knownTextOf = (expression: string, module: string): string | undefined => {
    const { address, path } = partsOf(expression) ?? {};
    if (address === undefined || path === undefined) return undefined;
    const change = resourceOf(expression, module);
    const sides = [change?.after, change?.before, data.get(prefixed(module, address))];
    return sides.map((side) => (side === undefined ? undefined : textAt(side, path))).find((text) => text !== undefined);
  };
  const filled = (template: string, module: string) =>
    withExpressions(template, (expression) => knownTextOf(expression, module) ?? `\${${expression}}`);
  return { configuration: createConfiguration(plan.configuration), resourceOf, filled };
}

const traversal = /^(?<address>(?:data\.)?[a-z]\w*\.[\w-]+(?:\[(?:\d+|"[^"]*")\])?)(?<path>(?:\.[\w-]+|\[(?:\d+|"[^"]*")\])*)$/;

function partsOf(expression: string): { address: string; path: (string | number)[] } | undefined {
  const { address, path } = traversal.exec(expression.trim())?.groups ?? {};
  if (address === undefined || path === undefined) return undefined;
  const steps = path.match(/[\w-]+|"[^"]*"/g) ?? [];
  return { address, path: steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('"', ''))) };
}

function prefixed(module: string, address: string): string {
  return module === '' ? address : `${module}.${address}`;
}

function textAt(value: Value, path: readonly (string | number)[]): string | undefined {
  const found = valueAt(value, ...path);
  if (found instanceof Unknown || found instanceof Hidden) return undefined;
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}

/** An attribute as text, before or after; where only an apply can tell it, the code's template with what is known filled in. */
export function attributeText(
  change: ResourceChange,
  attribute: string,
  side: 'before' | 'after',
  references: References,
): string | undefined {
  const value = valueAt(change[side], attribute);
  if (value instanceof Hidden) return '(sensitive)';
  if (!(value instanceof Unknown))
    return value === undefined || value === null || value === '' || typeof value === 'object' ? undefined : String(value);
  const expression = references.configuration.expressionOf(change.address, attribute);
  const template = textOf(memberOf(expression, 'constant_value'));
  if (template !== undefined) return references.filled(template, change.module);
  const reference = textOf(memberOf(expression, 'references', 0));
  return reference === undefined ? undefined : references.filled(`\${${reference}}`, change.module);
}

/**
 * The code's own text of a resource's attributes. Of configurations in JSON, as CDKTF writes them, Terraform keeps the templates
 * (`${aws_dynamodb_table.ledger.arn}/index/*`) as constant values; of those in HCL only what they refer to.
 */
export type Configuration = {
  /** Undefined where the code does not set the attribute: the provider computes it. */
  readonly expressionOf: (address: string, attribute: string) => Json | undefined;
  /** Whether the plan holds its configuration at all. */
  readonly isPresent: boolean;
};

function createConfiguration(rootModule: Json | undefined): Configuration {
  const expressions = new Map<string, Json>();
  const modules: { module: Json | undefined; prefix: string }[] = [{ module: rootModule, prefix: '' }];
  for (let next = modules.pop(); next; next = modules.pop()) {
    const { module, prefix } = next;
    for (const resource of listOf(memberOf(module, 'resources'))) {
      const address = textOf(memberOf(resource, 'address'));
      if (address !== undefined) expressions.set(prefix + address, memberOf(resource, 'expressions') ?? null);
    }
    for (const [name, call] of entriesOf(memberOf(module, 'module_calls'))) {
      modules.push({ module: memberOf(call, 'module'), prefix: `${prefix}module.${name}.` });
    }
  }
  return {
    isPresent: expressions.size > 0,
    expressionOf: (address, attribute) => memberOf(expressions.get(withoutKeys(address)), attribute),
  };
}

/** The address of the resource itself: one resource of the code makes many instances. */
function withoutKeys(address: string): string {
  return address.replaceAll(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, '');
}
