import { expect, it } from 'vitest';
import { surroundingsOf } from '../src/words/arn-words.ts';
import { commentOn } from './comment-on.ts';
import { permissionsSaid, read, table } from './permissions-said.ts';
import { type ChangeJson, configurationJson, planOf, policyJson, reference } from './plan-json.ts';

/** What "create before destroy" leaves behind when a deployment stops half-way: at the address of its successor, only to be destroyed. */
function deposed(type: string, before: NonNullable<ChangeJson['before']>): ChangeJson {
  return { type, actions: ['delete'], before, rest: { deposed: 'abc123' } };
}

it('says of a left-over copy that it is one, beside its successor', () => {
  const comment = commentOn([
    deposed('aws_sns_topic', { name: 'vera-alarms' }),
    { type: 'aws_sns_topic', actions: ['update'], before: { name: 'vera-alarms', display_name: 'a' }, after: { name: 'vera-alarms' } },
  ]);
  expect(comment).toContain('- SNS topic `vera-alarms` (`aws_sns_topic.one`): a copy left over from an earlier deployment');
  expect(comment).toContain('- SNS topic `vera-alarms` (`aws_sns_topic.one`): `display_name`: `a` → nothing');
});

it('sees no weakening in that a left-over copy goes: what protects is its successor', () => {
  const guardrail = { name: 'vera' };
  expect(commentOn([{ type: 'aws_bedrock_guardrail', actions: ['delete'], before: guardrail }])).toContain('nothing filters');
  expect(commentOn([deposed('aws_bedrock_guardrail', guardrail)])).not.toContain('nothing filters');
});

it('takes no right away with a left-over copy of a policy, nor with one of an attachment', () => {
  const policy = deposed('aws_iam_role_policy', { role: 'worker', policy: policyJson(read) });
  const attachment = deposed('aws_iam_role_policy_attachment', { role: 'worker', policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' });
  expect(permissionsSaid([policy, attachment])).toEqual({});
});

it('fills into a policy what the resource is, not what its left-over copy was', () => {
  const change = (Action: string) => policyJson({ Action, Resource: `${reference('aws_dynamodb_table.one.arn')}/index/*` });
  const said = permissionsSaid(
    [
      { type: 'aws_dynamodb_table', actions: ['no-op'], before: { name: 'vera-ledger', arn: table }, after: { arn: table } },
      deposed('aws_dynamodb_table', { name: 'vera-ledger', arn: `${table}-old` }),
      { type: 'aws_iam_role_policy', actions: ['create'], after: { role: 'worker' }, change: { after_unknown: { policy: true } } },
    ],
    { configuration: configurationJson({ 'aws_iam_role_policy.one': { policy: { constant_value: change('dynamodb:Query') } } }) },
  );
  expect(said).toEqual({ '`worker`': ['may now call `dynamodb:Query` on DynamoDB table `vera-ledger` `/index/*`'] });
});

it('calls what an ARN names by what is there, not by a left-over copy', () => {
  const queue = 'arn:aws:sqs:eu-west-1:123456789012:made-up';
  const successor = {
    type: 'aws_sqs_queue',
    actions: ['no-op'],
    before: { name: 'vera', arn: queue },
    after: { name: 'vera', arn: queue },
  };
  const { names } = surroundingsOf([planOf([successor, deposed('aws_sqs_queue', { name: 'vera-old', arn: queue })])]);
  expect(names.get(queue)).toBe('SQS queue `vera`');
});

it('is told after its successor, whichever of them the plan names first', () => {
  const changes = [
    deposed('aws_sns_topic', { name: 'vera-alarms' }),
    { type: 'aws_sns_topic', actions: ['no-op'], before: { name: 'vera-alarms' }, after: { name: 'vera-alarms' } },
  ];
  for (const order of [changes, changes.toReversed()])
    expect(planOf(order).changes.map(({ isDeposed }) => isDeposed)).toEqual([false, true]);
});
