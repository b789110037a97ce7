import { type DeployedRole, deployedRolesOf } from './deployed-roles.ts';
import { createReferences } from './references.ts';
import { resourcesOfType, type StacksJson } from './stacks-json.ts';

/** What a proof of the permissions needs to know of an environment. */
export interface Deployment {
  readonly account: string;
  readonly region: string;
  readonly roles: readonly DeployedRole[];
  /** The ARN of each table and secret, and of the key it is encrypted with. */
  readonly keys: Readonly<Record<string, string>>;
}

export function deploymentOf(stacks: StacksJson): Deployment {
  const [provider] = [...stacks.values()].map((stack) => stack.provider.aws?.find(({ alias }) => alias === undefined));
  if (!provider) throw new Error('There is no stack with an AWS provider');
  return {
    account: String((provider.allowed_account_ids as readonly string[])[0]),
    region: String(provider.region),
    roles: deployedRolesOf(stacks),
    keys: keysOf(stacks),
  };
}

function keysOf(stacks: StacksJson): Record<string, string> {
  const references = createReferences(stacks);
  const encrypted = (type: string, keyIn: (resource: Readonly<Record<string, unknown>>) => unknown) =>
    resourcesOfType(stacks, type).map(({ stack, id, resource }) => [
      references.attributeOf(stack, type, id, 'arn'),
      references.textOf(stack, String(keyIn(resource))),
    ]);
  return Object.fromEntries([
    ...encrypted('aws_dynamodb_table', (table) => (table.server_side_encryption as { kms_key_arn: string }).kms_key_arn),
    ...encrypted('aws_secretsmanager_secret', (secret) => secret.kms_key_id),
  ]);
}
