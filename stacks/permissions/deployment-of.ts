import { createReferences, type References } from './references.ts';
import { runtimePropertiesIn } from './runtime-properties.ts';
import { pathOf, type ResourceJson, resourcesOfType, type StacksJson } from './stacks-json.ts';

/** What a proof of the permissions needs to know of an environment. */
export interface Deployment {
  readonly account: string;
  readonly region: string;
  readonly roles: readonly DeployedRole[];
  /** The ARN of each table and secret, and of the key it is encrypted with. */
  readonly keys: Readonly<Record<string, string>>;
  /** Where Lambda puts what a function failed at for good, by the function's stack. */
  readonly failuresQueues: Readonly<Record<string, string>>;
}

export function deploymentOf(stacks: StacksJson): Deployment {
  const [provider] = [...stacks.values()].map((stack) => stack.provider.aws?.find(({ alias }) => alias === undefined));
  if (!provider) throw new Error('There is no stack with an AWS provider');
  return {
    account: String((provider.allowed_account_ids as readonly string[])[0]),
    region: String(provider.region),
    roles: deployedRolesOf(stacks),
    keys: keysOf(stacks),
    failuresQueues: failuresQueuesOf(stacks),
  };
}

function failuresQueuesOf(stacks: StacksJson): Record<string, string> {
  const references = createReferences(stacks);
  const configs = resourcesOfType(stacks, 'aws_lambda_function_event_invoke_config');
  return Object.fromEntries(
    configs.flatMap(({ stack, resource }) => {
      const { destination_config: to } = resource as { destination_config?: { on_failure: { destination: string } } };
      return to ? [[stack, references.textOf(stack, to.on_failure.destination)]] : [];
    }),
  );
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

/** A statement of a policy, its lists always lists. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** Why, from beside the policy. */
  readonly because?: string;
}

/** A role as it will be in AWS, its references filled in. */
export interface DeployedRole {
  readonly stack: string;
  /** Where it is made: `worker/access/role`. */
  readonly path: string;
  readonly name: string;
  readonly trust: readonly Statement[];
  readonly statements: readonly Statement[];
  /** Of the code of ours that runs with it, named like its stack; undefined where only AWS or GitHub take it on. */
  readonly environment?: Readonly<Record<string, string>>;
}

export function deployedRolesOf(stacks: StacksJson): DeployedRole[] {
  const references = createReferences(stacks);
  return resourcesOfType(stacks, 'aws_iam_role').map(({ stack, id, resource }) => {
    const name = references.attributeOf(stack, 'aws_iam_role', id, 'name');
    const isIts = (resource: { stack: string; resource: ResourceJson }) => textIn(references, resource, 'role') === name;
    const attached = resourcesOfType(stacks, 'aws_iam_role_policy_attachment').filter(isIts);
    const managed = resourcesOfType(stacks, 'aws_iam_policy').filter(({ stack: where, id: policy }) =>
      attached.some((one) => textIn(references, one, 'policy_arn') === references.attributeOf(where, 'aws_iam_policy', policy, 'arn')),
    );
    const policies = [...resourcesOfType(stacks, 'aws_iam_role_policy').filter(isIts), ...managed];
    const environment = environmentOfRole(stacks, references, references.attributeOf(stack, 'aws_iam_role', id, 'arn'));
    return {
      stack,
      path: pathOf(resource),
      name,
      trust: statementsIn(textIn(references, { stack, resource }, 'assume_role_policy')),
      statements: policies.flatMap((policy) => statementsIn(textIn(references, policy, 'policy'), reasonsBeside(policy.resource))),
      ...(environment ? { environment } : {}),
    };
  });
}

/** The statements of a policy as JSON, each with its reason. */
export function statementsIn(policy: string, reasons: Readonly<Record<string, string>> = {}): Statement[] {
  const { Statement } = JSON.parse(policy) as {
    Statement: (Omit<Statement, 'Action' | 'Resource'> & { Action: unknown; Resource?: unknown })[];
  };
  return Statement.map(({ Action, Resource, ...rest }) => {
    const because = reasons[rest.Sid ?? ''];
    return {
      ...rest,
      Action: [Action].flat() as string[],
      Resource: [Resource ?? []].flat(2) as string[],
      ...(because ? { because } : {}),
    };
  });
}

/** The reasons that synth wrote beside a policy, by statement id. */
export function reasonsBeside(resource: ResourceJson): Readonly<Record<string, string>> {
  return (resource['//'] as { readonly because?: Readonly<Record<string, string>> }).because ?? {};
}

/** What runs our code: its role, and what it is given; undefined where a resource of the type runs none. */
const runners = {
  aws_lambda_function: ({ role, environment }: ResourceJson) => ({
    role: String(role),
    variables: (environment as { readonly variables?: Variables } | undefined)?.variables ?? {},
  }),
  aws_cloudformation_stack: (resource: ResourceJson) => {
    const runtime = runtimePropertiesIn(resource);
    return runtime && { role: runtime.RoleArn, variables: runtime.EnvironmentVariables };
  },
};

type Variables = Readonly<Record<string, string>>;

function environmentOfRole(stacks: StacksJson, references: References, roleArn: string): Record<string, string> | undefined {
  for (const [type, runnerIn] of Object.entries(runners))
    for (const { stack, resource } of resourcesOfType(stacks, type)) {
      const runner = runnerIn(resource);
      if (!runner || references.textOf(stack, runner.role) !== roleArn) continue;
      return Object.fromEntries(Object.entries(runner.variables).map(([name, value]) => [name, references.textOf(stack, value)]));
    }
  return undefined;
}

function textIn(references: References, { stack, resource }: { stack: string; resource: ResourceJson }, argument: string): string {
  return references.textOf(stack, String(resource[argument]));
}
