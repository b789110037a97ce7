import type { Json } from '../src/json/json.ts';
import { type Plan, toPlan } from '../src/plan/plan.ts';

/** The parts of a recorded change that a test cares about. */
export type ChangeJson = {
  readonly type: string;
  readonly name?: string;
  readonly actions: readonly string[];
  readonly before?: Json;
  readonly after?: Json;
  readonly change?: Readonly<Record<string, Json>>;
  readonly rest?: Readonly<Record<string, Json>>;
};

/** What `terraform show -json` prints for these changes. */
export function planJson(changes: readonly ChangeJson[], rest: Readonly<Record<string, Json>> = {}): Json {
  return { format_version: '1.2', terraform_version: '1.11.4', resource_changes: changes.map(changeJson), ...rest };
}

export function planOf(changes: readonly ChangeJson[], rest: Readonly<Record<string, Json>> = {}): Plan {
  return toPlan('storage', planJson(changes, rest));
}

export function changeJson({ type, name = 'one', actions, before = null, after = null, change = {}, rest = {} }: ChangeJson): Json {
  const marks = { after_unknown: {}, before_sensitive: {}, after_sensitive: {} };
  return { address: `${type}.${name}`, mode: 'managed', type, name, change: { actions, before, after, ...marks, ...change }, ...rest };
}

/** A configuration in JSON, as CDKTF writes it: attributes by address. */
export function configurationJson(expressions: Readonly<Record<string, Readonly<Record<string, Json>>>>): Json {
  const resources = Object.entries(expressions).map(([address, given]) => ({ address, expressions: given }));
  return { root_module: { resources } };
}

/** `${aws_iam_role.worker.arn}`, as the code of a stack writes it. */
export function reference(expression: string): string {
  return `\${${expression}}`;
}

/** A policy that allows these things: `['s3:GetObject', 'arn:…']`. */
export function policyJson(...statements: readonly Readonly<Record<string, Json>>[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })) });
}
