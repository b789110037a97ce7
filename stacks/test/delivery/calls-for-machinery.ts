import { production } from '../example-settings.ts';
import { runtimeCalls } from './calls-for-agents.ts';
import { type CallsOf, calls, isOfWorkflow, type ProviderCall, roleArnOf, type Subject } from './provider-call.ts';

const tags = 'TagResource UntagResource';
const functionOf = ({ of, arn }: Subject) => arn('lambda', `function:${of('function_name')}`);
const ruleOf = ({ of, arn }: Subject) => arn('events', `rule/${of('rule')}`);

const ceiling = production.permissionsBoundary;

function asItsMaker(role: string, all: readonly ProviderCall[]): readonly ProviderCall[] {
  return isOfWorkflow(role) ? all.filter(({ phase }) => phase === 'read') : all;
}

function templateCalls(subject: Subject) {
  const name = subject.of('name');
  if (name.endsWith('-front-secret')) return frontSecretCalls(subject, name.replace(/-secret$/, ''));
  return name.endsWith('-public-url') ? publicUrlCalls(subject) : runtimeCalls(subject);
}

/** Secrets Manager makes the value up, and encrypts it with the key of tables and secrets. */
function frontSecretCalls({ arn, keyArn, region }: Subject, name: string) {
  const secret = arn('secretsmanager', `secret:${name}-XXXXXX`);
  const by = { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com`, 'kms:EncryptionContext:SecretARN': secret };
  return [
    ...calls('*', 'secretsmanager', { create: 'GetRandomPassword' }),
    ...calls(secret, 'secretsmanager', {
      create: 'CreateSecret TagResource',
      read: 'DescribeSecret GetSecretValue',
      update: 'UpdateSecret',
      delete: 'DeleteSecret',
    }),
    ...calls(keyArn, 'kms', { create: 'Decrypt GenerateDataKey', read: 'Decrypt' }, by),
  ];
}

/** CloudFormation does what its template says in the name of whoever asked for the stack. */
function publicUrlCalls({ arn, of }: Subject) {
  return calls(arn('lambda', `function:${of('name').replace(/-public-url$/, '')}`), 'lambda', {
    create: 'AddPermission GetPolicy',
    delete: 'RemovePermission',
  });
}

/** Lambda looks up where a function is to stand. */
const lookingAround = ['create', 'update'].flatMap((phase) =>
  calls('*', 'ec2', { [phase]: 'DescribeSecurityGroups DescribeSubnets DescribeVpcs' }),
);

export const callsForMachinery: Readonly<Record<string, CallsOf>> = {
  aws_iam_role: ({ of }) =>
    asItsMaker(
      of('name'),
      calls(
        of('arn'),
        'iam',
        {
          create: 'CreateRole TagRole',
          read: 'GetRole ListAttachedRolePolicies ListRolePolicies',
          update: 'PutRolePermissionsBoundary TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription',
          delete: 'DeleteRole ListInstanceProfilesForRole',
        },
        { 'iam:PermissionsBoundary': of('permissions_boundary') },
      ),
    ),
  aws_iam_role_policy: (subject) =>
    asItsMaker(
      subject.of('role'),
      calls(
        roleArnOf(subject, subject.of('role')),
        'iam',
        { create: 'PutRolePolicy', read: 'GetRolePolicy', update: 'PutRolePolicy', delete: 'DeleteRolePolicy' },
        { 'iam:PermissionsBoundary': ceiling },
      ),
    ),
  // Those of the role that deploys: a person makes them.
  aws_iam_policy: ({ of }) => calls(of('arn'), 'iam', { read: 'GetPolicy GetPolicyVersion' }),
  aws_iam_role_policy_attachment: (subject) => calls(roleArnOf(subject, subject.of('role')), 'iam', { read: 'ListAttachedRolePolicies' }),
  // An account has one, for all its repositories: an administrator makes, changes and removes it.
  aws_iam_openid_connect_provider: ({ of }) => calls(of('arn'), 'iam', { read: 'GetOpenIDConnectProvider' }),
  aws_lambda_function: (subject) => [
    ...calls(functionOf(subject), 'lambda', {
      create: 'CreateFunction GetFunctionConfiguration PutFunctionConcurrency TagResource',
      // GetFunction leaves out the tags for whoever may not list them.
      read: 'GetFunction GetFunctionCodeSigningConfig ListTags ListVersionsByFunction',
      update: `DeleteFunctionConcurrency PutFunctionConcurrency UpdateFunctionCode UpdateFunctionConfiguration ${tags}`,
      delete: 'DeleteFunction',
    }),
    ...calls(subject.of('role'), 'iam', { create: 'PassRole', update: 'PassRole' }, { 'iam:PassedToService': 'lambda.amazonaws.com' }),
    ...(subject.has('vpc_config') ? lookingAround : []),
  ],
  aws_lambda_function_url: (subject) =>
    calls(functionOf(subject), 'lambda', {
      create: 'AddPermission CreateFunctionUrlConfig',
      read: 'GetFunctionUrlConfig',
      update: 'UpdateFunctionUrlConfig',
      delete: 'DeleteFunctionUrlConfig',
    }),
  aws_lambda_function_event_invoke_config: (subject) =>
    calls(functionOf(subject), 'lambda', {
      create: 'PutFunctionEventInvokeConfig',
      read: 'GetFunctionEventInvokeConfig',
      update: 'UpdateFunctionEventInvokeConfig PutFunctionEventInvokeConfig',
      delete: 'DeleteFunctionEventInvokeConfig',
    }),
  aws_lambda_permission: (subject) =>
    calls(functionOf(subject), 'lambda', { create: 'AddPermission', read: 'GetPolicy', delete: 'RemovePermission' }),
  aws_cloudformation_stack: (subject) => [
    ...calls(subject.of('id'), 'cloudformation', {
      create: 'CreateStack DescribeStackEvents TagResource',
      read: 'DescribeStacks GetTemplate',
      update: `DescribeStackEvents UpdateStack ${tags}`,
      delete: 'DeleteStack DescribeStackEvents',
    }),
    ...templateCalls(subject),
  ],
  aws_ecr_repository: ({ of }) => [
    ...calls(of('arn'), 'ecr', {
      create: 'CreateRepository TagResource',
      // The lifecycle policy is one that earlier versions made: a plan reads it before it goes.
      read: 'DescribeRepositories GetLifecyclePolicy ListTagsForResource',
      update: `PutImageScanningConfiguration PutImageTagMutability ${tags}`,
      delete: 'DeleteRepository',
    }),
    // Of the script that builds the worker's image and pushes it there.
    ...calls(of('arn'), 'ecr', {
      create: 'BatchCheckLayerAvailability BatchGetImage CompleteLayerUpload DescribeImages InitiateLayerUpload PutImage UploadLayerPart',
    }),
    ...calls('*', 'ecr', { create: 'GetAuthorizationToken' }),
  ],
  aws_ecr_repository_policy: ({ of, arn }) =>
    calls(arn('ecr', `repository/${of('repository')}`), 'ecr', {
      create: 'SetRepositoryPolicy',
      read: 'GetRepositoryPolicy',
      update: 'SetRepositoryPolicy',
      delete: 'DeleteRepositoryPolicy',
    }),
  aws_codebuild_project: ({ of }) => [
    ...calls(of('arn'), 'codebuild', {
      create: 'CreateProject',
      read: 'BatchGetProjects',
      update: 'UpdateProject',
      delete: 'DeleteProject',
    }),
    ...calls(of('service_role'), 'iam', { create: 'PassRole', update: 'PassRole' }, { 'iam:PassedToService': 'codebuild.amazonaws.com' }),
    // Of the script that has it build.
    ...calls(of('arn'), 'codebuild', { create: 'BatchGetBuilds StartBuild' }),
  ],
  aws_cloudwatch_event_rule: ({ of }) =>
    calls(of('arn'), 'events', {
      create: 'PutRule TagResource',
      read: 'DescribeRule ListTagsForResource',
      update: `PutRule ${tags}`,
      delete: 'DeleteRule',
    }),
  aws_cloudwatch_event_target: (subject) =>
    calls(ruleOf(subject), 'events', { create: 'PutTargets', read: 'ListTargetsByRule', update: 'PutTargets', delete: 'RemoveTargets' }),
};
