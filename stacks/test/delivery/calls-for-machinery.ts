import { runtimeCalls } from './calls-for-agents.ts';
import { type CallsOf, calls, type Subject } from './provider-call.ts';

const tags = 'TagResource UntagResource';
const functionOf = ({ of, arn }: Subject) => arn('lambda', `function:${of('function_name')}`);
const ruleOf = ({ of, arn }: Subject) => arn('events', `rule/${of('rule')}`);
const roleArnOf = ({ of, account }: Subject) => `arn:aws:iam::${account}:role/${of('role')}`;

/** CloudFormation does what its template says in the name of whoever asked for the stack. */
function publicUrlCalls({ arn, of }: Subject) {
  return calls(arn('lambda', `function:${of('name').replace(/-public-url$/, '')}`), 'lambda', {
    create: 'AddPermission GetPolicy',
    delete: 'RemovePermission',
  });
}

export const callsForMachinery: Readonly<Record<string, CallsOf>> = {
  aws_iam_role: ({ of }) =>
    calls(of('arn'), 'iam', {
      create: 'CreateRole TagRole',
      read: 'GetRole ListAttachedRolePolicies ListRolePolicies',
      update: 'TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription',
      delete: 'DeleteRole ListInstanceProfilesForRole',
    }),
  aws_iam_role_policy: (subject) =>
    calls(roleArnOf(subject), 'iam', {
      create: 'PutRolePolicy',
      read: 'GetRolePolicy',
      update: 'PutRolePolicy',
      delete: 'DeleteRolePolicy',
    }),
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
    ...(subject.of('name').endsWith('-public-url') ? publicUrlCalls(subject) : runtimeCalls(subject)),
  ],
  aws_ecr_repository: ({ of }) => [
    ...calls(of('arn'), 'ecr', {
      create: 'CreateRepository TagResource',
      read: 'DescribeRepositories ListTagsForResource',
      update: `PutImageScanningConfiguration PutImageTagMutability ${tags}`,
      delete: 'DeleteRepository',
    }),
    // Of the script that builds the worker's image and pushes it there.
    ...calls(of('arn'), 'ecr', {
      create: 'BatchCheckLayerAvailability BatchGetImage CompleteLayerUpload DescribeImages InitiateLayerUpload PutImage UploadLayerPart',
    }),
    ...calls('*', 'ecr', { create: 'GetAuthorizationToken' }),
  ],
  aws_ecr_lifecycle_policy: ({ of, arn }) =>
    calls(arn('ecr', `repository/${of('repository')}`), 'ecr', {
      create: 'PutLifecyclePolicy',
      read: 'GetLifecyclePolicy',
      update: 'PutLifecyclePolicy',
      delete: 'DeleteLifecyclePolicy',
    }),
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
