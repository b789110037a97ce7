import { code } from './markdown.ts';
import { nouns } from './nouns.ts';
import type { ResourceChange } from './plan.ts';
import { valueAt } from './value-at.ts';

/** "DynamoDB table `vera-ledger`" */
export function resourceWords(change: ResourceChange): string {
  return labelled(nounOf(change.type), nameWords(change));
}

/** The address of a resource without a name begins with its type: one of the two is enough. */
export function labelled(noun: string, name: string): string {
  return noun.startsWith('`') && name.startsWith(`${noun.slice(0, -1)}.`) ? name : `${noun} ${name}`;
}

export function nounOf(type: string): string {
  return Object.hasOwn(nouns, type) ? (nouns[type] ?? code(type)) : code(type);
}

/** The name people know it by in AWS, else its address in the code. */
export function nameWords(change: ResourceChange): string {
  return code(nameOf(change) ?? change.address);
}

/** Where it stands in the code, unless the name already says it. */
export function addressWords(change: ResourceChange): string {
  return nameOf(change) === undefined ? '' : ` (${code(change.address)})`;
}

export function nameOf({ type, action, before, after }: ResourceChange): string | undefined {
  // What is replaced is what is there today.
  const sides = action === 'replace' ? [before, after] : [after, before];
  for (const attribute of (Object.hasOwn(namesOfType, type) ? namesOfType[type] : undefined) ?? naming) {
    const name = sides.map((side) => valueAt(side, attribute)).find((value) => typeof value === 'string' && value !== '');
    if (typeof name === 'string') return name;
  }
  return undefined;
}

const naming = [
  'name',
  'function_name',
  'agent_runtime_name',
  'bucket',
  'repository',
  'alarm_name',
  'dashboard_name',
  'identifier',
  'domain',
  'role',
];
/** A key's only other name is a number that nobody knows. */
const namesOfType: Readonly<Record<string, readonly string[]>> = {
  aws_kms_key: ['description'],
  aws_iam_role_policy_attachment: ['role'],
  aws_s3_object: ['key'],
};
