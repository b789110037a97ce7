import { expect, it } from 'vitest';
import { inOrder } from '../src/json/in-order.ts';
import type { Json } from '../src/json/json.ts';
import { toPlan } from '../src/plan/plan.ts';
import { reviewPlans } from '../src/review/review-plans.ts';
import { commentOn, lineWith, reviewOf } from './comment-on.ts';
import { configurationJson, planJson, reference } from './plan-json.ts';

const gone = (type: string, before: Json) => ({ type, actions: ['delete'], before });

it('does not say in one box that something is gone for good and that it can be brought back', () => {
  const comment = commentOn([
    gone('aws_kms_key', { description: 'k', deletion_window_in_days: 1000 }),
    gone('aws_dynamodb_table', { name: 't', point_in_time_recovery: [{ enabled: true }] }),
    gone('aws_bedrockagentcore_memory', { name: 'm' }),
  ]);
  expect(comment).toContain('It can be brought back for 1,000 days.');
  expect(comment).toContain('A backup that AWS makes at that moment keeps them for 35 days.');
  expect(comment).not.toContain('for good');
  expect(comment.match(/^> - storage: .*is \*\*destroyed\*\*/gm)?.[0]).toContain('AgentCore memory');
});

it('does not call lost what AWS keeps', () => {
  const { comment, losesData } = reviewOf([
    gone('aws_secretsmanager_secret_version', { skip_destroy: true }),
    gone('aws_cloudwatch_log_group', { name: 'l', skip_destroy: true }),
  ]);
  expect(losesData).toBe(false);
  expect(comment).not.toContain('deletes');
  expect(lineWith('- log group', comment)).toContain('`skip_destroy` is set: it stays in AWS, unmanaged');
});

it('says of what is changed besides that it was moved', () => {
  const moved = {
    type: 'aws_sqs_queue',
    actions: ['update'],
    before: { name: 'q', delay_seconds: 1 },
    after: { name: 'q', delay_seconds: 2 },
  };
  expect(commentOn([{ ...moved, rest: { previous_address: 'aws_sqs_queue.old' } }])).toContain(
    '- SQS queue `q` (`aws_sqs_queue.one`): moved here from `aws_sqs_queue.old`; `delay_seconds`: `1` → `2`',
  );
  const replaced = {
    type: 'aws_dynamodb_table',
    actions: ['delete', 'create'],
    before: { name: 't' },
    after: { name: 't' },
    rest: { previous_address: 'aws_dynamodb_table.old' },
  };
  const comment = commentOn([replaced]);
  expect(lineWith('> - storage: DynamoDB table', comment)).toContain('moved here from `aws_dynamodb_table.old`');
  expect(comment).not.toContain('untouched');
});

it('names a policy with whom it hangs on, also where that is only known after apply', () => {
  const policy = {
    type: 'aws_iam_role_policy',
    name: 'p',
    actions: ['create'],
    after: { name: 'permissions' },
    change: { after_unknown: { role: true } },
  };
  const role = { type: 'aws_iam_role', name: 'r', actions: ['create'], after: { name: 'vera-worker' } };
  const configuration = configurationJson({ 'aws_iam_role_policy.p': { role: { constant_value: reference('aws_iam_role.r.id') } } });
  expect(commentOn([policy, role], { configuration })).toContain('- policy `permissions` of `vera-worker`\n');
  expect(commentOn([{ ...policy, actions: ['delete'], before: { name: 'permissions', role: 'vera-sweeper' }, change: {} }])).toContain(
    '- policy `permissions` of `vera-sweeper`',
  );
});

it('sorts numbers as numbers, and writes them one way', () => {
  expect(['q10', 'q9', 'q1', 'q', 'a2b10', 'a2b9', '010', '9'].sort(inOrder)).toEqual([
    '9',
    '010',
    'a2b9',
    'a2b10',
    'q',
    'q1',
    'q9',
    'q10',
  ]);
  const queues = Array.from({ length: 1200 }, (_, index) => ({
    type: 'aws_sqs_queue',
    name: `q[${index}]`,
    actions: ['create'],
    after: { name: `q-${index}` },
  }));
  const { comment, verdict } = reviewOf(queues.toReversed());
  expect(verdict).toBe('1,200 to add');
  expect(comment).toContain('1,200 × SQS queue: `q-0`, `q-1`, `q-2`');
});

it('sees no difference between a number and the same number as a text', () => {
  const change = {
    type: 'aws_sqs_queue',
    actions: ['update'],
    before: { name: 'q', delay_seconds: 30, fifo: true },
    after: { name: 'q', delay_seconds: '30', fifo: 'true' },
  };
  expect(reviewOf([change]).verdict).toBe('nothing changes');
});

it('does not take every resource with a tag for an image, nor one with a platform for a look', () => {
  const resource = (name: string, before: Json, after: Json) => [
    { type: 'null_resource', name, actions: ['delete', 'create'], before: { triggers: before }, after: { triggers: after } },
  ];
  expect(reviewOf(resource('release', { tag: '1', by: 'a' }, { tag: '2', by: 'a' })).verdict).toBe('1 to replace');
  expect(reviewOf(resource('image', { tag: '1' }, { tag: '2' })).verdict).toBe('1 to replace');
  for (const name of ['docker_network', 'reimage_disk', 'docker_compose', 'image'])
    expect(reviewOf(resource(name, { tag: 'a', peers: '1' }, { tag: 'b', peers: '2' })).verdict).toBe('1 to replace');
  expect(reviewOf(resource('image', { tag: '1', sources: 'a' }, { tag: '2', sources: 'b' })).verdict).toBe('1 image to build');
  expect(reviewOf(resource('build', { PLATFORM: 'arm64' }, { PLATFORM: 'amd64' })).verdict).toBe('1 to replace');
});

const secret = 'horse-battery-staple-7';

it('shows no secret that a variable or what was read holds, nor one in the code', () => {
  const note = planJson([{ type: 'aws_sqs_queue', actions: ['update'], before: { note: 'x' }, after: { note: `see ${secret}` } }]);
  const variable = { variables: { db: { value: secret } }, configuration: { root_module: { variables: { db: { sensitive: true } } } } };
  const data = {
    prior_state: {
      values: {
        root_module: {
          child_modules: [
            {
              resources: [
                { mode: 'data', type: 'aws_y', address: 'data.aws_y.z', values: { value: secret }, sensitive_values: { value: true } },
              ],
            },
          ],
        },
      },
    },
  };
  const { comment } = reviewPlans(
    [toPlan('worker', { ...(note as object), ...variable } as Json), toPlan('invoker', { ...(note as object), ...data } as Json)],
    { isLossAllowed: false, expected: [] },
  );
  expect(comment).not.toContain(secret);
  expect(JSON.stringify(note)).toContain(secret);
  const template = JSON.stringify({ Statement: [{ Action: 's3:Get', Resource: 'xoxb-1234567890-abcdefghij' }] });
  const policy = { type: 'aws_iam_role_policy', actions: ['create'], after: { role: 'w' }, change: { after_unknown: { policy: true } } };
  expect(
    commentOn([policy], { configuration: configurationJson({ 'aws_iam_role_policy.one': { policy: { constant_value: template } } }) }),
  ).not.toContain('xoxb-');
});

it.each([
  ['an address', { name: 'xoxb-1234567890-abcdefghij' }],
  ['a former address', { rest: { previous_address: 'aws_sqs_queue.xoxb-1234567890-abcdefghij' } }],
  ['a reason', { rest: { action_reason: 'xoxb-1234567890-abcdefghij' } }],
])('shows no token by %s either', (_, part) => {
  const change = { type: 'aws_sqs_queue', actions: ['no-op'], before: {}, after: {}, ...part };
  for (const actions of [['create'], ['update'], ['delete'], ['no-op']]) expect(commentOn([{ ...change, actions }])).not.toContain('xoxb-');
});
