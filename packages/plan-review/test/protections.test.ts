import { describe, expect, it } from 'vitest';
import type { Json } from '../src/json/json.ts';
import { protectionOf, protections } from '../src/loss/protections.ts';
import { boxOf, update } from './box-of.ts';
import type { ChangeJson } from './plan-json.ts';

/** For each kind of protection its types, what is told when one goes, and a change of it. */
const kept: readonly (readonly [types: readonly string[], gone: string | undefined, sides: readonly [Json, Json], other: string])[] = [
  [
    ['aws_cloudwatch_metric_alarm', 'aws_cloudwatch_composite_alarm', 'aws_route53_health_check', 'aws_synthetics_canary'],
    'nobody is told any more of what it watched',
    [{ metric_name: 'question.lost' }, { metric_name: 'question.never' }],
    'measures something else than before (`metric_name`: `question.lost` → `question.never`)',
  ],
  [
    ['aws_cloudwatch_log_metric_filter'],
    'what it counted is no longer counted, and no alarm on it rings',
    [{ metric_transformation: [{ value: '1' }] }, { metric_transformation: [{ value: '0' }] }],
    'lets other things through than before (`metric_transformation.value`: `1` → `0`)',
  ],
  [
    ['aws_cloudwatch_log_subscription_filter'],
    'these logs are no longer passed on',
    [{ filter_pattern: '' }, { filter_pattern: 'x' }],
    'lets other',
  ],
  [['aws_cloudwatch_log_delivery'], 'these logs are no longer delivered', [{ record_fields: [] }, { record_fields: ['a'] }], 'lets other'],
  [
    ['aws_cloudwatch_log_data_protection_policy', 'aws_cloudwatch_log_account_policy', 'aws_sns_topic_data_protection_policy'],
    'what it masked or stopped is shown from now on',
    [{ policy_document: '{"a":1}' }, { policy_document: '{}' }],
    'masks or stops other things than before',
  ],
  [
    ['aws_cloudwatch_event_rule'],
    'nothing happens at its time or event any more',
    [{ event_pattern: null }, { event_pattern: '{"a":["b"]}' }],
    'lets other',
  ],
  [
    ['aws_cloudwatch_event_target'],
    'what it sees no longer gets there',
    [{ arn: 'arn:a' }, { arn: 'arn:b' }],
    'passes on otherwise than before (`arn`: `arn:a` → `arn:b`)',
  ],
  [
    ['aws_s3_bucket_notification', 'aws_pipes_pipe'],
    'what it sees no longer gets there',
    [{ target: 'arn:a' }, { target: 'arn:b' }],
    'passes on otherwise than before',
  ],
  [
    ['aws_lambda_function_event_invoke_config', 'aws_sqs_queue_redrive_policy'],
    'what fails is lost, or tried otherwise',
    [{ maximum_retry_attempts: 2 }, { maximum_retry_attempts: 0 }],
    'does otherwise than before with what fails',
  ],
  [
    ['aws_scheduler_schedule'],
    'nothing happens at its time any more',
    [{ schedule_expression: 'rate(1 minute)' }, { schedule_expression: 'rate(9 days)' }],
    'does otherwise than before (`schedule_expression`',
  ],
  [
    ['aws_lambda_event_source_mapping'],
    'what comes is no longer worked on',
    [{ filter_criteria: [] }, { filter_criteria: [{ filter: [{ pattern: '{"a":["never"]}' }] }] }],
    'lets other things through than before (`filter_criteria',
  ],
  [
    ['aws_sns_topic_subscription'],
    'whoever it told hears nothing any more',
    [{ filter_policy: null }, { filter_policy: '{"severity":["none"]}' }],
    'lets other things through than before (`filter_policy',
  ],
  [
    ['aws_budgets_budget', 'aws_ce_anomaly_monitor'],
    'nobody is told when its sum is spent',
    [{ limit_amount: '10' }, { limit_amount: '9000' }],
    'tells of money otherwise than before',
  ],
  [
    [
      'aws_cloudtrail',
      'aws_flow_log',
      'aws_s3_bucket_logging',
      'aws_wafv2_web_acl_logging_configuration',
      'aws_config_configuration_recorder',
    ],
    'what is done or comes is no longer recorded',
    [{ event_selector: [{ read_write_type: 'All' }] }, { event_selector: [{ read_write_type: 'WriteOnly' }] }],
    'records otherwise than before',
  ],
  [
    [
      'aws_guardduty_detector',
      'aws_inspector2_enabler',
      'aws_securityhub_account',
      'aws_macie2_account',
      'aws_accessanalyzer_analyzer',
      'aws_detective_graph',
      'aws_config_config_rule',
    ],
    'attacks and mistakes are no longer looked for',
    [{ finding: 'a' }, { finding: 'b' }],
    'looks for other things than before',
  ],
  [
    ['aws_backup_plan', 'aws_backup_selection', 'aws_dlm_lifecycle_policy', 'aws_s3_bucket_replication_configuration'],
    'what it named is no longer backed up or copied',
    [{ resources: ['a'] }, { resources: [] }],
    'backs up or copies otherwise than before',
  ],
  [
    ['aws_s3_bucket_public_access_block', 'aws_ebs_snapshot_block_public_access'],
    'what it closed can be opened to the public',
    [{ state: 'block-all-sharing' }, { state: 'unblocked' }],
    'closes other things than before',
  ],
  [
    ['aws_s3_bucket_server_side_encryption_configuration', 'aws_ebs_encryption_by_default', 'aws_ebs_default_kms_key'],
    'what comes is no longer encrypted with the key it named',
    [{ rule: [{ sse_algorithm: 'aws:kms' }] }, { rule: [] }],
    'encrypts otherwise than before',
  ],
  [
    ['aws_s3_bucket_versioning'],
    'what is overwritten or deleted in the bucket is gone',
    [{ bucket: 'a' }, { bucket: 'b' }],
    'keeps versions otherwise than before',
  ],
  [
    ['aws_s3_bucket_object_lock_configuration', 'aws_backup_vault_lock_configuration', 'aws_glacier_vault_lock'],
    'what it locked can be deleted',
    [{ rule: [{ mode: 'COMPLIANCE' }] }, { rule: [] }],
    'locks otherwise than before',
  ],
  [
    ['aws_iam_account_password_policy'],
    'passwords may be as weak as AWS lets them',
    [{ minimum_password_length: 20 }, { minimum_password_length: 6 }],
    'asks for other passwords than before',
  ],
  [
    ['aws_organizations_policy', 'aws_organizations_policy_attachment'],
    'what it forbade may be done',
    [{ target_id: 'a' }, { target_id: 'b' }],
    'forbids other things than before',
  ],
  [
    ['aws_sns_topic'],
    'whoever is subscribed to it hears nothing any more',
    [{ fifo_topic: true }, { fifo_topic: false }],
    'passes on otherwise than before',
  ],
  [
    ['aws_cloudfront_distribution'],
    'whoever came through it, Slack among them, reaches nothing any more',
    [{ enabled: true }, { enabled: false }],
    'lets in, answers or passes on otherwise than before',
  ],
  [
    ['aws_wafv2_web_acl', 'aws_wafv2_web_acl_association', 'aws_networkfirewall_firewall', 'aws_shield_protection'],
    'no firewall stands before what it protected',
    [{ resource_arn: 'a' }, { resource_arn: 'b' }],
    'looks at what comes, or records it, otherwise than before',
  ],
  [
    ['aws_bedrock_guardrail'],
    'nothing filters what the model is asked and answers',
    [{ cross_region_config: [{ guardrail_profile_identifier: 'us' }] }, { cross_region_config: [] }],
    'judges otherwise than before (`cross_region_config.guardrail_profile_identifier`: `us` → nothing)',
  ],
  [
    ['aws_codebuild_project'],
    undefined,
    [{ service_role: 'a' }, { service_role: 'b' }],
    'builds from, with, as or for something other than before',
  ],
];

describe('what protects or tells by being there', () => {
  it('has a row for each kind', () => {
    const held = new Set(kept.flatMap(([types]) => types.map(protectionOf)));
    expect(protections.filter((protection) => !held.has(protection)).map(({ of }) => of.source)).toEqual([]);
  });

  it.each(kept.flatMap(([types, ...row]) => types.map((type) => [type, ...row] as const)))(
    'is told: %s',
    (type, gone, [before, after], other) => {
      const box = boxOf([{ type, actions: ['delete'], before }]);
      if (gone === undefined) expect(box).toBe('');
      else expect(box).toContain(` is destroyed: ${gone}`);
      expect(boxOf([{ type, actions: ['purge'], before }])).toContain(gone ?? 'something is done to it that this review does not know');
      expect(boxOf([update(type, before, after)])).toContain(other);
      const named = { name: 'b', description: 'b', tags: { b: 'b' } };
      expect(boxOf([update(type, { ...(before as object), name: 'a' }, { ...(before as object), ...named })])).toBe('');
    },
  );

  it('is told of two where one comes instead of them', () => {
    const alarm = (name: string, actions: string[]): ChangeJson => ({
      ...{ type: 'aws_cloudwatch_metric_alarm', name, actions },
      [actions[0] === 'create' ? 'after' : 'before']: { alarm_name: 'lost' },
    });
    expect(boxOf([alarm('a', ['delete']), alarm('b', ['delete']), alarm('c', ['create'])])).toContain('is destroyed');
    expect(boxOf([alarm('a', ['delete']), alarm('c', ['create'])])).toBe('');
  });
});
