import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { Construct } from 'constructs';
import type { Conditions, Grants } from './grant.ts';
import { RolePolicy } from './role-policy.ts';

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
