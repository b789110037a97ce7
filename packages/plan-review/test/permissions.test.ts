import { expect, it } from 'vitest';
import type { Json } from '../src/json/json.ts';
import { commentOn } from './comment-on.ts';
import { base, permissionsSaid, read, table, workerPermissionsSaid } from './permissions-said.ts';
import { type ChangeJson, policyJson } from './plan-json.ts';

it.each([
  [
    'a new right',
    [read],
    [read, { Action: 'bedrock:Retrieve', Resource: base }],
    'may now call `bedrock:Retrieve` on knowledge base `ABC`',
  ],
  ['a lost right', [read, { Action: ['kms:Decrypt'], Resource: 'x' }], [read], 'may no longer call `kms:Decrypt` on `x`'],
  [
    'a wider resource',
    [read],
    [{ ...read, Resource: '*' }],
    '! **widened**: `dynamodb:GetItem` on DynamoDB table `vera-ledger` → `*` (**any resource**)',
  ],
  [
    'a wider action',
    [{ ...read, Action: ['dynamodb:GetItem', 'dynamodb:Query'] }],
    [{ ...read, Action: 'dynamodb:*' }],
    '! **widened**: `dynamodb:GetItem` and `dynamodb:Query` → `dynamodb:*` on DynamoDB table `vera-ledger` (**every action of `dynamodb`**)',
  ],
  [
    'a narrower action',
    [{ ...read, Action: 'dynamodb:*' }],
    [{ ...read, Action: ['dynamodb:GetItem', 'dynamodb:Query'] }],
    'narrowed: `dynamodb:*` → `dynamodb:GetItem` and `dynamodb:Query` on DynamoDB table `vera-ledger`',
  ],
  [
    'a dropped condition',
    [{ ...read, Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } }],
    [read],
    '! **widened**: `dynamodb:GetItem` on DynamoDB table `vera-ledger`, no longer only if `StringEquals aws:SourceAccount = 123456789012`',
  ],
  [
    'an added condition',
    [read],
    [{ ...read, Condition: { Bool: { 'aws:SecureTransport': true } } }],
    'narrowed: `dynamodb:GetItem` on DynamoDB table `vera-ledger`, now only if `Bool aws:SecureTransport = true`',
  ],
  [
    'another condition',
    [{ ...read, Condition: { StringEquals: { a: '1' } } }],
    [{ ...read, Condition: { StringEquals: { a: '2' } } }],
    '! other conditions: `dynamodb:GetItem` on DynamoDB table `vera-ledger`, now only if `StringEquals a = 2`, no longer only if `StringEquals a = 1`',
  ],
  [
    'a denial that goes',
    [read, { ...read, Effect: 'Deny' }],
    [read],
    '! **is no longer denied** `dynamodb:GetItem` on DynamoDB table `vera-ledger`',
  ],
  ['a denial that comes', [read], [read, { ...read, Effect: 'Deny' }], 'is now denied `dynamodb:GetItem` on DynamoDB table `vera-ledger`'],
  [
    'everything but',
    [read],
    [read, { NotAction: 'iam:*', Resource: '*' }],
    '! may now call **`everything except iam:*`** on `*` (**all other actions; any resource**)',
  ],
  [
    'every table',
    [read],
    [{ ...read, Resource: table.replace('vera-ledger', '*') }],
    '! **widened**: `dynamodb:GetItem` on DynamoDB table `vera-ledger` → DynamoDB table `*` (**any resource**)',
  ],
  [
    'another account',
    [read],
    [read, { ...read, Resource: table.replace('123456789012', '999999999999') }],
    'may now call `dynamodb:GetItem` on `arn:aws:dynamodb:eu-west-1:999999999999:table/vera-ledger`',
  ],
  [
    'what only `*` allows',
    [read],
    [read, { Action: 'ecr:GetAuthorizationToken', Resource: '*' }],
    'may now call `ecr:GetAuthorizationToken` on `*`',
  ],
])('says %s of a role in words', (_, before, after, line) => {
  expect(workerPermissionsSaid(policyJson(...before), policyJson(...after))).toEqual({ '`worker`': [line] });
});

it.each([
  [
    'formatted',
    policyJson({ Action: ['a:B', 'c:D'], Resource: [table, base] }),
    JSON.stringify(JSON.parse(policyJson({ Resource: [base, table], Action: ['C:D', 'a:B'] })), null, 2),
  ],
  [
    'split up',
    policyJson({ Action: ['a:B', 'c:D'], Resource: '*' }),
    policyJson({ Sid: 'x', Action: 'a:B', Resource: '*' }, { Action: 'c:D', Resource: '*' }),
  ],
  [
    'told twice',
    policyJson({ Action: 'a:*', Resource: '*' }),
    policyJson({ Action: 'a:*', Resource: '*' }, { Action: 'a:B', Resource: base }),
  ],
])('says nothing of a policy that is only %s', (_, before, after) => {
  expect(workerPermissionsSaid(before, after)).toEqual({});
});

it('says nothing of a right that moves from one policy of a role to another', () => {
  const policy = (name: string, actions: string[], sides: Partial<ChangeJson>): ChangeJson => ({
    type: 'aws_iam_role_policy',
    name,
    actions,
    ...sides,
  });
  const values = { role: 'worker', policy: policyJson(read) };
  expect(permissionsSaid([policy('old', ['delete'], { before: values }), policy('new', ['create'], { after: values })])).toEqual({});
});

const trust = (...statements: readonly Readonly<Record<string, Json>>[]) =>
  policyJson(...statements.map((one) => ({ Action: 'sts:AssumeRole', ...one })));
type Statements = readonly Readonly<Record<string, Json>>[];
const lambda = { Principal: { Service: 'lambda.amazonaws.com' } };

it.each([
  [
    [lambda],
    [lambda, { Principal: { AWS: 'arn:aws:iam::999999999999:root' } }],
    '! now trusts account `999999999999` (**another account**)',
  ],
  [[lambda], [{ Principal: '*' }], '! **trust widened**: service `lambda.amazonaws.com` → **anyone** (**anyone with an AWS account**)'],
  [
    [{ ...lambda, Condition: { StringEquals: { 'aws:SourceAccount': '1' } } }],
    [lambda],
    '! **trust widened**: service `lambda.amazonaws.com`, no longer only if `StringEquals aws:SourceAccount = 1`',
  ],
])('says whom a role trusts from now on: %#', (before: Statements, after: Statements, line: string) => {
  const role = (statements: Statements) => ({ name: 'worker', assume_role_policy: trust(...statements) });
  expect(permissionsSaid([{ type: 'aws_iam_role', actions: ['update'], before: role(before), after: role(after) }])).toEqual({
    '`worker`': [line],
  });
});

it('says who may use a resource', () => {
  const policy = (principal: Json) => ({
    bucket: 'schemas',
    policy: policyJson({ Principal: principal, Action: 's3:GetObject', Resource: 'arn:aws:s3:::schemas/*' }),
  });
  const change = { type: 'aws_s3_bucket_policy', actions: ['update'], before: policy({ Service: 'x.amazonaws.com' }), after: policy('*') };
  expect(permissionsSaid([change])).toEqual({
    'S3 bucket `schemas`': [
      '! **widened**: service `x.amazonaws.com` → **anyone** may call `s3:GetObject` on `/*` in it (**open to anyone**)',
    ],
  });
});

it('reads the policies of types that it does not know', () => {
  const policy = {
    name: 'registry',
    policy: policyJson({ Principal: { AWS: '999999999999' }, Action: 'ecr:ReplicateImage', Resource: '*' }),
  };
  expect(permissionsSaid([{ type: 'aws_ecr_registry_policy', actions: ['create'], after: policy }])).toEqual({
    '`aws_ecr_registry_policy` `registry`': ['! account `999999999999` may call `ecr:ReplicateImage` (**another account**)'],
  });
});

it('says who may call a function, and that a public URL is one', () => {
  const permission = { function_name: 'receiver', action: 'lambda:InvokeFunctionUrl', principal: '*', function_url_auth_type: 'NONE' };
  expect(permissionsSaid([{ type: 'aws_lambda_permission', actions: ['create'], after: permission }])).toEqual({
    'Lambda function `receiver`': ['! **anyone** may now call `lambda:InvokeFunctionUrl` (**open to anyone on the internet**)'],
  });
});

it('says which managed policies a role gets and loses', () => {
  const attachment = (arn: string) => ({ role: 'worker', policy_arn: `arn:aws:iam::aws:policy/${arn}` });
  const change = {
    type: 'aws_iam_role_policy_attachment',
    actions: ['delete', 'create'],
    before: attachment('job-function/ViewOnlyAccess'),
    after: attachment('AdministratorAccess'),
  };
  expect(permissionsSaid([change])).toEqual({
    '`worker`': [
      "! gets AWS's managed policy `AdministratorAccess` (**all that it allows, on any resource**)",
      "loses AWS's managed policy `ViewOnlyAccess`",
    ],
  });
});

it.each([
  ['a name with a wildcard is not any', { Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:123456789012:vera-*' }, ''],
  ['the objects of one bucket are not any', { Action: 's3:GetObject', Resource: 'arn:aws:s3:::schemas/*' }, ''],
  ['the objects of every bucket are', { Action: 's3:GetObject', Resource: 'arn:aws:s3:::*' }, 'any resource'],
  ['every queue is any', { Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:123456789012:*' }, 'any resource'],
  ['every key is any', { Action: 'kms:Sign', Resource: 'arn:aws:kms:eu-west-1:123456789012:key/*' }, 'any resource'],
  [
    'every key with a tag is not',
    { Action: 'kms:Sign', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/bot': 'vera' } } },
    '',
  ],
  [
    'every key with any tag is',
    { Action: 'kms:Sign', Resource: '*', Condition: { StringLike: { 'aws:ResourceTag/bot': '*' } } },
    'any resource',
  ],
  ['rights over rights', { Action: 'iam:PutRolePolicy', Resource: 'arn:aws:iam::123456789012:role/vera-*' }, 'can give rights'],
  ['rights over rights, by a pattern', { Action: 'iam:*Role', Resource: 'arn:aws:iam::123456789012:role/vera-*' }, 'can give rights'],
  ['no rights over rights', { Action: 'iam:Get*', Resource: 'arn:aws:iam::123456789012:role/vera-*' }, ''],
  ['several services', { Action: ['s3:*', 'sns:*'], Resource: 'arn:aws:x:eu-west-1:123456789012:y/z' }, 'every action of `s3` and `sns`'],
])('calls wide what is: %s', (_, statement, reason) => {
  const [line = ''] = workerPermissionsSaid(policyJson(), policyJson(statement))['`worker`'] ?? [];
  expect(/ \(\*\*(.*)\*\*\)$/.exec(line)?.[1] ?? '').toBe(reason);
  expect(line.startsWith('! ')).toBe(reason !== '');
});

it.each([
  'iam:AddUserToGroup',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreatePolicy',
  'iam:CreatePolicyVersion',
  'iam:CreateRole',
  'iam:CreateUser',
  'iam:PassRole',
  'iam:PutGroupPolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:PutUserPermissionsBoundary',
  'iam:PutUserPolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
  'iam:passrole',
])('calls %s by itself wide, on one role', (Action) => {
  const after = policyJson({ Action, Resource: 'arn:aws:iam::123456789012:role/vera-worker' });
  const [line] = workerPermissionsSaid(policyJson(), after)['`worker`'] ?? [];
  expect(line).toBe(`! may now call \`${Action}\` on role \`vera-worker\` (**can give rights**)`);
});

const template = (properties: Readonly<Record<string, Json>>, type = 'AWS::Lambda::Permission') => ({
  name: 'public-url',
  template_body: JSON.stringify({
    Resources: {
      One: { Type: type, Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'receiver', Principal: '*', ...properties } },
    },
  }),
});

it('reads who may call a function by a template of CloudFormation', () => {
  const before = template({ InvokedViaFunctionUrl: true });
  expect(permissionsSaid([{ type: 'aws_cloudformation_stack', actions: ['create'], after: before }])).toEqual({
    'CloudFormation stack `public-url`': [
      '! **anyone** may call `lambda:InvokeFunction` on `receiver`, only if `Bool lambda:InvokedViaFunctionUrl = true` (**open to anyone on the internet**)',
    ],
  });
  expect(permissionsSaid([{ type: 'aws_cloudformation_stack', actions: ['update'], before, after: template({}) }])).toEqual({
    'CloudFormation stack `public-url`': [
      '! **widened**: **anyone** may call `lambda:InvokeFunction` on `receiver`, no longer only if `Bool lambda:InvokedViaFunctionUrl = true` (**open to anyone**)',
    ],
  });
});

it('does not take a role for gone of which only a left-over copy is destroyed', () => {
  const left = { type: 'aws_iam_role', name: 'worker', actions: ['delete'], before: { name: 'worker' }, rest: { deposed: 'abc' } };
  const policy = (action: string) => ({ role: 'worker', policy: policyJson({ Action: action, Resource: table }) });
  const change = {
    type: 'aws_iam_role_policy',
    actions: ['update'],
    before: policy('dynamodb:GetItem'),
    after: policy('dynamodb:PutItem'),
  };
  const comment = commentOn([left, change]);
  expect(comment).toContain('- may now call `dynamodb:PutItem` on');
  expect(comment).not.toContain('every right with it');
});
