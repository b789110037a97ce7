import { expect, it } from 'vitest';
import { dataHolders } from '../src/loss/data-holders.ts';
import { reviewPlans } from '../src/review/review-plans.ts';
import { commentOn, lineWith, reviewOf } from './comment-on.ts';
import { type ChangeJson, planOf, policyJson } from './plan-json.ts';

const table = { name: 'vera-ledger', hash_key: 'id' };
const replacement = {
  type: 'aws_dynamodb_table',
  name: 'ledger',
  actions: ['delete', 'create'],
  before: table,
  after: { ...table, hash_key: 'question' },
  change: { replace_paths: [['hash_key']] },
} satisfies ChangeJson;

it('calls a replaced table data loss and says which attribute forces it', () => {
  const { comment, verdict, losesData } = reviewOf([replacement]);
  expect(losesData).toBe(true);
  expect(verdict).toBe('1 to replace. Data is lost');
  expect(lineWith('is **replaced**', comment)).toBe(
    '> - storage: DynamoDB table `vera-ledger` (`aws_dynamodb_table.ledger`) is **replaced**, which deletes every item in it: forced by `hash_key`: `id` → `question`.',
  );
  expect(comment).toContain('put the label `allow-data-loss` on this pull request');
});

it('says that the label allows it, where it does', () => {
  const { comment, losesData } = reviewPlans([planOf([replacement])], { isLossAllowed: true, expected: [] });
  expect(losesData).toBe(true);
  expect(comment).toContain('> [!CAUTION]');
  expect(comment).toContain('The label `allow-data-loss` is on this pull request, so the check lets it pass.');
});

it('tells who deploys where they may allow it', () => {
  const said = (isLossAllowed: boolean) =>
    reviewPlans([planOf([replacement])], { isLossAllowed, expected: [], occasion: 'deployment' }).comment;
  expect(said(false)).toContain('Nothing can be approved. If this is meant, save what is needed, and start the workflow by hand');
  expect(said(true)).toContain('This run was started with `allow-data-loss`, so an approval applies it.');
  expect(said(false) + said(true)).not.toContain('pull request');
});

const major = Object.entries(dataHolders).flatMap(([type, { isMinor }]) => (isMinor ? [] : [type]));

it.each([
  'aws_bedrockagentcore_memory',
  'aws_bedrockagentcore_memory_strategy',
  'aws_kms_key',
  'aws_secretsmanager_secret',
  'aws_s3_bucket',
  'aws_ecr_repository',
  'aws_cognito_user_pool',
  'aws_bedrockagent_knowledge_base',
  'aws_secretsmanager_secret_version',
])('%s is among what holds data', (type) => {
  expect(major).toContain(type);
});

it.each(major)('%s is not destroyed unseen, nor replaced, whichever comes first', (type) => {
  for (const actions of [['delete'], ['delete', 'create'], ['create', 'delete']]) {
    expect(reviewOf([{ type, actions, before: { name: 'x' } }]).losesData, actions.join()).toBe(true);
  }
  for (const actions of [['create'], ['update'], ['no-op'], ['forget'], ['read']]) {
    expect(reviewOf([{ type, actions, before: { name: 'x' }, after: { name: 'y' } }]).losesData, actions.join()).toBe(false);
  }
});

it('knows the audit log and its heads among tables, and says what gets weaker in them', () => {
  const audit = (name: string, actions: string[]) => ({
    type: 'aws_dynamodb_table',
    name,
    actions,
    before: { name: `use1-dev-vera-${name}` },
  });
  const { comment, losesData } = reviewOf([
    audit('audit', ['delete']),
    audit('audit-heads', ['delete', 'create']),
    audit('ledger', ['delete']),
  ]);
  expect(losesData).toBe(true);
  expect(lineWith('vera-audit`', comment)).toContain('which deletes the audit log: who did what, with whose rights and whose yes.');
  expect(lineWith('vera-audit-heads`', comment)).toContain('without which nobody sees that lines of it were removed or changed');
  expect(lineWith('vera-ledger`', comment)).toContain('which deletes every item in it');
  const side = (isKept: boolean) => ({
    name: 'use1-dev-vera-audit',
    deletion_protection_enabled: isKept,
    point_in_time_recovery: [{ enabled: isKept }],
  });
  const weaker = commentOn([{ type: 'aws_dynamodb_table', actions: ['update'], before: side(true), after: side(false) }]);
  expect(lineWith('vera-audit`: point-in-time recovery is switched off', weaker)).toMatch(/^> - /);
  expect(lineWith('vera-audit`: deletion protection is switched off', weaker)).toMatch(/^> - /);
});

it('sees what a left-over copy and a later plan would delete', () => {
  const deposed = { ...replacement, actions: ['delete'], rest: { deposed: 'abc123' } };
  expect(commentOn([deposed])).toContain('(a copy left over from an earlier deployment) is **destroyed**');
  const deferred = [
    {
      reason: 'instance_count_unknown',
      resource_change: { ...replacement, address: 'aws_dynamodb_table.x', mode: 'managed', change: { actions: ['delete'], before: table } },
    },
  ];
  expect(reviewOf([], { deferred_changes: deferred }).losesData).toBe(true);
});

it('takes an action of a later Terraform that deletes for what it is', () => {
  expect(reviewOf([{ ...replacement, actions: ['delete', 'archive'] }]).losesData).toBe(true);
});

it('mentions logs that go, and lets them', () => {
  const { comment, losesData } = reviewOf([{ type: 'aws_cloudwatch_log_group', actions: ['delete'], before: { name: '/aws/lambda/x' } }]);
  expect(losesData).toBe(false);
  expect(lineWith('deletes the logs', comment)).toMatch(/^> - storage: log group `\/aws\/lambda\/x` /);
  expect(comment).toContain('> [!WARNING]');
});

it.each([
  [{ deletion_protection_enabled: true }, 'aws_dynamodb_table', 'Deletion protection is on, so AWS will refuse'],
  [{ deletion_window_in_days: 30 }, 'aws_kms_key', 'It can be brought back for 30 days'],
  [{ recovery_window_in_days: 7 }, 'aws_secretsmanager_secret', 'It can be brought back for 7 days'],
  [{ force_destroy: false }, 'aws_s3_bucket', 'AWS refuses while objects are in it'],
])('says what softens it: %j', (before, type, words) => {
  expect(commentOn([{ type, actions: ['delete'], before }])).toContain(words);
});

it.each([
  [
    'aws_dynamodb_table',
    { deletion_protection_enabled: true },
    { deletion_protection_enabled: null },
    'deletion protection is switched off',
  ],
  ['aws_cognito_user_pool', { deletion_protection: 'ACTIVE' }, { deletion_protection: 'INACTIVE' }, 'deletion protection is switched off'],
  [
    'aws_dynamodb_table',
    { point_in_time_recovery: [{ enabled: true }] },
    { point_in_time_recovery: [] },
    'point-in-time recovery is switched off',
  ],
  ['aws_kms_key', { enable_key_rotation: true }, { enable_key_rotation: false }, 'the key is no longer rotated'],
  ['aws_secretsmanager_secret', { recovery_window_in_days: 30 }, { recovery_window_in_days: 0 }, 'less time to bring the secret back'],
  [
    'aws_ecr_repository',
    { image_tag_mutability: 'IMMUTABLE' },
    { image_tag_mutability: 'MUTABLE' },
    'a tag may come to mean another image',
  ],
  ['aws_cloudwatch_log_group', { retention_in_days: 0 }, { retention_in_days: 30 }, 'logs are deleted sooner'],
  ['aws_iam_role', { permissions_boundary: 'arn:x' }, { permissions_boundary: null }, 'the permissions boundary is taken away'],
  ['aws_lambda_function_url', { authorization_type: 'AWS_IAM' }, { authorization_type: 'NONE' }, 'anyone on the internet may call it'],
])('points out what a change to %s weakens, but not the way back: %j', (type, before, after, words) => {
  const there = reviewOf([{ type, actions: ['update'], before, after }]);
  expect(lineWith(words, there.comment)).toMatch(/^> - /);
  expect(there.losesData).toBe(false);
  expect(commentOn([{ type, actions: ['update'], before: after, after: before }])).not.toContain('[!WARNING]');
});

it('points out that a target of the gateway goes to another address, whichever of both it was, and not that one is new', () => {
  const at = (host: string) => ({ target_configuration: [{ mcp: [{ mcp_server: [{ endpoint: `https://${host}.example/mcp` }] }] }] });
  const type = 'aws_bedrockagentcore_gateway_target';
  const words = 'the gateway sends its key, and what people ask, to another address';
  for (const [before, after] of [
    [at('wiki'), at('elsewhere')],
    [at('elsewhere'), at('wiki')],
  ] as const)
    expect(lineWith(words, commentOn([{ type, actions: ['update'], before, after }]))).toMatch(/^> - /);
  expect(commentOn([{ type, actions: ['create'], before: null, after: at('wiki') }])).not.toContain(words);
});

it('says perhaps of what is known only after apply', () => {
  const change = {
    type: 'aws_kms_key',
    actions: ['update'],
    before: { enable_key_rotation: true },
    after: {},
    change: { after_unknown: { enable_key_rotation: true } },
  };
  expect(commentOn([change])).toContain('perhaps the key is no longer rotated (`enable_key_rotation`: `true` → known after apply)');
});

it('points out that what protects a bucket is destroyed, and a URL that is open from the start', () => {
  expect(commentOn([{ type: 'aws_s3_bucket_public_access_block', actions: ['delete'], before: { bucket: 'b' } }])).toContain(
    'what it closed can be opened to the public',
  );
  expect(commentOn([{ type: 'aws_lambda_function_url', actions: ['create'], after: { authorization_type: 'NONE' } }])).toContain(
    'anyone on the internet may call it',
  );
});

it('points out what CloudFormation would make unseen', () => {
  const stack = (template_body: string) =>
    commentOn([{ type: 'aws_cloudformation_stack', actions: ['create'], after: { name: 'x', template_body } }]);
  const template = (Type: string) => JSON.stringify({ Resources: { One: { Type } } });
  expect(stack(template('AWS::IAM::Role'))).toContain(
    'CloudFormation stack `x` makes what this review does not look at: `AWS::IAM::Role`.',
  );
  expect(stack('Resources: {}')).toContain('CloudFormation stack `x` makes what its template says, which is not in this plan.');
  expect(stack(template('AWS::Lambda::Permission'))).not.toContain('makes what');
});

it('tells of a new role with many wide rights in one line, and of a changed one right by right', () => {
  const policy = ['s3:*', 'sqs:*', 'sns:*'].map((action) => ({ Action: action, Resource: `arn:aws:x:::${action.slice(0, 3)}/y` }));
  const rights = (actions: string[], role: string[]) => [
    { type: 'aws_iam_role', actions: role, before: { name: 'deploy' }, after: { name: 'deploy' } },
    {
      type: 'aws_iam_role_policy',
      actions,
      before: { role: 'deploy', policy: policyJson() },
      after: { role: 'deploy', policy: policyJson(...policy) },
    },
  ];
  expect(commentOn(rights(['create'], ['create']))).toContain(
    '> - storage: `deploy`, which is new, has 3 wide rights, told below: every action of `s3`, `sns` and `sqs`\n',
  );
  expect(commentOn(rights(['update'], ['no-op'])).match(/^> - storage: `deploy` may now call .*$/gm)).toHaveLength(3);
});

it.each([[['purge']], [[]], [['DELETE']], [['create', 'update']]])(
  'takes what it does not understand of what holds data for a loss: %j',
  (actions) => {
    const after = actions.length === 2 ? { name: 't' } : null;
    const { comment, losesData } = reviewOf([{ type: 'aws_dynamodb_table', actions, before: { name: 't' }, after }]);
    expect(losesData).toBe(true);
    expect(comment).toContain('**may be lost**: something is done to it that this review does not know, which may delete every item in it');
    const other = reviewOf([{ type: 'aws_lambda_function', actions, before: { name: 'f' }, after }]);
    expect(other.losesData).toBe(false);
    expect(other.comment).toContain(
      `> - storage: Lambda function \`${after === null ? 'f' : 't'}\`: something is done to it that this review does not know.`,
    );
  },
);
