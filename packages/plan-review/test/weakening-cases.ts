import type { Json } from '../src/json/json.ts';

export type Sides = readonly [before: Json, after: Json];
/** What gets weaker in an update of such a resource, and what the box has to say of it. */
export type Case = readonly [kind: string, type: string, sides: Sides, says: string];

export const image = (...rules: object[]) => ({ repository: 'vera', policy: JSON.stringify({ rules }) });
export const last = (countNumber: number, tagStatus = 'any', rest: object = {}) => ({
  rulePriority: 2,
  selection: { tagStatus, countType: 'imageCountMoreThan', countNumber, ...rest },
  action: { type: 'expire' },
});
const first = (prefix: string, number: number, rulePriority: number) => ({
  ...last(number, 'tagged', { tagPrefixList: [prefix] }),
  rulePriority,
});
export const expiring = (days: number, rest: object = {}) => ({
  rule: [{ id: 'old', status: 'Enabled', expiration: [{ days }], ...rest }],
});
export const port = (from: number, to: number, cidr: string) => ({ from_port: from, to_port: to, protocol: 'tcp', cidr_blocks: [cidr] });
export const alarm = (rest: object) => ({ alarm_name: 'lost', alarm_actions: ['arn:aws:sns:x:1:alarms'], actions_enabled: true, ...rest });
export const greater = (rest: object) => alarm({ comparison_operator: 'GreaterThanOrEqualToThreshold', ...rest });
export const variables = (given: Json) => ({ environment: [{ variables: given }] });
const containers = (name: string, value: string) => ({ container_definitions: JSON.stringify([{ environment: [{ name, value }] }]) });

/** As the worker's stack runs it. */
const keptLogs = (triggers: object) => ({
  triggers: { log_groups: '/aws/bedrock-agentcore/runtimes/x-trial', RUNTIME_VERSION: '7', ...triggers },
});

export const expiries: readonly Case[] = [
  [
    'fewer images',
    'aws_ecr_lifecycle_policy',
    [image(last(10)), image(last(2))],
    'deletes images that one could go back to: of all images the last `2` are kept',
  ],
  [
    'images by their age',
    'aws_ecr_lifecycle_policy',
    [image(last(10)), image(last(10), last(7, 'tagged', { countType: 'sinceImagePushed', tagPrefixList: ['v'] }))],
    'of `tagged` images like `v` only those pushed in the last 7 days are kept',
  ],
  [
    'a rule that kept some images from the next',
    'aws_ecr_lifecycle_policy',
    [image({ ...last(999, 'tagged', { tagPrefixList: ['kept-'] }), rulePriority: 1 }, last(10)), image(last(10))],
    'images of `tagged` images like `kept-` have no rule of their own any more',
  ],
  [
    'rules in another order',
    'aws_ecr_lifecycle_policy',
    [image(first('kept-', 999, 1), first('v', 10, 2)), image(first('v', 10, 1), first('kept-', 999, 2))],
    'what is of `tagged` images like `kept-` falls under another rule first: of `tagged` images like `v` the last `10` are kept',
  ],
  [
    'what was archived, deleted',
    'aws_ecr_lifecycle_policy',
    [image({ ...last(10), action: { type: 'transition' } }), image(last(10))],
    'deletes images that one could go back to',
  ],
  [
    'a table that expires',
    'aws_dynamodb_table',
    [{ ttl: [] }, { ttl: [{ enabled: true, attribute_name: 'until' }] }],
    'from now on AWS deletes each item when the time in its `until` has come',
  ],
  [
    'another time to expire',
    'aws_dynamodb_table',
    [{ ttl: [{ enabled: true, attribute_name: 'until' }] }, { ttl: [{ enabled: true, attribute_name: 'created' }] }],
    'the time in its `created`',
  ],
  [
    'the audit log',
    'aws_lambda_function',
    [variables({ AUDIT_DAYS: '400' }), variables({ AUDIT_DAYS: '90' })],
    'new lines of the audit log, which say who did what, are deleted sooner (`environment.variables.AUDIT_DAYS`: `400` → `90`)',
  ],
  [
    'the audit log, by a runtime',
    'aws_bedrockagentcore_agent_runtime',
    [{ environment_variables: { AUDIT_DAYS: '400' } }, { environment_variables: { AUDIT_DAYS: '90' } }],
    'new lines of the audit log, which say who did what, are deleted sooner',
  ],
  ['logs', 'aws_cloudwatch_log_group', [{ retention_in_days: 0 }, { retention_in_days: 30 }], 'logs are deleted sooner'],
  [
    'logs of a runtime, which a script looks after',
    'null_resource',
    [keptLogs({ retention_in_days: '90' }), keptLogs({ retention_in_days: '9' })],
    'logs are deleted sooner (`retention_in_days`: `90` → `9`)',
  ],
  [
    'their key',
    'null_resource',
    [keptLogs({ retention_in_days: '9', kms_key_id: 'arn:aws:kms:x:1:key/1' }), keptLogs({ retention_in_days: '9' })],
    'is no longer encrypted with its own key',
  ],
  ['objects', 'aws_s3_bucket_lifecycle_configuration', [expiring(90), expiring(7)], 'deletes objects after 7 days (rule `old`)'],
  [
    'more objects',
    'aws_s3_bucket_lifecycle_configuration',
    [expiring(90, { filter: [{ prefix: 'tmp/' }] }), expiring(90)],
    'deletes objects after 90 days',
  ],
  [
    'a rule that is switched on',
    'aws_s3_bucket_lifecycle_configuration',
    [expiring(7, { status: 'Disabled' }), expiring(7)],
    'deletes objects after 7 days',
  ],
  [
    'earlier versions',
    'aws_s3_bucket_lifecycle_configuration',
    [{ rule: [] }, { rule: [{ id: 'x', status: 'Enabled', noncurrent_version_expiration: [{ noncurrent_days: 1 }] }] }],
    'deletes what was overwritten or deleted after 1 day',
  ],
];

export const silences: readonly Case[] = [
  [
    'an alarm that counts otherwise',
    'aws_cloudwatch_metric_alarm',
    [alarm({ metric_query: [{ id: 'e', expression: 'failed' }] }), alarm({ metric_query: [{ id: 'e', expression: '0 * failed' }] })],
    'measures something else than before (`metric_query.expression`: `failed` → `0 * failed`)',
  ],
  [
    'an alarm that is held back',
    'aws_cloudwatch_composite_alarm',
    [alarm({}), alarm({ actions_suppressor: [{ alarm: 'x' }] })],
    'measures something else than before (`actions_suppressor.alarm`',
  ],
  [
    'an alarm that needs all periods',
    'aws_cloudwatch_metric_alarm',
    [alarm({ evaluation_periods: 5, datapoints_to_alarm: 1 }), alarm({ evaluation_periods: 5, datapoints_to_alarm: null })],
    'rings later (`datapoints_to_alarm`: `1` → `5`)',
  ],
  [
    'an alarm that takes silence for well',
    'aws_cloudwatch_metric_alarm',
    [alarm({ treat_missing_data: 'missing' }), alarm({ treat_missing_data: 'notBreaching' })],
    'takes silence for something else than before',
  ],
  [
    'an alarm that tells nobody of silence',
    'aws_cloudwatch_metric_alarm',
    [alarm({ insufficient_data_actions: ['arn:a'] }), alarm({ insufficient_data_actions: [] })],
    'nobody is told when nothing is measured',
  ],
  [
    'an alarm without actions',
    'aws_cloudwatch_metric_alarm',
    [alarm({}), alarm({ alarm_actions: [] })],
    'nobody is told when it rings (`alarm_actions` is empty)',
  ],
  [
    'an alarm whose actions are off',
    'aws_cloudwatch_metric_alarm',
    [alarm({}), alarm({ actions_enabled: false })],
    'nobody is told when it rings (`actions_enabled`: `false`)',
  ],
  [
    'an alarm that rings later',
    'aws_cloudwatch_metric_alarm',
    [greater({ threshold: 1 }), greater({ threshold: 100 })],
    'rings later (`threshold`: `1` → `100`)',
  ],
  [
    'an alarm on too little that rings later',
    'aws_cloudwatch_metric_alarm',
    [alarm({ comparison_operator: 'LessThanThreshold', threshold: 5 }), alarm({ comparison_operator: 'LessThanThreshold', threshold: 1 })],
    'rings later (`threshold`: `5` → `1`)',
  ],
  [
    'an alarm that waits',
    'aws_cloudwatch_metric_alarm',
    [alarm({ evaluation_periods: 1 }), alarm({ evaluation_periods: 12 })],
    'rings later (`evaluation_periods`: `1` → `12`)',
  ],
  [
    'an alarm on silence',
    'aws_cloudwatch_metric_alarm',
    [alarm({ treat_missing_data: 'breaching' }), alarm({ treat_missing_data: 'missing' })],
    'no longer rings when nothing is measured',
  ],
  [
    'what is counted',
    'aws_cloudwatch_log_metric_filter',
    [
      { name: 'x', pattern: 'a' },
      { name: 'x', pattern: 'a b' },
    ],
    'lets other things through than before (`pattern`: `a` → `a b`)',
  ],
  [
    'what is passed on',
    'aws_sns_topic_subscription',
    [{ filter_policy: '{"a":["b"]}' }, { filter_policy: '{"a":["c"]}' }],
    'lets other things through than before',
  ],
  [
    'a rule that rests',
    'aws_cloudwatch_event_rule',
    [
      { name: 'x', state: 'ENABLED' },
      { name: 'x', state: 'DISABLED' },
    ],
    'does nothing at its time or event any more',
  ],
  [
    'what fails',
    'aws_sqs_queue',
    [
      { name: 'x', redrive_policy: '{"a":1}' },
      { name: 'x', redrive_policy: null },
    ],
    'what fails is lost',
  ],
];

export const switches: readonly Case[] = [
  [
    'a variable',
    'aws_lambda_function',
    [variables({ DEBUG_ENABLED: 'false' }), variables({ DEBUG_ENABLED: 'true' })],
    'shows its inside from now on: full requests and answers may stand in logs (`DEBUG_ENABLED`: `true`)',
  ],
  ['a new variable', 'aws_lambda_function', [variables({}), variables({ DEBUG: 'strands:*' })], '(`DEBUG`: `strands:*`)'],
  ['a level', 'aws_lambda_function', [variables({ LOG_LEVEL: 'info' }), variables({ LOG_LEVEL: 'DEBUG' })], '(`LOG_LEVEL`: `DEBUG`)'],
  [
    'a level of Lambda',
    'aws_lambda_function',
    [{ logging_config: [{ application_log_level: 'INFO' }] }, { logging_config: [{ application_log_level: 'TRACE' }] }],
    '(`application_log_level`: `TRACE`)',
  ],
  ['a pair', 'aws_ecs_task_definition', [containers('DEBUG', '0'), containers('DEBUG', '1')], '(`DEBUG`: `1`)'],
  ['an assignment', 'aws_batch_job_definition', [{ environment: ['A=b'] }, { environment: ['A=b', 'DEBUG=1'] }], '(`DEBUG`: `1`)'],
  [
    'words in the audit log',
    'aws_bedrockagentcore_agent_runtime',
    [{ environment_variables: { AUDIT_CONTENT: 'metadata' } }, { environment_variables: { AUDIT_CONTENT: 'full' } }],
    'what tools are given, with what people wrote, stands in the audit log from now on',
  ],
  ['a gateway', 'aws_bedrockagentcore_gateway', [{ exception_level: null }, { exception_level: 'DEBUG' }], '(`exception_level`: `DEBUG`)'],
];
