import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { Construct } from 'constructs';
import type { Settings } from '../settings/settings.ts';
import { type Conditions, type Grants, policyOf, reasonsOf } from './grant.ts';

interface ServiceRoleProps {
  readonly name: string;
  /** Who may take the role on: `lambda.amazonaws.com`. */
  readonly service: string;
  /** What the service must prove, such as whose account it acts for. */
  readonly trustConditions?: Conditions;
  readonly grants: Grants;
}

/** A role for an AWS service, with its one policy. */
export class ServiceRole extends Construct {
  readonly arn: string;
  /** To wait for: a service that starts before its policy is there is refused. */
  readonly policy: RolePolicy;

  constructor(scope: Construct, id: string, { name, service, trustConditions, grants }: ServiceRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'role', { name, assumeRolePolicy: trustOf(service, trustConditions) });
    this.policy = new RolePolicy(this, 'policy', { role, grants });
    this.arn = role.arn;
  }
}

function trustOf(service: string, conditions: Conditions | undefined): string {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    ...(conditions ? { Condition: conditions } : {}),
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** IAM's limit for all inline policies of a role: it would refuse only after the plan. */
const longestPolicy = 10_240;

/** The one policy of a role, with its reasons beside it. */
export class RolePolicy extends IamRolePolicy {
  constructor(scope: Construct, id: string, { role, grants }: { readonly role: IamRole; readonly grants: Grants }) {
    const policy = policyOf(grants);
    if (policy.length > longestPolicy)
      throw new Error(`The policy of ${scope.node.path} has ${policy.length} characters; IAM takes ${longestPolicy}.`);
    super(scope, id, { name: 'permissions', role: role.id, policy });
    // A key named // is a comment to Terraform; the reader of the stack finds the reasons where the policy is.
    for (const [sid, reason] of Object.entries(reasonsOf(grants))) this.addOverride(`//.because.${sid}`, reason);
  }
}

/** AgentCore may take a role on only when it works for this account: nobody else's runtime or gateway can borrow it. */
export function trustOfAgentCore({ region, account }: Pick<Settings, 'region' | 'account'>): Conditions {
  return {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:aws:bedrock-agentcore:${region}:${account}:*` },
  };
}
