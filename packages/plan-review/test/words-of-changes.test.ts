import { expect, it } from 'vitest';
import type { Json } from '../src/json/json.ts';
import { toPlan } from '../src/plan/plan.ts';
import { marker, reviewPlans } from '../src/review/review-plans.ts';
import { commentOn, lineWith, reviewOf } from './comment-on.ts';
import { changeJson, configurationJson, planJson, planOf } from './plan-json.ts';

function changed(before: Json, after: Json, change: Readonly<Record<string, Json>> = {}): string | undefined {
  const named = (side: Json): Json => ({ name: 'sweeper', ...(side as object) });
  const comment = commentOn([{ type: 'aws_lambda_function', actions: ['update'], before: named(before), after: named(after), change }]);
  return lineWith('- Lambda function', comment)?.replace('- Lambda function `sweeper` (`aws_lambda_function.one`): ', '');
}

it.each<[string, Json, Json, string]>([
  ['a number', { timeout: 10 }, { timeout: 60 }, '`timeout`: `10` → `60`'],
  ['what was not set', { layers: null }, { layers: ['x'] }, '`layers`: nothing → `x`'],
  [
    'a nested value',
    { environment: [{ variables: { A: 'b' } }] },
    { environment: [{ variables: { A: 'c' } }] },
    '`environment.variables.A`: `b` → `c`',
  ],
  ['a block that comes', { vpc: [] }, { vpc: [{ a: 1, b: null }] }, '`vpc.a`: nothing → `1`'],
  ['a list', { layers: ['a', 'b'] }, { layers: ['b', 'c'] }, '`layers`: with `c`, without `a`'],
  ['the order of a list', { layers: ['a', 'b'] }, { layers: ['b', 'a'] }, '`layers`: in another order'],
  ['one of several blocks', { file: [{ a: 1 }, { a: 2 }] }, { file: [{ a: 2 }, { a: 3 }] }, '`file[0].a`: `1` → `3`'],
  ['JSON in a text', { definition: '{"a":{"b":1}}' }, { definition: '{ "a": { "b": 2 } }' }, '`definition.a.b`: `1` → `2`'],
  [
    'the end of a long name',
    { uri: 'registry.example/vera-worker:aaa' },
    { uri: 'registry.example/vera-worker:bbb' },
    '`uri`: `…aaa` → `…bbb`',
  ],
  ['code', { source_code_hash: 'abc' }, { source_code_hash: 'def' }, 'new code'],
  ['tags once', { tags: { a: '1' }, tags_all: { a: '1' } }, { tags: { a: '2' }, tags_all: { a: '2' } }, '`tags.a`: `1` → `2`'],
])('says what changes: %s', (_, before, after, line) => {
  expect(changed(before, after)).toBe(line);
});

it('says that only the apply will tell a value, if the code sets it', () => {
  const change = {
    type: 'aws_lambda_function',
    actions: ['update'],
    before: { role: 'old', arn: 'x' },
    after: {},
    change: { after_unknown: { role: true, arn: true } },
  };
  const configuration = configurationJson({ 'aws_lambda_function.one': { role: { references: ['aws_iam_role.x.arn'] } } });
  expect(commentOn([change], { configuration })).toContain('`role`: `old` → known after apply\n');
  expect(commentOn([change], { configuration })).not.toContain('`arn`');
});

it.each<[string, Json, Json]>([
  ['nothing for empty', { layers: null, tags: {} }, { layers: [], tags: null }],
  ['keys in another order', { policy: '{"a":1,"b":2}' }, { policy: '{ "b": 2, "a": 1 }' }],
])('does not count a change that is none: %s', (_, before, after) => {
  const { comment, verdict } = reviewOf([{ type: 'aws_sqs_queue', actions: ['update'], before, after }]);
  expect(verdict).toBe('nothing changes');
  expect(comment).toContain('No changes: storage (1 resource would be written again with the same meaning).');
});

const doing = (name: string, inner: Json = {}) => ({ allow: [], block: [], count: [], [name]: [inner] });
const overriding = (name: string) => [{ rule_action_override: [{ name: 'SIZE', action_to_use: [doing(name)] }] }];
it.each<[string, Json, Json]>([
  ['a rule’s', { action: [doing('block', { custom_response: [] })] }, { action: [doing('allow', { custom_request_handling: [] })] }],
  ['one of a set', overriding('count')[0] as Json, overriding('block')[0] as Json],
  ['one that comes', { logging: [] }, { logging: [{}] }],
  ['one that goes, with nothing said in it', { logging: [{ kept: null, by: [] }] }, { logging: [] }],
  ['one of a provider of the newer kind', { block: { custom: null } }, { block: null }],
  ['one in a text of JSON', { rules: '{"Action":{"Block":{}}}' }, { rules: '{"Action":{"Allow":{}}}' }],
])('counts a block that says all by being there: %s', (_, before, after) => {
  for (const [one, other] of [
    [before, after],
    [after, before],
  ]) {
    const { comment, verdict } = reviewOf([{ type: 'aws_wafv2_web_acl', actions: ['update'], before: one ?? null, after: other ?? null }]);
    expect(verdict).toBe('1 to change');
    expect(comment).toMatch(/(?:nothing|a block) → (?:nothing|a block)/);
  }
});

it('says nothing of data that is only read', () => {
  const { verdict } = reviewOf([{ type: 'aws_caller_identity', actions: ['read'], after: { id: '1' }, rest: { mode: 'data' } }]);
  expect(verdict).toBe('nothing changes');
});

it('sums up hundreds of resources of one type', () => {
  const queues = Array.from({ length: 340 }, (_, index) => ({
    type: 'aws_sqs_queue',
    name: `q${index}`,
    actions: ['create'],
    after: { name: `q-${index}` },
  }));
  const { comment, verdict } = reviewOf(queues);
  expect(verdict).toBe('340 to add');
  expect(lineWith('×', comment)).toMatch(/^- 340 × SQS queue: `q-0`, .* and 300 more$/);
});

const triggers = (tag: string, lock: string, sources: string) => ({
  id: tag,
  triggers: { tag, 'lock file': lock, 'worker sources': sources, 'base@image': 'x' },
});

it('says which inputs move the image', () => {
  const image = { type: 'null_resource', name: 'image', actions: ['delete', 'create'], change: { replace_paths: [['triggers']] } };
  const { comment, verdict, losesData } = reviewOf([{ ...image, before: triggers('aaa', '1', '1'), after: triggers('bbb', '2', '2') }]);
  expect(verdict).toBe('1 image to build');
  expect(losesData).toBe(false);
  expect(comment).toContain('- Image tag `aaa` → `bbb`, moved by: lock file and worker sources.');
  expect(
    commentOn([
      {
        ...image,
        before: triggers('aaa', '1', '1'),
        after: { ...triggers('bbb', '1', '1'), triggers: { tag: 'bbb', 'lock file': '1', 'worker sources': '1', 'base@image': 'y' } },
      },
    ]),
  ).toContain('moved by: `base@image`.');
  expect(commentOn([{ ...image, before: triggers('aaa', '1', '1'), after: triggers('aaa', '1', '1') }])).toContain(
    'Image tag `aaa` stays and is built again',
  );
  expect(commentOn([{ ...image, actions: ['create'], after: triggers('aaa', '1', '1') }])).toContain(
    'Image tag `aaa`, built for the first time.',
  );
});

it('tells an image that was built somewhere else by its whole digest, and what changes with the way it comes', () => {
  const uri = (digit: string) => `111122223333.dkr.ecr.us-east-1.amazonaws.com/use1-prod-vera-worker@sha256:${digit.repeat(64)}`;
  const image = { type: 'null_resource', name: 'image', actions: ['delete', 'create'], change: { replace_paths: [['triggers']] } };
  const named = (digit: string) => ({ id: digit, triggers: { uri: uri(digit) } });
  const moved = reviewOf([{ ...image, before: named('a'), after: named('b') }]);
  expect(moved.verdict).toBe('1 image from elsewhere');
  expect(moved.comment).toContain(`- Image \`${uri('a')}\` → \`${uri('b')}\`, built somewhere else: what went into it no plan tells.`);
  expect(commentOn([{ ...image, before: triggers('aaa', '1', '1'), after: named('b') }])).toContain(
    `- Image tag \`aaa\` → \`${uri('b')}\`, built`,
  );
  expect(commentOn([{ ...image, before: named('a'), after: triggers('bbb', '1', '1') }])).toContain(
    `- Image \`${uri('a')}\` → \`bbb\`, built from this code from now on.`,
  );
  expect(commentOn([{ ...image, actions: ['create'], after: named('b') }])).toContain(`- Image \`${uri('b')}\`, built somewhere else`);
  expect(commentOn([{ ...image, actions: ['delete'], before: named('a') }])).toContain(`- Image \`${uri('a')}\` is no longer used.`);
  // A tag can come to mean another image: that is no image one could compare.
  expect(commentOn([{ ...image, actions: ['create'], after: { triggers: { uri: 'x.example/vera:latest' } } }])).not.toContain('Image `');
});

it('tells moved, imported, forgotten, deferred and unfamiliar resources apart', () => {
  const table = { type: 'aws_dynamodb_table', before: { name: 't' }, after: { name: 't' } };
  const comment = commentOn(
    [
      { ...table, name: 'moved', actions: ['no-op'], rest: { previous_address: 'aws_dynamodb_table.old' } },
      { ...table, name: 'imported', actions: ['no-op'], change: { importing: { id: 't' } } },
      { ...table, name: 'left', actions: ['forget'] },
      { ...table, name: 'odd', actions: ['teleport'] },
    ],
    { deferred_changes: [{ reason: 'provider_config_unknown', resource_change: changeJson({ ...table, actions: ['create'] }) }] },
  );
  expect(comment).toContain('## Terraform plan: 1 to forget, 1 that this review does not understand and 1 put off to a later plan');
  expect(comment).toContain('- `aws_dynamodb_table.old` → `aws_dynamodb_table.moved`');
  expect(comment).toContain('<summary>Taken over from AWS (imported): 1</summary>');
  expect(comment).toContain('**Forgotten: no longer managed, stays in AWS**\n\n- DynamoDB table `t` (`aws_dynamodb_table.left`)');
  expect(comment).toContain('**Put off to a later plan**\n\n- DynamoDB table `t` (`aws_dynamodb_table.one`): `provider_config_unknown`');
  expect(comment).toContain('**Not understood**');
});

it('says that the plan broke off, and which checks fail', () => {
  const checks = [{ address: { to_display: 'check.health' }, status: 'fail', instances: [{ problems: [{ message: 'no answer' }] }] }];
  const comment = commentOn([], { errored: true, checks });
  expect(comment).toContain('could not finish this plan');
  expect(comment).toContain('- `check.health` fails: `no answer`');
});

it('shows what somebody changed by hand, but not what a provider fills in', () => {
  const drift = (type: string, before: Json, after: Json) => changeJson({ type, actions: ['update'], before, after });
  const configuration = configurationJson({ 'aws_lambda_function.one': { timeout: { constant_value: 10 } }, 'aws_iam_role.one': {} });
  const resource_drift = [
    drift('aws_lambda_function', { timeout: 10 }, { timeout: 60 }),
    drift('aws_iam_role', { inline_policy: [] }, { inline_policy: [{ name: 'x' }] }),
  ];
  const comment = commentOn([], { configuration, resource_drift });
  expect(comment).toContain('<summary>Changed by somebody outside Terraform: 1</summary>');
  expect(comment).toContain('`timeout`: `10` → `60`');
  expect(comment).not.toContain('inline_policy');
});

it('takes nothing that reads 0 or false in a block for a change by hand, and whatever else differs for one', () => {
  const query = (period: Json, returns: Json = true) => ({ metric_query: [{ id: 'result', period, return_data: returns }] });
  const told = (before: Json, after: Json) => {
    const drift = changeJson({ type: 'aws_cloudwatch_metric_alarm', actions: ['update'], before, after });
    const set = {
      'aws_cloudwatch_metric_alarm.one': {
        metric_query: [{ id: { constant_value: 'result' } }],
        actions_enabled: { constant_value: true },
      },
    };
    return commentOn([], { configuration: configurationJson(set), resource_drift: [drift] }).includes('outside Terraform');
  };
  expect(told(query(null), query(0))).toBe(false);
  expect(told(query(null, null), query(0, false))).toBe(false);
  expect(told(query(null), query(60))).toBe(true);
  expect(told(query(60), query(0))).toBe(true);
  expect(told(query(null, true), query(0, false))).toBe(true);
  expect(told({ actions_enabled: null }, { actions_enabled: false })).toBe(true);
});

it('says which stacks were not planned, and which are planned against what will be old', () => {
  const producer = toPlan(
    'storage',
    planJson([], {
      output_changes: { arn: { actions: ['update'], before: 'a', after: 'b', before_sensitive: true, after_sensitive: true } },
    }),
  );
  const reader = {
    mode: 'data',
    type: 'terraform_remote_state',
    name: 'cross-stack-reference-input-storage',
    address: 'data.terraform_remote_state.x',
  };
  const consumer = toPlan('worker', planJson([], { configuration: { root_module: { resources: [reader] } } }));
  const { comment } = reviewPlans([producer, consumer], { isLossAllowed: false, expected: ['storage', 'worker', 'invoker'] });
  expect(comment).toContain('**Not planned:** invoker.');
  expect(comment).toContain('**worker** is planned against what **storage** tells it today. 1 of those values changes here');
});

it('does not call a stack planned against old values that reads none of those that change', () => {
  const output = (name: string) => ({
    [name]: { actions: ['update'], before: 'a', after: 'b', before_sensitive: true, after_sensitive: true },
  });
  const producer = toPlan('storage', planJson([], { output_changes: { ...output('read'), ...output('unread') } }));
  const source = { mode: 'data', type: 'terraform_remote_state', name: 'cross-stack-reference-input-storage' };
  const consumer = (read: string) => {
    const references = [`data.terraform_remote_state.${source.name}.outputs.${read}`, `data.terraform_remote_state.${source.name}.outputs`];
    const reader = { address: 'aws_x.y', expressions: { list: [{ deep: { references } }] } };
    return toPlan('worker', planJson([], { configuration: { root_module: { resources: [source, reader] } } }));
  };
  const comment = (read: string) => reviewPlans([producer, consumer(read)], { isLossAllowed: false, expected: [] }).comment;
  expect(comment('read')).toContain('1 of those values changes here');
  expect(comment('other')).not.toContain('is planned against');
});

it('begins with the line by which a workflow finds its comment', () => {
  expect(commentOn([]).split('\n')[0]).toBe(marker);
});

it('does not depend on the order in which Terraform lists resources', () => {
  const changes = ['c', 'a', 'b'].map((name) => ({ type: 'aws_sqs_queue', name, actions: ['delete'], before: { name } }));
  const sorted = reviewPlans([planOf(changes)], { isLossAllowed: false, expected: [] });
  expect(reviewPlans([planOf(changes.toReversed())], { isLossAllowed: false, expected: [] })).toEqual(sorted);
});
