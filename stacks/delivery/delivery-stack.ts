import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Grants } from '../constructs/grant.ts';
import { Output } from '../constructs/output.ts';
import { sizedPolicyOf, tellReasons } from '../constructs/service-role.ts';
import { useAws } from '../constructs/use-aws.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { deployGrantsOf, publishGrantsOf } from './deploy-grants.ts';
import { type GithubSettings, githubIssuer, trustOf } from './github-trust.ts';
import { planGrantsOf, releaseGrantsOf } from './plan-grants.ts';

interface DeliveryStackProps {
  readonly settings: Settings;
  readonly github: GithubSettings;
  /** ARN of the policy without which whoever deploys makes no role. */
  readonly ceiling: string;
}

/**
 * The four roles GitHub's workflows take on: one that plans a pull request and may only look, one that does so on main and may put there what it
 * planned, one that deploys, and one that pushes an image of main.
 */
export class DeliveryStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: DeliveryStackProps) {
    super(scope, id);
    const { settings, github, ceiling } = props;
    useAws(this, settings);
    const provider =
      github.providerArn ??
      new IamOpenidConnectProvider(this, 'github', { url: `https://${githubIssuer}`, clientIdList: ['sts.amazonaws.com'] }).arn;
    const plan = this.createRole('plan', props, trustOf(provider, [`repo:${github.repository}:pull_request`]));
    const [propose, publish] = ['propose', 'publish'].map((id) =>
      this.createRole(id, props, trustOf(provider, [`repo:${github.repository}:ref:refs/heads/main`])),
    ) as [IamRole, IamRole];
    const deploy = this.createRole(
      'deploy',
      props,
      trustOf(provider, [`repo:${github.repository}:environment:${github.deployFrom.environment}`]),
    );
    this.attachPolicies([plan, propose], settings, { id: 'plan', groups: planGrantsOf(settings) });
    this.attachPolicies([propose], settings, { id: 'propose', groups: { releases: releaseGrantsOf(settings, 'put') } });
    this.attachPolicies([publish], settings, { id: 'publish', groups: { images: publishGrantsOf(settings) } });
    this.attachPolicies([deploy], settings, { id: 'deploy', groups: deployGrantsOf(settings, ceiling) });
    new Output(this, 'plan_role', { value: plan.arn, description: 'the repository variable AWS_PLAN_ROLE_ARN' });
    new Output(this, 'deploy_role', { value: deploy.arn, description: 'the repository variable AWS_DEPLOY_ROLE_ARN' });
  }

  /** Not where the other roles are, and so out of reach of whoever deploys. */
  private createRole(id: string, { settings, ceiling }: DeliveryStackProps, trust: string): IamRole {
    return new IamRole(this, id, {
      name: nameOf(settings, id),
      assumeRolePolicy: trust,
      maxSessionDuration: 3600,
      permissionsBoundary: ceiling,
    });
  }

  /** One a group of services: all of it in one is more than IAM takes. */
  private attachPolicies(
    roles: readonly IamRole[],
    settings: Settings,
    { id, groups }: { id: string; groups: Readonly<Record<string, Grants>> },
  ): void {
    for (const [group, grants] of Object.entries(groups).filter(([, all]) => Object.keys(all).length > 0)) {
      const name = `${id}-${group}`;
      const document = sizedPolicyOf(grants, 'managed', `${this.node.id}/${name}`);
      const policy = new IamPolicy(this, name, { name: nameOf(settings, name), policy: document });
      tellReasons(policy, grants);
      for (const [index, role] of roles.entries())
        new IamRolePolicyAttachment(this, index === 0 ? `${name}-attached` : `${name}-attached-${role.node.id}`, {
          role: role.name,
          policyArn: policy.arn,
        });
    }
  }
}
