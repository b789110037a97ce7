import { describe, expect, it } from 'vitest';
import type { Json } from '../src/json/json.ts';
import { commentOn } from './comment-on.ts';
import { fronts } from './front-cases.ts';
import { attack, filters, guardrails } from './guardrail-cases.ts';
import { openedOtherwise, openings } from './opening-cases.ts';
import { type ChangeJson, configurationJson } from './plan-json.ts';
import { alarm, expiries, expiring, greater, image, last, port, type Sides, silences, switches, variables } from './weakening-cases.ts';
import { wholes } from './whole-cases.ts';

const update = (type: string, [before, after]: Sides): ChangeJson => ({ type, actions: ['update'], before, after });
const boxOf = (comment: string) =>
  comment
    .split('\n')
    .filter((line) => line.startsWith('> - '))
    .join('\n');

describe.each([
  ['a guardrail', guardrails],
  ['what AWS deletes', expiries],
  ['who may reach it', openings],
  ['who may reach it by other words', openedOtherwise],
  ['what stands before it', fronts],
  ['what decides by all it says', wholes],
  ['who is told', silences],
  ['what it shows', switches],
] as const)('the box tells of %s', (_, cases) => {
  it.each(cases)('%s', (_kind, type, sides, says) => {
    expect(boxOf(commentOn([update(type, sides)]))).toContain(says);
    const replaced = { ...update(type, sides), actions: ['create', 'delete'] };
    expect(boxOf(commentOn([replaced]))).toContain(says);
  });

  it.each(cases)('and not of the same where nothing of it changes: %s', (_kind, type, [before, after]) => {
    for (const side of [before, after])
      expect(boxOf(commentOn([update(type, [side, { ...(side as object), tags: { a: 'b' } }])]))).toBe('');
  });
});

it.each([
  ['more images', 'aws_ecr_lifecycle_policy', [image(last(2)), image(last(10))]],
  ['a higher strength', 'aws_bedrock_guardrail', [filters(attack('LOW')), filters(attack('HIGH'))]],
  ['what blocks by being silent', 'aws_bedrock_guardrail', [filters(attack('HIGH', { input_action: 'BLOCK' })), filters(attack('HIGH'))]],
  ['an audit log kept longer', 'aws_lambda_function', [variables({ AUDIT_DAYS: '90' }), variables({ AUDIT_DAYS: '400' })]],
  ['debugging that ends', 'aws_lambda_function', [variables({ DEBUG: '1' }), variables({ DEBUG: '0' })]],
  ['fewer ports', 'aws_security_group', [{ ingress: [port(0, 65_535, '0.0.0.0/0')] }, { ingress: [port(443, 443, '0.0.0.0/0')] }]],
  ['a port for one’s own network', 'aws_security_group', [{ ingress: [] }, { ingress: [port(22, 22, '10.0.0.0/8')] }]],
  ['an alarm that rings sooner', 'aws_cloudwatch_metric_alarm', [greater({ threshold: 9 }), greater({ threshold: 1 })]],
  ['objects kept longer', 'aws_s3_bucket_lifecycle_configuration', [expiring(7), expiring(90)]],
] as const)('is silent on what gets better: %s', (_, type, sides) => {
  expect(boxOf(commentOn([update(type, sides as unknown as Sides)]))).toBe('');
});

it.each([
  ['aws_cloudfront_distribution', 'whoever came through it, Slack among them, reaches nothing any more'],
  ['aws_wafv2_web_acl_logging_configuration', 'what is done or comes is no longer recorded'],
])('tells of a front that goes: %s', (type, says) => {
  expect(boxOf(commentOn([{ type, actions: ['delete'], before: {} }]))).toContain(`is destroyed: ${says}`);
});

it('keeps silent on a front where only words, prices or its secret are others', () => {
  const type = 'aws_cloudfront_distribution';
  const side = (value: string) => ({ comment: value, price_class: value, origin: [{ custom_header: [{ name: 'x-vera-front', value }] }] });
  const marks = { origin: [{ custom_header: [{ value: true }] }] };
  const change = { before_sensitive: marks, after_sensitive: marks, after_unknown: { etag: true, last_modified_time: true } };
  expect(boxOf(commentOn([{ ...update(type, [side('a'), side('b')]), change }]))).toBe('');
});

it('tells of addresses that only the apply tells, where they are let in and the code sets them', () => {
  const group = { type: 'aws_security_group', actions: ['create'], after: { ingress: [{ from_port: 22, to_port: 22, protocol: 'tcp' }] } };
  const later = { ...group, change: { after_unknown: { ingress: [{ cidr_blocks: true }], egress: [{ cidr_blocks: true }] } } };
  expect(boxOf(commentOn([later]))).toContain('opens `tcp` `22` to addresses that this plan does not tell (`ingress.cidr_blocks`)');
  const computed = { ...group, after: {}, change: { after_unknown: { ingress: true } } };
  expect(boxOf(commentOn([computed], { configuration: configurationJson({ 'aws_security_group.one': { name: {} } }) }))).toBe('');
});

it.each([
  ['aws_route', { destination_cidr_block: '0.0.0.0/0' }],
  ['aws_security_group', { egress: [port(0, 65_535, '0.0.0.0/0')] }],
  ['aws_security_group_rule', { type: 'egress', ...port(0, 65_535, '0.0.0.0/0') }],
  ['aws_vpc_security_group_egress_rule', { cidr_ipv4: '0.0.0.0/0', ip_protocol: '-1' }],
  ['aws_network_acl_rule', { egress: true, rule_action: 'allow', cidr_block: '0.0.0.0/0' }],
])('keeps silent on a road out: %s', (type, after) => {
  expect(boxOf(commentOn([{ type, actions: ['create'], after }]))).toBe('');
});

it('tells what goes and told people, several of a kind in one line', () => {
  const alarms = ['lost', 'failed'].map((name) => ({
    type: 'aws_cloudwatch_metric_alarm',
    name,
    actions: ['delete'],
    before: { alarm_name: name },
  }));
  const comment = boxOf(commentOn([...alarms, { type: 'aws_sns_topic_subscription', actions: ['delete'], before: { endpoint: 'x' } }]));
  expect(comment).toContain('2 × alarm (`failed` and `lost`) is destroyed: nobody is told any more of what it watched.');
  expect(comment).toContain('whoever it told hears nothing any more');
});

it('tells of an authorizer that goes though it is marked as sensitive, and of none that is known after apply', () => {
  const type = 'aws_bedrockagentcore_agent_runtime';
  const before = { authorizer_configuration: [{ custom_jwt_authorizer: [{ discovery_url: 'https://a.example' }] }] };
  const box = (after: Json, change: NonNullable<ChangeJson['change']>) =>
    boxOf(commentOn([{ type, actions: ['update'], before, after, change }]));
  const parts = [
    { authorizer_configuration: true },
    { authorizer_configuration: [{ custom_jwt_authorizer: true }] },
    { authorizer_configuration: [{ custom_jwt_authorizer: [true] }] },
  ];
  for (const marked of parts) {
    expect(box({ authorizer_configuration: [] }, { before_sensitive: marked })).toMatch(
      /is no longer asked for a token|who may call it changes/,
    );
    const other = [{ custom_jwt_authorizer: [{ discovery_url: 'https://b.example' }] }];
    expect(box({ authorizer_configuration: other }, { after_sensitive: marked })).toContain('cannot be compared');
    expect(box({ authorizer_configuration: [{ custom_jwt_authorizer: [null] }] }, { after_unknown: marked })).not.toContain('is taken out');
    expect(box({ ...before, description: 'x' }, { before_sensitive: marked, after_sensitive: marked })).toBe('');
  }
});

it('takes what goes and comes under one name for one thing', () => {
  const made = (name: string, actions: string[], rest: object) => ({
    ...{ type: 'aws_cloudwatch_metric_alarm', name, actions },
    [actions[0] === 'create' ? 'after' : 'before']: alarm(rest),
  });
  expect(boxOf(commentOn([made('a', ['delete'], {}), made('b', ['create'], {})]))).toBe('');
  expect(boxOf(commentOn([made('a', ['delete'], {}), made('b', ['create'], { alarm_actions: [] })]))).toContain(
    'nobody is told when it rings',
  );
});

it('tells of keys that never end, open ports and debugging in what is new', () => {
  const fresh = (type: string, after: Json) => boxOf(commentOn([{ type, actions: ['create'], after }]));
  expect(fresh('aws_iam_access_key', { user: 'a' })).toContain('is a key of AWS that never expires');
  expect(fresh('aws_security_group', { ingress: [port(22, 22, '0.0.0.0/0')] })).toContain('opens `tcp` `22`');
  expect(fresh('aws_lambda_function', variables({ DEBUG: 'true' }))).toContain('shows its inside');
  expect(fresh('aws_dynamodb_table', { ttl: [{ enabled: true, attribute_name: 'a' }] })).toBe('');
});

it('tells of a rule that deletes in what is there, and not in what this plan makes', () => {
  const rule = { type: 'aws_ecr_lifecycle_policy', actions: ['create'], after: image(last(3)) };
  expect(boxOf(commentOn([rule]))).toContain('deletes images that one could go back to');
  expect(boxOf(commentOn([rule, { type: 'aws_ecr_repository', actions: ['create'], after: { name: 'vera' } }]))).toBe('');
  const unknown = { ...rule, after: { policy: rule.after.policy }, change: { after_unknown: { repository: true } } };
  expect(boxOf(commentOn([unknown]))).toBe('');
});

describe('a runtime that CloudFormation makes', () => {
  const stack = (properties: Json) => ({
    name: 'runtime',
    template_body: JSON.stringify({ Resources: { Runtime: { Type: 'AWS::BedrockAgentCore::Runtime', Properties: properties } } }),
  });
  const network = (NetworkMode: string, EnvironmentVariables: Json = {}) => ({
    NetworkConfiguration: { NetworkMode },
    EnvironmentVariables,
  });
  const box = (before: Json, after: Json) => boxOf(commentOn([update('aws_cloudformation_stack', [stack(before), stack(after)])]));

  it('is looked at as one of Terraform’s', () => {
    expect(box(network('VPC'), network('PUBLIC'))).toContain('leaves your network for the public one');
    expect(box(network('VPC'), network('VPC', { DEBUG_ENABLED: 'true' }))).toContain('(`DEBUG_ENABLED`: `true`)');
    const jwtOf = (rest: object) => ({ AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: 'https://a.example', ...rest } } });
    expect(box(jwtOf({ AllowedClients: ['a'] }), {})).toContain('is no longer asked for a token');
    expect(box(jwtOf({ AllowedClients: ['a'] }), jwtOf({}))).toContain('`allowed_clients` is empty');
    expect(box(network('PUBLIC'), network('PUBLIC'))).toBe('');
  });

  it('is looked at though a secret stands beside it', () => {
    const secret = { API_TOKEN: 'horse-battery-7' };
    const comment = commentOn([update('aws_cloudformation_stack', [stack(network('VPC', secret)), stack(network('PUBLIC', secret))])]);
    expect(boxOf(comment)).toContain('leaves your network for the public one');
    expect(comment).not.toContain('horse-battery');
  });
});

it('tells where the plan does not tell what it would have to compare', () => {
  const policy = { type: 'aws_ecr_lifecycle_policy', actions: ['update'], before: image(last(3)), after: { repository: 'vera' } };
  expect(boxOf(commentOn([{ ...policy, change: { after_unknown: { policy: true } } }]))).toContain(
    'which images it deletes this plan does not tell',
  );
  const marks = { before_sensitive: { content_policy_config: true }, after_sensitive: { content_policy_config: true } };
  const hidden = { ...update('aws_bedrock_guardrail', [filters(attack('HIGH')), filters(attack('LOW'))]), change: marks };
  expect(boxOf(commentOn([hidden]))).toContain('what it looks for cannot be compared (`content_policy_config`)');
});

it('tells of objects that go on a day', () => {
  const rule = { id: 'x', status: 'Enabled', expiration: [{ date: '2027-01-01T00:00:00Z' }] };
  expect(boxOf(commentOn([update('aws_s3_bucket_lifecycle_configuration', [{ rule: [] }, { rule: [rule] }])]))).toContain(
    'deletes objects on `2027-01-01T00:00:00Z` (rule `x`)',
  );
});

it('tells of what leaves a template of CloudFormation, or goes with it', () => {
  const stack = (Resources: Json) => ({ name: 'x', template_body: JSON.stringify({ Resources }) });
  const table = stack({ Table: { Type: 'AWS::DynamoDB::Table' } });
  const type = 'aws_cloudformation_stack';
  const machine = stack({ Machine: { Type: 'AWS::EC2::Instance' } });
  expect(boxOf(commentOn([update(type, [machine, stack({})])]))).toContain('makes what this review does not look at: `AWS::EC2::Instance`');
  expect(boxOf(commentOn([{ type, actions: ['delete'], before: machine }]))).toContain('takes with it what this review does not look at');
  expect(boxOf(commentOn([{ type, actions: ['delete'], before: table }]))).not.toContain('does not look at');
  const runtime = stack({ Runtime: { Type: 'AWS::BedrockAgentCore::Runtime', Properties: {} } });
  expect(commentOn([update(type, [runtime, stack({})])])).toContain('goes, and the sessions on it end.');
});

it('looks at what a template makes as at what Terraform makes', () => {
  const stack = (Resources: Json) => ({ name: 'x', template_body: JSON.stringify({ Resources }) });
  const alarmOf = (MetricName: string) => ({ Lost: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName } } });
  const open = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };
  const group = { Door: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [open] } } };
  const type = 'aws_cloudformation_stack';
  const box = boxOf(commentOn([update(type, [stack(alarmOf('a')), stack({ ...alarmOf('b'), ...group })])]));
  expect(box).toContain(
    'CloudFormation stack `x`: alarm `Lost` of its template: measures something else than before (`metric_name`: `a` → `b`)',
  );
  expect(box).toContain('security group `Door` of its template: opens `tcp` `22` to `0.0.0.0/0`');
  const gone = boxOf(commentOn([{ type, actions: ['delete'], before: stack(alarmOf('a')) }]));
  expect(gone).toContain('alarm `Lost` of its template is destroyed: nobody is told any more of what it watched');
  const later = { ...update(type, [stack(alarmOf('a')), { name: 'x' }]), change: { after_unknown: { template_body: true } } };
  expect(boxOf(commentOn([later]))).not.toContain('is destroyed');
});

it('compares the rights that a template gives though a secret stands beside them', () => {
  const open = { Type: 'AWS::Lambda::Permission', Properties: { Principal: '*', Action: 'lambda:InvokeFunctionUrl', FunctionName: 'f' } };
  const runtime = { Type: 'AWS::BedrockAgentCore::Runtime', Properties: { EnvironmentVariables: { API_TOKEN: 'horse-battery-7' } } };
  const stack = (Resources: Json) => ({ name: 'x', template_body: JSON.stringify({ Resources }) });
  const comment = commentOn([update('aws_cloudformation_stack', [stack({ runtime }), stack({ runtime, open })])]);
  expect(boxOf(comment)).toContain('**anyone** may now call `lambda:InvokeFunctionUrl`');
  expect(comment).not.toContain('horse-battery');
});
