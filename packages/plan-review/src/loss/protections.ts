/** Resources that protect others, or tell people, by being there and by all that they say. */
export type Protection = {
  readonly of: RegExp;
  /** Completes "is destroyed: …"; undefined where that takes nothing away. */
  readonly gone?: string;
  /** What any other change of it comes to, for which of them is the weaker side no list of rules knows. */
  readonly other: string;
  /** What means nothing of the kind, is computed, or is looked at by itself. */
  readonly besides?: RegExp;
};

const toldNoMore = 'nobody is told any more of what it watched';
const otherwise = 'lets other things through than before';

/** The first that fits a type speaks for it. */
export const protections: readonly Protection[] = [
  {
    of: /^aws_(?:cloudwatch_(?:metric|composite)_alarm|cloudwatch_log_anomaly_detector|route53_health_check|synthetics_canary)$/,
    gone: toldNoMore,
    other: 'measures something else than before',
    besides: /^(?:\w*actions|actions_enabled|threshold|evaluation_periods|datapoints_to_alarm|treat_missing_data)$/,
  },
  {
    of: /^aws_cloudwatch_log_metric_filter$/,
    gone: 'what it counted is no longer counted, and no alarm on it rings',
    other: otherwise,
  },
  { of: /^aws_cloudwatch_log_subscription_filter$/, gone: 'these logs are no longer passed on', other: otherwise, besides: /^role_arn$/ },
  { of: /^aws_cloudwatch_log_delivery/, gone: 'these logs are no longer delivered', other: otherwise },
  {
    of: /data_protection_policy$|^aws_cloudwatch_log_account_policy$/,
    gone: 'what it masked or stopped is shown from now on',
    other: 'masks or stops other things than before',
  },
  { of: /^aws_cloudwatch_event_rule$/, gone: 'nothing happens at its time or event any more', other: otherwise, besides: /^role_arn$/ },
  {
    of: /^aws_(?:cloudwatch_event_target|s3_bucket_notification|pipes_pipe)$/,
    gone: 'what it sees no longer gets there',
    other: 'passes on otherwise than before',
  },
  {
    of: /^aws_(?:lambda_function_event_invoke_config|sqs_queue_redrive_policy)$/,
    gone: 'what fails is lost, or tried otherwise',
    other: 'does otherwise than before with what fails',
  },
  { of: /^aws_scheduler_schedule$/, gone: 'nothing happens at its time any more', other: 'does otherwise than before' },
  {
    of: /^aws_lambda_event_source_mapping$/,
    gone: 'what comes is no longer worked on',
    other: otherwise,
    besides: /^(?:uuid|\w*batch\w*|parallelization_factor|scaling_config|last_\w+|function_arn|state\w*)$/,
  },
  {
    of: /^aws_sns_topic_subscription$/,
    gone: 'whoever it told hears nothing any more',
    other: otherwise,
    besides: /^(?:owner_id|pending_confirmation|confirmation_was_authenticated)$/,
  },
  { of: /^aws_(?:budgets|ce)_/, gone: 'nobody is told when its sum is spent', other: 'tells of money otherwise than before' },
  {
    of: /^aws_(?:cloudtrail|flow_log|config_configuration_recorder)|_(?:logging|logging_configuration|query_log)$/,
    gone: 'what is done or comes is no longer recorded',
    other: 'records otherwise than before',
    besides: /^home_region$/,
  },
  {
    of: /^aws_(?:guardduty|inspector2|macie2|securityhub|accessanalyzer|detective|config)_/,
    gone: 'attacks and mistakes are no longer looked for',
    other: 'looks for other things than before',
    besides: /^account_id$/,
  },
  {
    of: /_(?:object_lock_configuration|vault_lock_configuration|vault_lock)$/,
    gone: 'what it locked can be deleted',
    other: 'locks otherwise than before',
  },
  {
    of: /^aws_(?:backup_(?!vault)|dlm_)|_replication(?:_configuration)?$/,
    gone: 'what it named is no longer backed up or copied',
    other: 'backs up or copies otherwise than before',
    besides: /^version$/,
  },
  {
    of: /_block_public_access$|_public_access_block$/,
    gone: 'what it closed can be opened to the public',
    other: 'closes other things than before',
  },
  {
    of: /_encryption_configuration$|^aws_ebs_encryption_by_default$|^aws_ebs_default_kms_key$/,
    gone: 'what comes is no longer encrypted with the key it named',
    other: 'encrypts otherwise than before',
  },
  {
    of: /^aws_s3_bucket_versioning$/,
    gone: 'what is overwritten or deleted in the bucket is gone',
    other: 'keeps versions otherwise than before',
  },
  {
    of: /^aws_iam_account_password_policy$/,
    gone: 'passwords may be as weak as AWS lets them',
    other: 'asks for other passwords than before',
  },
  { of: /^aws_organizations_policy(?:_attachment)?$/, gone: 'what it forbade may be done', other: 'forbids other things than before' },
  {
    of: /^aws_sns_topic$/,
    gone: 'whoever is subscribed to it hears nothing any more',
    other: 'passes on otherwise than before',
    besides: /^(?:policy|owner|beginning_archive_time|display_name)$|_feedback_/,
  },
  {
    of: /^aws_cloudfront_/,
    gone: 'whoever came through it, Slack among them, reaches nothing any more',
    other: 'lets in, answers or passes on otherwise than before',
    besides:
      /^(?:caller_reference|domain_name|etag|hosted_zone_id|http_version|in_progress_validation_batches|is_ipv6_enabled|last_modified_time|live_stage_etag|logging_v1_enabled|price_class|retain_on_delete|status|trusted_key_groups|trusted_signers|wait_for_deployment)$|(?:^|\.)custom_header\.name$/,
  },
  {
    of: /^aws_(?:wafv2|networkfirewall|shield)_/,
    gone: 'no firewall stands before what it protected',
    other: 'looks at what comes, or records it, otherwise than before',
    besides: /^(?:application_integration_url|capacity|default_action|lock_token|rule|update_token)$/,
  },
  {
    of: /^aws_bedrock_guardrail$/,
    gone: 'nothing filters what the model is asked and answers',
    other: 'judges otherwise than before',
    besides:
      /^(?:blocked_\w+|created_at|updated_at|guardrail_arn|guardrail_id|status|version|\w+_policy_config\.\w+(?<!tier)_config|automated_reasoning_policy_config)$/,
  },
  {
    of: /^aws_codebuild_/,
    other: 'builds from, with, as or for something other than before',
    besides: /^(?:badge_url|build_timeout|concurrent_build_limit|created|public_project_alias|queued_timeout|status)$/,
  },
];

export function protectionOf(type: string): Protection | undefined {
  return protections.find(({ of }) => of.test(type));
}
