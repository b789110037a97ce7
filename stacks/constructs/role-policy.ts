import type { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import type { Construct } from 'constructs';
import { type Grants, policyOf, reasonsOf } from './grant.ts';

/** The one policy of a role, with its reasons beside it. */
export class RolePolicy extends IamRolePolicy {
  constructor(scope: Construct, id: string, { role, grants }: { readonly role: IamRole; readonly grants: Grants }) {
    super(scope, id, { name: 'permissions', role: role.id, policy: policyOf(grants) });
    // A key named // is a comment to Terraform; the reader of the stack finds the reasons where the policy is.
    for (const [sid, reason] of Object.entries(reasonsOf(grants))) this.addOverride(`//.because.${sid}`, reason);
  }
}
