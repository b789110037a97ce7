import { isEmpty } from '../plan/attribute-differences.ts';
import type { Value } from '../secrets/masked-value.ts';

/** How a value gets weaker, and the weakest it can become: what an apply may yet make of one that the plan does not tell. */
type Weakening = { readonly isWeaker: (before: Value, after: Value) => boolean; readonly weakest: Value };

/** A change of one attribute by which something gets weaker. */
export type Rule = Weakening & {
  /** Types of resources; undefined: any. */
  readonly of?: RegExp;
  /** The last names of its path, wherever in a resource it stands. */
  readonly at: RegExp;
  readonly says: string;
  /** Said of what is new too: it is open to everybody. */
  readonly opens?: true;
};

const off: Weakening = { isWeaker: (before, after) => before === true && after !== true, weakest: null };
const on: Weakening = { isWeaker: (before, after) => before !== true && after === true, weakest: true };
const gone: Weakening = { isWeaker: (before, after) => !isEmpty(before) && isEmpty(after), weakest: null };
const another: Weakening = { isWeaker: (before, after) => !isEmpty(before) && before !== after, weakest: '(another)' };
const less: Weakening = {
  isWeaker: (before, after) => typeof before === 'number' && typeof after === 'number' && after < before,
  weakest: -1,
};
/** In a log group 0 means for ever. */
const sooner: Weakening = { isWeaker: (before, after) => Number(after || Infinity) < Number(before || Infinity), weakest: 1 };
const becomes = (...values: readonly [Value, ...Value[]]): Weakening => ({
  isWeaker: (before, after) => !values.includes(before) && values.includes(after),
  weakest: values[0],
});
const leaves = (...values: readonly Value[]): Weakening => ({
  isWeaker: (before, after) => values.includes(before) && !values.includes(after),
  weakest: null,
});

const holdsAny = (value: Value) => Array.isArray(value) && value.includes('*');

const unencrypted = 'is no longer encrypted with its own key';
const openBucket = 'the bucket can be opened to the public';
const reached = 'is reached from the internet';
const anyone = 'anyone on the internet may call it';
const lost = 'what fails is lost';

/** Of several for one attribute the first that gets weaker speaks. */
export const attributeRules: readonly Rule[] = [
  {
    at: /deletion_protection(?:_enabled)?|termination_protection|disable_api_termination/,
    ...leaves(true, 'ACTIVE'),
    says: 'deletion protection is switched off',
  },
  {
    at: /point_in_time_recovery\w*\.(?:point_in_time_recovery_)?enabled/,
    ...off,
    says: 'point-in-time recovery is switched off: what is overwritten or deleted cannot be brought back',
  },
  { at: /recovery_period_in_days/, ...less, says: 'can be brought back to fewer days ago' },
  { at: /(?:\w*_)?(?:kms|encryption|cmk)_(?:\w+_)?key(?:_id|_arn|_identifier)?/, ...gone, says: unencrypted },
  { at: /server_side_encryption\.enabled/, ...off, says: unencrypted },
  { at: /(?:\w+_)?encrypted|\w*encryption_enabled|encrypt_at_rest\.enabled/, ...off, says: 'is no longer encrypted' },
  { at: /enable_key_rotation/, ...off, says: 'the key is no longer rotated' },
  { of: /^aws_kms_/, at: /is_enabled|enabled/, ...off, says: 'the key is disabled: what it encrypted cannot be read' },
  { of: /^aws_cloudwatch_event_rule$/, at: /is_enabled/, ...off, says: 'does nothing at its time or event any more' },
  { of: /^aws_cloudwatch_event_rule$/, at: /state/, ...becomes('DISABLED'), says: 'does nothing at its time or event any more' },
  { of: /^aws_scheduler_schedule$/, at: /state/, ...becomes('DISABLED'), says: 'does nothing at its time any more' },
  { of: /^aws_lambda_event_source_mapping$/, at: /enabled/, ...off, says: 'what comes is no longer worked on' },
  { at: /reserved_concurrent_executions/, ...becomes(0), says: 'runs no more at all' },
  {
    at: /dead_letter_config\.target_arn|dead_letter_config\.arn|redrive_policy(?:\.deadLetterTargetArn)?|on_failure\.destination/,
    ...gone,
    says: lost,
  },
  { at: /enable_logging/, ...off, says: 'what is done in the account is no longer recorded' },
  { at: /deletion_window_in_days/, ...less, says: 'there is less time to bring the key back' },
  { at: /recovery_window_in_days/, ...less, says: 'there is less time to bring the secret back' },
  { at: /force_destroy|force_delete/, ...on, says: 'may be deleted with everything in it' },
  { at: /skip_final_snapshot/, ...on, says: 'may be deleted without a last snapshot' },
  { at: /skip_destroy/, ...off, says: 'is no longer kept when it leaves the code' },
  {
    at: /versioning(?:_configuration)?\.(?:status|enabled)/,
    ...leaves('Enabled', true),
    says: 'what is overwritten or deleted in the bucket is gone',
  },
  { at: /mfa_delete/, ...leaves('Enabled', true), says: 'versions are deleted without a second factor' },
  { at: /mfa_configuration/, ...leaves('ON'), says: 'a second factor is no longer asked for' },
  { at: /(?:block|ignore)_public_\w+|restrict_public_buckets/, ...off, says: openBucket },
  {
    at: /image_tag_mutability/,
    isWeaker: (before, after) => !isEmpty(before) && before !== 'MUTABLE' && after !== 'IMMUTABLE',
    weakest: 'MUTABLE',
    says: 'a tag may come to mean another image',
  },
  { at: /scan_on_push/, ...off, says: 'images are no longer scanned' },
  { at: /event_expiry_duration/, ...less, says: 'memories are kept for fewer days' },
  { at: /retention_in_days/, ...sooner, says: 'logs are deleted sooner' },
  {
    at: /(?:environment_)?variables\.AUDIT_DAYS/,
    // In the variables of a program numbers are texts.
    isWeaker: (before, after) => !isEmpty(before) && Number(after) < Number(before),
    weakest: '0',
    says: 'new lines of the audit log, which say who did what, are deleted sooner',
  },
  {
    at: /(?:environment_)?variables\.AUDIT_CONTENT/,
    ...becomes('full'),
    says: 'what tools are given, with what people wrote, stands in the audit log from now on',
  },
  { at: /retention_period/, ...less, says: 'records are kept for less long' },
  { at: /message_retention_seconds|message_retention_period/, ...less, says: 'messages wait for less long' },
  { at: /backup_retention(?:_period)?|delete_after(?:_days)?/, ...less, says: 'backups are kept for fewer days' },
  { at: /(?!retention_in_days$)\w*retention\w*(?:\.(?:days|years))?/, ...less, says: 'is kept for less long' },
  { at: /permissions_boundary/, ...gone, says: 'the permissions boundary is taken away' },
  { at: /permissions_boundary/, ...another, says: 'another permissions boundary holds' },
  {
    at: /network_configuration\.network_mode/,
    isWeaker: (before, after) => !isEmpty(before) && before !== 'PUBLIC' && after === 'PUBLIC',
    weakest: 'PUBLIC',
    says: 'leaves your network for the public one',
  },
  { at: /vpc_config\.subnet_ids/, ...gone, says: 'leaves your network for the public one' },
  {
    at: /publicly_accessible|endpoint_public_access|associate_public_ip_address|assign_public_ip(?:_address)?/,
    ...on,
    says: reached,
    opens: true,
  },
  { at: /assign_public_ip/, ...becomes('ENABLED'), says: reached, opens: true },
  { at: /map_public_ip_on_launch/, ...on, says: 'what is started in it is reached from the internet' },
  { at: /internal/, ...off, says: reached },
  {
    at: /acl/,
    ...becomes('public-read', 'public-read-write', 'website', 'authenticated-read'),
    says: 'anyone with an AWS account, or on the internet, may read it',
    opens: true,
  },
  {
    at: /allow(?:ed)?_origins/,
    isWeaker: (before, after) => !holdsAny(before) && holdsAny(after),
    weakest: ['*'],
    says: 'any page on the internet may call it with what a browser keeps for it',
  },
  { of: /^aws_(?:lb|alb)_listener$/, at: /protocol/, ...leaves('HTTPS', 'TLS'), says: 'is called without TLS' },
  {
    at: /ssl_policy|security_policy|tls_security_policy|min(?:imum)?_tls_version/,
    ...another,
    says: 'callers may use another TLS than before',
  },
  {
    at: /variables\.FRONT_DIGESTS/,
    ...gone,
    says: 'answers whoever calls its own URL, and not only who comes through the front',
  },
  { at: /web_acl_(?:id|arn)/, ...gone, says: 'no firewall stands before it any more' },
  { at: /api_key_required/, ...off, says: anyone },
  { of: /^aws_(?:lambda|api_?gateway)/, at: /auth(?:orization)?(?:_type)?/, ...becomes('NONE'), says: anyone, opens: true },
  { of: /^aws_bedrockagentcore_gateway$/, at: /authorizer_type/, ...becomes('NONE'), says: anyone, opens: true },
  { of: /^aws_iam_access_key$/, at: /status/, ...becomes('Active'), says: 'the key works again' },
  {
    at: /mcp_server\.endpoint/,
    ...another,
    says: 'the gateway sends its key, and what people ask, to another address',
  },
];
