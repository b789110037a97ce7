import { expect, it } from 'vitest';
import { errorLines } from '../src/plan/error-lines.ts';
import { toPlan } from '../src/plan/plan.ts';
import { asSummary } from '../src/review/fitting.ts';
import { reviewPlans } from '../src/review/review-plans.ts';
import { commentOn, reviewOf } from './comment-on.ts';
import { type ChangeJson, planJson } from './plan-json.ts';

const queues = (count: number): ChangeJson[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'aws_sqs_queue',
    name: `q${index}`,
    actions: ['update'],
    before: { name: `q-${index}`, delay_seconds: 0 },
    after: { name: `q-${index}`, delay_seconds: index + 1 },
  }));

it('tells why a stack could not be planned, first of all, and what would change in the others', () => {
  const unplanned = [{ stack: 'worker', lines: errorLines('\n│ Error: no such role\n│   with aws_iam_role.x,\n') }];
  const options = { isLossAllowed: false, expected: ['storage', 'worker', 'invoker'], unplanned };
  const { comment, verdict } = reviewPlans([toPlan('storage', planJson(queues(1)))], options);
  expect(verdict).toBe('1 to change, as far as it could be planned');
  expect(comment).toContain(
    '> [!CAUTION]\n> **Terraform could not plan worker.** What would change there is not in this comment.\n>\n> worker:\n>\n> - `Error: no such role`\n> - `with aws_iam_role.x,`\n',
  );
  expect(comment).toContain('### storage: 1 to change');
  expect(comment).toContain('**Not planned:** invoker.');
});

it('leaves lines out of an error that may hold a secret, and leaves what names a fault', () => {
  const printed = [
    'refreshing state…',
    '\u001b[31mError\u001b[0m: reading X: ExpiredToken: The security token included in the request is expired',
    '  23: "password": "correct horse battery",',
    'ValidationException: token=horse-battery-7',
    'https://app:horse-battery-7@db.example',
    '-----BEGIN RSA PRIVATE KEY-----',
    'aG9yc2UtYmF0dGVyeS03',
    '-----END RSA PRIVATE KEY-----',
    'told-elsewhere-secret',
    'the end',
  ].join('\n');
  const hidden = '(a line that may hold a secret)';
  expect(errorLines(printed, (text) => text.includes('told-elsewhere'))).toEqual([
    'Error: reading X: ExpiredToken: The security token included in the request is expired',
    ...Array.from({ length: 7 }, () => hidden),
    'the end',
  ]);
});

it.each([
  'with command ["app", "--password", "zq7Kd93mPw81xLtB"]',
  'password zq7Kd93mPw81xLtB',
  'password "correct horse" was refused',
  'Get "https://vera:zq7K/S@h/x": dial',
  'The JWT key is zq7Kd93mPw81xLtB',
  'cannot sign in with zq7Kd93mPw81xLtB: the token was refused',
  'the DB_CREDS are set to horse-battery-7',
  'command:\n--auth-token\nhorse-battery',
  'command = [\n"--db-password",\n"horse-battery",\n]',
  'client_secret =\n"horse battery"',
])('leaves out of an error what says a secret: %j', (said) => {
  const lines = errorLines(`Error: failed\n${said}\nthe end`);
  expect(lines.join('\n')).not.toMatch(/zq7K|horse/);
  expect(lines).toContain('(a line that may hold a secret)');
  expect(lines.at(-1)).toBe('the end');
});

it.each([
  'operation error IAM: CreateRole, RequestID: 9f8e7d6c-1111-2222-3333-444455556666, api error InvalidClientTokenId: The security token included in the request is invalid.',
  "Error: reading Secrets Manager Secret (arn:aws:secretsmanager:eu-west-1:123456789012:secret:vera-AbCdEf): couldn't find resource",
  'Error: deleting Secret (vera/slack-AbCdE1): it is scheduled for deletion',
  'on cdk.tf.json line 12, in resource.aws_secretsmanager_secret.vera-secrets_3FA9C0DE:',
  'KMS key arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab is pending deletion',
  'Error: no AWS credentials found for profile vera2',
  'InvalidParameter: hash key "threadKey1" is not in attributes',
  'token_validity must be between 5 and 1440',
])('leaves in an error what names a fault: %s', (said) => {
  expect(errorLines(`Error: failed\n${said}`)).toEqual(['Error: failed', said]);
});

it('says where the rest is only where there is such a place', () => {
  const plans = [toPlan('storage', planJson(queues(400)))];
  const given = { isLossAllowed: false, expected: [] };
  const alone = reviewPlans(plans, given).comment;
  expect(alone).toMatch(/- and [\d,]+ lines more\n/);
  expect(alone).not.toMatch(/the log|summary of/);
  const place = { sizeOf: (text: string) => text.length, most: 65_000, rest: 'the summary of the run' };
  expect(reviewPlans(plans, { ...given, place }).comment).toMatch(/- and [\d,]+ lines more, which the summary of the run shows\n/);
});

it('is whole in the summary, and fits into it by its bytes', () => {
  const given = { isLossAllowed: false, expected: [], place: asSummary };
  const whole = reviewPlans([toPlan('storage', planJson(queues(2000)))], given).comment;
  expect(whole).toContain('`q-1999`');
  expect(whole).not.toContain('lines more');
  const wide = queues(6000).map((queue) => ({ ...queue, after: { ...(queue.after as object), note: 'ü'.repeat(100) } }));
  expect(Buffer.byteLength(reviewPlans([toPlan('storage', planJson(wide))], given).comment)).toBeLessThanOrEqual(1024 ** 2);
});

it('tells of actions, and never that nothing changes where one runs', () => {
  const action = {
    ...{ address: 'action.aws_lambda_invoke.wipe', type: 'aws_lambda_invoke', name: 'wipe' },
    config_values: { function_name: 'wipe', payload: '{"password":"horse-battery-7"}' },
    lifecycle_action_trigger: { triggering_resource_address: 'aws_sqs_queue.q', action_trigger_event: 'AfterUpdate' },
  };
  const { comment, verdict } = reviewOf([], { action_invocations: [action] });
  expect(verdict).toBe('1 action to run');
  expect(comment).toContain(
    '> - storage: runs an action, and no plan shows what it does: `action.aws_lambda_invoke.wipe`, `AfterUpdate` of `aws_sqs_queue.q`',
  );
  expect(comment).not.toContain('horse-battery');
  const later = reviewOf([], {
    deferred_action_invocations: [{ reason: 'provider_config_unknown', action_invocation: { ...action, lifecycle_action_trigger: null } }],
  });
  expect(later.comment).toContain(
    '`action.aws_lambda_invoke.wipe`, asked for by hand, put off to a later plan (`provider_config_unknown`)',
  );
});

it('tells of a part of the plan that it has never heard of, and not of one that is empty', () => {
  for (const part of [[{ a: 1 }], { a: 1 }, true, 'x', 1]) {
    const { comment, verdict } = reviewOf([], { made_up_changes: part });
    expect(verdict).not.toContain('nothing changes');
    expect(comment).toContain('the plan has a part `made_up_changes`, which this review does not know');
  }
  for (const part of [[], {}, null, false]) expect(reviewOf([], { made_up_changes: part }).verdict).toBe('nothing changes');
});

it('says that a plan is not all there is to do', () => {
  expect(reviewOf([], { complete: false }).verdict).toBe('no resource changes');
  expect(commentOn([], { complete: false })).toContain('more is left for a later plan');
});

it('counts what is put off', () => {
  const put = {
    reason: 'instance_count_unknown',
    resource_change: { type: 'aws_sqs_queue', address: 'aws_sqs_queue.x', change: { actions: ['create'] } },
  };
  expect(reviewOf([], { deferred_changes: [put] }).verdict).toBe('1 put off to a later plan');
});
