import type { AwsCall } from '@vera/aws-stand-in/call-record';
import { isAllowed } from '@vera/aws-stand-in/iam/is-allowed';
import type { AccessRequest } from '@vera/aws-stand-in/iam/statement';
import { asDeployed } from './as-deployed.ts';
import type { Deployment, Role } from './deployment.ts';

/**
 * What is wrong between what components called and what their roles grant, in words: a call that would be refused, a grant that is neither
 * used nor explained.
 */
export function permissionFaults(deployment: Deployment, calls: readonly AwsCall[]): string[] {
  const components = deployment.roles.filter(({ environment }) => environment);
  const strangers = new Set(calls.map(({ component }) => component).filter((name) => !components.some(({ stack }) => stack === name)));
  return [
    ...[...strangers].map((name) => `${name} calls AWS and has no role`),
    ...deployment.roles.flatMap((role) =>
      faultsOf(role, deployment, role.environment ? calls.filter(({ component }) => component === role.stack) : []),
    ),
  ];
}

function faultsOf(role: Role, deployment: Deployment, calls: readonly AwsCall[]): string[] {
  const requests = distinct(calls.map((call) => asDeployed(call, role, deployment)));
  const refused = requests.filter((request) => !isAllowed(role.statements, request));
  return [
    ...refused.map(({ action, resource }) => `${role.stack} calls ${action} on ${resource}, and its role does not allow it`),
    ...idleGrants(role, requests).map((grant) => `${role.name} may ${grant}, which is neither called nor explained`),
  ];
}

/** A grant without a reason has to be a call to the letter: a pattern that a call happens to match is not. */
function idleGrants({ statements }: Role, requests: readonly AccessRequest[]): string[] {
  return statements
    .filter(({ because, Effect }) => Effect === 'Allow' && !because)
    .flatMap(({ Action, Resource }) => Action.flatMap((action) => Resource.map((resource) => ({ action, resource }))))
    .filter((grant) => !requests.some(({ action, resource }) => action === grant.action && resource === grant.resource))
    .map(({ action, resource }) => `${action} on ${resource}`);
}

function distinct(requests: readonly AccessRequest[]): AccessRequest[] {
  return [...new Map(requests.map((request) => [JSON.stringify(request), request])).values()];
}
