import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { nameOf, rolePathOf } from '../settings/names.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { type Conditions, type Grants, policyOf, reasonsOf } from './grant.ts';

interface ServiceRoleProps {
  readonly settings: Settings;
  /** What it is for: the end of its name. */
  readonly role: keyof Settings['roles'];
  /** Who may take the role on: `lambda.amazonaws.com`. */
  readonly service: string;
  /** What the service must prove, such as whose account it acts for. */
  readonly trustConditions?: Conditions;
  readonly grants: Grants;
}

/** A role for an AWS service, with its one policy; or the one that the company made for it, which is left alone. */
export class ServiceRole extends Construct {
  readonly arn: string;
  /** To wait for: a service that starts before its policy is there is refused. */
  readonly policies: readonly RolePolicy[];

  constructor(scope: Construct, id: string, { settings, role: end, service, trustConditions, grants }: ServiceRoleProps) {
    super(scope, id);
    const existing = settings.roles[end];
    if (existing) {
      this.arn = existing;
      this.policies = [];
      return;
    }
    const role = new IamRole(this, 'role', { ...underCeiling(settings, end), assumeRolePolicy: trustOf(service, trustConditions) });
    this.policies = [new RolePolicy(this, 'policy', { role, grants })];
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

/** How a role is called, where it is, and the ceiling of what it may do. */
export function underCeiling(settings: Settings, role: string) {
  const { permissionsBoundary } = settings;
  return { name: nameOf(settings, role), ...(permissionsBoundary ? { path: rolePathOf(settings), permissionsBoundary } : {}) };
}

/** Of IAM, which would refuse only after the plan: all inline policies of a role, and one managed policy. */
const longest = { inline: 10_240, managed: 6144 };

/** Throws where it is longer than IAM takes. */
export function sizedPolicyOf(grants: Grants, kind: keyof typeof longest, path: string): string {
  const policy = policyOf(grants);
  if (policy.length <= longest[kind]) return policy;
  throw new SettingsError(
    `The policy of ${path} has ${policy.length} characters; IAM takes ${longest[kind]}. Name fewer models or knowledge bases.`,
  );
}

/** The one policy of a role, with its reasons beside it. */
export class RolePolicy extends IamRolePolicy {
  constructor(scope: Construct, id: string, { role, grants }: { readonly role: IamRole; readonly grants: Grants }) {
    super(scope, id, { name: 'permissions', role: role.id, policy: sizedPolicyOf(grants, 'inline', scope.node.path) });
    tellReasons(this, grants);
  }
}

/** A key named // is a comment to Terraform; the reader of the stack finds the reasons where the policy is. */
export function tellReasons(policy: TerraformResource, grants: Grants): void {
  for (const [sid, reason] of Object.entries(reasonsOf(grants))) policy.addOverride(`//.because.${sid}`, reason);
}

/** AgentCore may take a role on only when it works for this account: nobody else's runtime or gateway can borrow it. */
export function trustOfAgentCore({ region, account }: Pick<Settings, 'region' | 'account'>): Conditions {
  return {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:aws:bedrock-agentcore:${region}:${account}:*` },
  };
}
