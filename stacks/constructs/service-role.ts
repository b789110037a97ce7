import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { Construct } from 'constructs';
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
  readonly name: string;
  /** To wait for: a service that starts before its policy is there is refused. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, { name, service, trustConditions, grants }: ServiceRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'role', { name, assumeRolePolicy: trustOf(service, trustConditions) });
    this.policy = new IamRolePolicy(this, 'policy', { name: 'permissions', role: role.id, policy: policyOf(grants) });
    // A key named // is a comment to Terraform; the reader of the stack finds the reasons where the policy is.
    for (const [sid, reason] of Object.entries(reasonsOf(grants))) this.policy.addOverride(`//.because.${sid}`, reason);
    this.arn = role.arn;
    this.name = role.name;
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
