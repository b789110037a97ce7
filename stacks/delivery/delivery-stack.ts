import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Grants } from '../constructs/grant.ts';
import { Output } from '../constructs/output.ts';
import { RolePolicy } from '../constructs/service-role.ts';
import { useAws } from '../constructs/use-aws.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { deployGrantsOf } from './deploy-grants.ts';
import { type GithubSettings, githubIssuer, trustOf } from './github-trust.ts';
import { planGrantsOf } from './plan-grants.ts';

interface DeliveryStackProps {
  readonly settings: Settings;
  readonly github: GithubSettings;
}

/** The two roles GitHub's workflows take on: one that plans a pull request and may only look, one that deploys. */
export class DeliveryStack extends TerraformStack {
  constructor(scope: Construct, id: string, { settings, github }: DeliveryStackProps) {
    super(scope, id);
    useAws(this, settings);
    const provider =
      github.providerArn ??
      new IamOpenidConnectProvider(this, 'github', { url: `https://${githubIssuer}`, clientIdList: ['sts.amazonaws.com'] }).arn;
    const plan = this.createRole('plan', {
      settings,
      trust: trustOf(provider, [`repo:${github.repository}:pull_request`]),
      grants: planGrantsOf(settings),
    });
    const subject =
      'branch' in github.deployFrom ? `ref:refs/heads/${github.deployFrom.branch}` : `environment:${github.deployFrom.environment}`;
    const deploy = this.createRole('deploy', {
      settings,
      trust: trustOf(provider, [`repo:${github.repository}:${subject}`]),
      grants: deployGrantsOf(settings),
    });
    new Output(this, 'plan_role', { value: plan, description: 'the repository variable AWS_PLAN_ROLE_ARN' });
    new Output(this, 'deploy_role', { value: deploy, description: 'the repository variable AWS_DEPLOY_ROLE_ARN' });
  }

  private createRole(
    id: string,
    { settings, trust, grants }: { readonly settings: Settings; readonly trust: string; readonly grants: Grants },
  ): string {
    const role = new IamRole(this, id, { name: nameOf(settings, id), assumeRolePolicy: trust, maxSessionDuration: 3600 });
    new RolePolicy(this, `${id}-policy`, { role, grants });
    return role.arn;
  }
}
