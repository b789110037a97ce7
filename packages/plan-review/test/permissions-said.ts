import type { Json } from '../src/json/json.ts';
import { createReferences } from '../src/plan/references.ts';
import { permissionChanges } from '../src/rights/permission-changes.ts';
import { type ChangeJson, planOf } from './plan-json.ts';

const home = { account: '123456789012', region: 'eu-west-1' };
export const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/vera-ledger';
export const base = 'arn:aws:bedrock:eu-west-1:123456789012:knowledge-base/ABC';

/** The lines about each role and resource, the wide ones with a leading `!`. */
export function permissionsSaid(changes: readonly ChangeJson[], rest: Readonly<Record<string, Json>> = {}): Record<string, string[]> {
  const plan = planOf(changes, rest);
  const found = permissionChanges(plan, { surroundings: { home, names: new Map() }, references: createReferences(plan) });
  return Object.fromEntries(found.map(({ name, lines }) => [name, lines.map(({ text, isWide }) => `${isWide ? '! ' : ''}${text}`)]));
}

export function workerPermissionsSaid(before: string, after: string): Record<string, string[]> {
  const role = { role: 'worker' };
  return permissionsSaid([
    { type: 'aws_iam_role_policy', actions: ['update'], before: { ...role, policy: before }, after: { ...role, policy: after } },
  ]);
}

export const read = { Action: 'dynamodb:GetItem', Resource: table };
