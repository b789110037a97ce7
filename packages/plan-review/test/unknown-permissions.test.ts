import { expect, it } from 'vitest';
import type { Json } from '../src/json/json.ts';
import { permissionsSaid, read, table } from './permissions-said.ts';
import { configurationJson, policyJson, reference } from './plan-json.ts';

const newRole = {
  type: 'aws_iam_role',
  name: 'sweeper',
  actions: ['create'],
  after: { name: 'vera-sweeper' },
  change: { after_unknown: { id: true } },
};
const newTable = {
  type: 'aws_dynamodb_table',
  name: 'ledger',
  actions: ['create'],
  after: { name: 'vera-ledger' },
  change: { after_unknown: { arn: true } },
};
const unknownPolicy = {
  type: 'aws_iam_role_policy',
  name: 'sweeper',
  actions: ['create'],
  after: {},
  change: { after_unknown: { policy: true, role: true } },
};

it('reads what a policy will say from the code, where its values are known only after apply', () => {
  const configuration = configurationJson({
    'aws_iam_role_policy.sweeper': {
      role: { constant_value: reference('aws_iam_role.sweeper.id') },
      policy: {
        constant_value: policyJson({ Action: 'dynamodb:Query', Resource: `${reference('aws_dynamodb_table.ledger.arn')}/index/*` }),
      },
    },
  });
  expect(permissionsSaid([newRole, newTable, unknownPolicy], { configuration })).toEqual({
    '`vera-sweeper`': ['may call `dynamodb:Query` on DynamoDB table `vera-ledger` `/index/*`'],
  });
});

it('reads a policy document that Terraform will only read at apply', () => {
  const configuration = configurationJson({
    'aws_iam_role_policy.sweeper': {
      role: { references: ['aws_iam_role.sweeper.id', 'aws_iam_role.sweeper'] },
      policy: { references: ['data.aws_iam_policy_document.sweeper.json', 'data.aws_iam_policy_document.sweeper'] },
    },
    'data.aws_iam_policy_document.sweeper': {
      statement: [
        {
          actions: { constant_value: ['dynamodb:Query'] },
          resources: { references: ['aws_dynamodb_table.ledger.arn', 'aws_dynamodb_table.ledger'] },
        },
      ],
    },
  });
  const document = {
    type: 'aws_iam_policy_document',
    name: 'sweeper',
    actions: ['read'],
    after: { statement: [{ actions: ['dynamodb:Query'], effect: null, resources: [null] }] },
    change: { after_unknown: { json: true, statement: [{ resources: [true] }] } },
    rest: { mode: 'data', address: 'data.aws_iam_policy_document.sweeper' },
  };
  expect(permissionsSaid([newRole, newTable, unknownPolicy, document], { configuration })).toEqual({
    '`vera-sweeper`': ['may call `dynamodb:Query` on DynamoDB table `vera-ledger`'],
  });
});

it('compares a policy that names a replaced table with what it said before', () => {
  const replaced = { ...newTable, actions: ['delete', 'create'], before: { name: 'vera-ledger', arn: table } };
  const policy = { role: 'sweeper', policy: policyJson(read) };
  const written = {
    ...unknownPolicy,
    actions: ['update'],
    before: policy,
    after: { role: 'sweeper' },
    change: { after_unknown: { policy: true } },
  };
  const template = (action: string) => ({
    configuration: configurationJson({
      'aws_iam_role_policy.sweeper': {
        policy: { constant_value: policyJson({ Action: action, Resource: reference('aws_dynamodb_table.ledger.arn') }) },
      },
    }),
  });
  expect(permissionsSaid([replaced, written], template('dynamodb:GetItem'))).toEqual({});
  expect(permissionsSaid([replaced, written], template('dynamodb:*'))).toEqual({
    '`sweeper`': ['! **widened**: `dynamodb:GetItem` → `dynamodb:*` on DynamoDB table `vera-ledger` (**every action of `dynamodb`**)'],
  });
});

it('says so where a policy cannot be compared', () => {
  const hidden = {
    type: 'aws_iam_role_policy',
    actions: ['update'],
    before: { role: 'worker', policy: policyJson(read) },
    after: { role: 'worker', policy: '{}' },
    change: { after_sensitive: { policy: true } },
  };
  expect(permissionsSaid([hidden])).toEqual({
    '`worker`': ['! has a policy that Terraform marks as sensitive: not compared (`aws_iam_role_policy.one`)'],
  });
  const later = {
    ...unknownPolicy,
    actions: ['update'],
    before: { role: 'worker', policy: policyJson(read) },
    after: { role: 'worker' },
    change: { after_unknown: { policy: true } },
  };
  expect(permissionsSaid([later])).toEqual({
    '`worker`': ['! has a policy that is known only after apply: not compared (`aws_iam_role_policy.sweeper`)'],
  });
});

it('takes a whole list from the code where a part of it is known only after apply, since the parts come in no order', () => {
  const configuration = configurationJson({
    'aws_iam_role_policy.sweeper': {
      role: { constant_value: 'sweeper' },
      policy: {
        constant_value: reference('data.aws_iam_policy_document.sweeper.json'),
        references: ['data.aws_iam_policy_document.sweeper.json', 'data.aws_iam_policy_document.sweeper'],
      },
    },
    'data.aws_iam_policy_document.sweeper': {
      statement: [{ resources: { constant_value: ['arn:aws:s3:::known', reference('aws_dynamodb_table.ledger.arn')] } }],
    },
  });
  const document = (more: Readonly<Record<string, Json>>) => ({
    type: 'aws_iam_policy_document',
    actions: ['read'],
    after: {
      statement: [
        { actions: ['a:B'], resources: [null, 'arn:aws:s3:::known'], condition: [{ test: 'Bool', variable: 'x', values: ['true'] }] },
      ],
      ...more,
    },
    change: { after_unknown: { json: true, statement: [{ resources: [true, false] }] } },
    rest: { mode: 'data', address: 'data.aws_iam_policy_document.sweeper' },
  });
  expect(permissionsSaid([newTable, unknownPolicy, document({})], { configuration })).toEqual({
    '`sweeper`': ['may now call `a:B` on DynamoDB table `vera-ledger` and S3 bucket `known`, only if `Bool x = true`'],
  });
  expect(permissionsSaid([newTable, unknownPolicy, document({ source_policy_documents: ['{}'] })], { configuration })['`sweeper`']).toEqual(
    [
      '! has a policy that is known only after apply, made from `data.aws_iam_policy_document.sweeper.json`: not compared (`aws_iam_role_policy.sweeper`)',
    ],
  );
});

it('does not take a condition that is known only after apply for none', () => {
  const permission = {
    type: 'aws_lambda_permission',
    actions: ['create'],
    after: { function_name: 'f', action: 'lambda:InvokeFunction', principal: 'events.amazonaws.com' },
    change: { after_unknown: { source_arn: true } },
  };
  expect(permissionsSaid([permission])).toEqual({
    'Lambda function `f`': ['service `events.amazonaws.com` may now call `lambda:InvokeFunction`, only if `(known after apply)`'],
  });
});

it('reads the policies that a role holds itself, if the code writes them there', () => {
  const role = (action: string) => ({
    name: 'worker',
    inline_policy: [{ name: 'x', policy: policyJson({ Action: action, Resource: table }) }],
  });
  const change = { type: 'aws_iam_role', actions: ['update'], before: role('dynamodb:GetItem'), after: role('dynamodb:*') };
  expect(permissionsSaid([change], { configuration: configurationJson({ 'aws_iam_role.one': { inline_policy: [{}] } }) })).toEqual({
    '`worker`': ['! **widened**: `dynamodb:GetItem` → `dynamodb:*` on DynamoDB table `vera-ledger` (**every action of `dynamodb`**)'],
  });
  expect(permissionsSaid([change], { configuration: configurationJson({ 'aws_iam_role.one': {} }) })).toEqual({});
});
