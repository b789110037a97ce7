import { type Configuration, createConfiguration, withoutKeys } from './configuration.ts';
import { Hidden, Unknown, type Value } from './masked-value.ts';
import type { Plan, ResourceChange } from './plan.ts';
import { withExpressions } from './template.ts';
import { valueAt } from './value-at.ts';

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
