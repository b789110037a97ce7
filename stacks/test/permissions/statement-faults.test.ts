import { describe, expect, it } from 'vitest';
import type { Statement } from '../../permissions/deployment-of.ts';
import { statementFaults } from './statement-faults.ts';

const place = { account: '111122223333', regions: ['us-east-1'] };
const table = 'arn:aws:dynamodb:us-east-1:111122223333:table/ledger';
const faultsOf = (more: Partial<Statement>) =>
  statementFaults({ Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: [table], ...more }, place);
const reason = { because: 'for a reason' };

describe('a statement', () => {
  it('that names its actions and our own things has no fault', async () => {
    expect(await faultsOf({})).toEqual([]);
    expect(await faultsOf({ Action: ['dynamodb:*'], Resource: [`${table}-*`], ...reason })).toEqual([]);
    expect(await faultsOf({ Action: ['dynamodb:Query'], Resource: [`${table}/index/open`] })).toEqual([]);
  });

  it.each(['bedrock:InvokeModelStream', 'bedrock-agentcore:CallTool', 'bedrock:SyncKnowledgeBase', 'bedrock:GetDataSources'])(
    'cannot grant %s, which people copy and AWS does not have',
    async (action) => {
      expect(await faultsOf({ Action: [action], Resource: ['*'], ...reason })).toEqual([`there is no action ${action}`]);
    },
  );

  it.each([
    ['a service nobody has', 'dynamo:GetItem', 'there is no action dynamo:GetItem'],
    ['another case', 'dynamodb:getItem', 'there is no action dynamodb:getItem'],
    ['a pattern of nothing', 'dynamodb:Gett*', 'there is no action dynamodb:Gett*'],
    ['everything', '*', 'there is no action *'],
  ])('cannot grant an action of %s', async (_, action, fault) => {
    expect(await faultsOf({ Action: [action, 'dynamodb:GetItem'], ...reason })).toContain(fault);
  });

  it('may look at whatever there is in our account, if it only reads and says so', async () => {
    const looking = { Action: ['dynamodb:DescribeTable'], Resource: ['*'], ...reason };
    const ofUs = { StringEquals: { 'aws:ResourceAccount': '111122223333' } };
    expect(await faultsOf({ ...looking, Condition: ofUs })).toEqual([]);
    expect(await faultsOf(looking)).toEqual(['dynamodb:DescribeTable on * could name what it is for']);
    expect(await faultsOf({ ...looking, Condition: { StringEquals: { 'aws:ResourceAccount': '999988887777' } } })).not.toEqual([]);
    expect(await faultsOf({ ...looking, Action: ['dynamodb:PutItem'], Condition: ofUs })).not.toEqual([]);
  });

  it('that denies may be as wide as it likes, names actions that exist, and says why', async () => {
    const denying = { Effect: 'Deny' as const, Action: ['*'], Resource: ['*'], ...reason };
    expect(await faultsOf(denying)).toEqual([]);
    expect(await faultsOf({ ...denying, because: '' })).toEqual(['it denies without a written reason']);
    expect(await faultsOf({ ...denying, Action: ['dynamodb:GetItems'] })).toEqual(['there is no action dynamodb:GetItems']);
  });

  it('says why when it has a wildcard', async () => {
    expect(await faultsOf({ Resource: [`${table}*`] })).toEqual([`${table}* without a written reason`]);
    expect(await faultsOf({ Action: ['dynamodb:Get*'] })).toEqual(['dynamodb:Get* without a written reason']);
  });

  it.each([
    ['any account', 'arn:aws:dynamodb:us-east-1:*:table/ledger', 'account'],
    ['another account', 'arn:aws:dynamodb:us-east-1:999988887777:table/ledger', 'account'],
    ['no account', 'arn:aws:dynamodb:us-east-1::table/ledger', 'account'],
    ['any region', 'arn:aws:dynamodb:*:111122223333:table/ledger', 'region'],
    ['another region', 'arn:aws:dynamodb:eu-west-1:111122223333:table/ledger', 'region'],
  ])('reaches into %s with no reason that would do', async (_, resource, what) => {
    expect(await faultsOf({ Resource: [resource], ...reason })).toEqual([`the ${what} of ${resource} is not ours`]);
  });

  it('may leave out the account where AWS has none, and the region of what every region has', async () => {
    expect(await faultsOf({ Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::bucket/key'] })).toEqual([]);
    const model = { Action: ['bedrock:InvokeModel'], Resource: ['arn:aws:bedrock:*::foundation-model/m'] };
    expect(await faultsOf({ ...model, ...reason })).toEqual([]);
    expect(await faultsOf(model)).toEqual(['arn:aws:bedrock:*::foundation-model/m without a written reason']);
  });

  it.each([
    ['a queue', 'arn:aws:sqs:us-east-1:111122223333:queue'],
    ['an index, by an action that only tables know', `${table}/index/open`],
    ['no ARN', 'ledger'],
  ])('has no effect on %s', async (_, resource) => {
    expect(await faultsOf({ Resource: [resource] })).toEqual([
      `no action here can be granted on ${resource}`,
      `dynamodb:GetItem has no effect on ${resource}`,
    ]);
  });

  it('puts actions that know no resource on *, and only them', async () => {
    expect(await faultsOf({ Action: ['dynamodb:ListTables'] })).toContain(`dynamodb:ListTables has no effect on ${table}`);
    expect(await faultsOf({ Action: ['dynamodb:ListTables'], Resource: ['*'], ...reason })).toEqual([]);
    expect(await faultsOf({ Resource: ['*'], ...reason })).toEqual(['dynamodb:GetItem on * could name what it is for']);
  });

  it('asks only for what AWS knows of the action', async () => {
    const under = (key: string) => faultsOf({ Condition: { StringEquals: { [key]: 'x' } } });
    expect(await under('dynamodb:LeadingKeys')).toEqual([]);
    expect(await under('aws:ResourceTag/vera:bot')).toEqual([]);
    expect(await under('kms:ViaService')).toEqual(['AWS does not know kms:ViaService of dynamodb:GetItem']);
  });

  it('does not allow by leaving out', async () => {
    expect(await faultsOf({ NotAction: ['iam:*'] } as Partial<Statement>)).toEqual(['NotAction allows whatever it does not name']);
  });
});
