import { isEmpty } from '../plan/attribute-differences.ts';
import type { Value } from '../secrets/masked-value.ts';

/** A change of one attribute by which something gets weaker. */
export type Rule = {
  /** Undefined: any type. */
  readonly type?: string;
  readonly path: readonly string[];
  readonly isWeaker: (before: Value | undefined, after: Value | undefined) => boolean;
  readonly says: string;
};

const isOff = (before: Value | undefined, after: Value | undefined) => before === true && after !== true;
const isOn = (before: Value | undefined, after: Value | undefined) => before !== true && after === true;
const becomes =
  (...values: readonly Value[]) =>
  (before: Value | undefined, after: Value | undefined) =>
    before !== after && values.includes(after ?? null);
const isOther = (before: Value | undefined, after: Value | undefined) => !isEmpty(before) && before !== after;
const isGone = (before: Value | undefined, after: Value | undefined) => !isEmpty(before) && isEmpty(after);
const isAnother = (before: Value | undefined, after: Value | undefined) => !isEmpty(before) && !isEmpty(after) && before !== after;
const isPublicNow = (before: Value | undefined, after: Value | undefined) =>
  before !== undefined && before !== null && before !== 'PUBLIC' && after === 'PUBLIC';
const isLess = (before: Value | undefined, after: Value | undefined) =>
  typeof before === 'number' && typeof after === 'number' && after < before;
/** In a log group 0 means for ever. */
const isSooner = (before: Value | undefined, after: Value | undefined) => isLess(before || Number.MAX_VALUE, after || Number.MAX_VALUE);

/** In the variables of a program numbers are texts. */
const isFewer = (before: Value | undefined, after: Value | undefined) =>
  [before, after].every((value) => /^\d+$/.test(String(value))) && Number(after) < Number(before);

export const attributeRules: readonly Rule[] = [
  { path: ['deletion_protection_enabled'], isWeaker: isOff, says: 'deletion protection is switched off' },
  {
    path: ['deletion_protection'],
    isWeaker: (before, after) => isOff(before, after) || (before === 'ACTIVE' && after !== 'ACTIVE'),
    says: 'deletion protection is switched off',
  },
  {
    path: ['point_in_time_recovery', 'enabled'],
    isWeaker: isOff,
    says: 'point-in-time recovery is switched off: what is overwritten or deleted cannot be brought back',
  },
  { path: ['point_in_time_recovery', 'recovery_period_in_days'], isWeaker: isLess, says: 'can be brought back to fewer days ago' },
  { path: ['server_side_encryption', 'enabled'], isWeaker: isOff, says: 'is no longer encrypted with its own key' },
  { path: ['kms_key_arn'], isWeaker: isGone, says: 'is no longer encrypted with its own key' },
  { path: ['kms_key_id'], isWeaker: isGone, says: 'is no longer encrypted with its own key' },
  { path: ['encryption_key_arn'], isWeaker: isGone, says: 'is no longer encrypted with its own key' },
  { path: ['enable_key_rotation'], isWeaker: isOff, says: 'the key is no longer rotated' },
  { type: 'aws_kms_key', path: ['is_enabled'], isWeaker: isOff, says: 'the key is disabled: what it encrypted cannot be read' },
  { type: 'aws_cloudwatch_event_rule', path: ['is_enabled'], isWeaker: isOff, says: 'does nothing at its time or event any more' },
  { type: 'aws_cloudwatch_event_rule', path: ['state'], isWeaker: becomes('DISABLED'), says: 'does nothing at its time or event any more' },
  { type: 'aws_scheduler_schedule', path: ['state'], isWeaker: becomes('DISABLED'), says: 'does nothing at its time any more' },
  { type: 'aws_lambda_event_source_mapping', path: ['enabled'], isWeaker: isOff, says: 'what comes is no longer worked on' },
  { path: ['reserved_concurrent_executions'], isWeaker: becomes(0), says: 'runs no more at all' },
  { path: ['dead_letter_config', 'target_arn'], isWeaker: isGone, says: 'what fails is lost' },
  { path: ['redrive_policy'], isWeaker: isGone, says: 'what fails is lost' },
  { path: ['destination_config', 'on_failure', 'destination'], isWeaker: isGone, says: 'what fails is lost' },
  { path: ['enable_logging'], isWeaker: isOff, says: 'what is done in the account is no longer recorded' },
  { path: ['deletion_window_in_days'], isWeaker: isLess, says: 'there is less time to bring the key back' },
  { path: ['recovery_window_in_days'], isWeaker: isLess, says: 'there is less time to bring the secret back' },
  { path: ['force_destroy'], isWeaker: isOn, says: 'may be deleted with everything in it' },
  { path: ['force_delete'], isWeaker: isOn, says: 'may be deleted with everything in it' },
  { path: ['skip_destroy'], isWeaker: isOff, says: 'is no longer kept when it leaves the code' },
  {
    path: ['versioning_configuration', 'status'],
    isWeaker: becomes('Suspended', 'Disabled'),
    says: 'what is overwritten or deleted in the bucket is gone',
  },
  { path: ['block_public_acls'], isWeaker: isOff, says: 'the bucket can be opened to the public' },
  { path: ['block_public_policy'], isWeaker: isOff, says: 'the bucket can be opened to the public' },
  { path: ['restrict_public_buckets'], isWeaker: isOff, says: 'the bucket can be opened to the public' },
  { path: ['image_tag_mutability'], isWeaker: becomes('MUTABLE'), says: 'a tag may come to mean another image' },
  { path: ['image_scanning_configuration', 'scan_on_push'], isWeaker: isOff, says: 'images are no longer scanned' },
  { path: ['event_expiry_duration'], isWeaker: isLess, says: 'memories are kept for fewer days' },
  { path: ['retention_in_days'], isWeaker: isSooner, says: 'logs are deleted sooner' },
  ...[['environment', 'variables'], ['environment_variables']].flatMap((variables): Rule[] => [
    {
      path: [...variables, 'AUDIT_DAYS'],
      isWeaker: isFewer,
      says: 'new lines of the audit log, which say who did what, are deleted sooner',
    },
    {
      path: [...variables, 'AUDIT_CONTENT'],
      isWeaker: becomes('full'),
      says: 'what tools are given, with what people wrote, stands in the audit log from now on',
    },
  ]),
  { path: ['retention_period'], isWeaker: isLess, says: 'records are kept for less long' },
  { path: ['message_retention_seconds'], isWeaker: isLess, says: 'messages wait for less long' },
  { path: ['backup_retention_period'], isWeaker: isLess, says: 'backups are kept for fewer days' },
  { path: ['versioning_configuration', 'mfa_delete'], isWeaker: becomes('Disabled'), says: 'versions are deleted without a second factor' },
  { path: ['permissions_boundary'], isWeaker: isGone, says: 'the permissions boundary is taken away' },
  { path: ['permissions_boundary'], isWeaker: isAnother, says: 'another permissions boundary holds' },
  { path: ['network_configuration', 'network_mode'], isWeaker: isPublicNow, says: 'leaves your network for the public one' },
  { path: ['vpc_config', 'subnet_ids'], isWeaker: isGone, says: 'leaves your network for the public one' },
  { path: ['publicly_accessible'], isWeaker: isOn, says: 'is reached from the internet' },
  { path: ['endpoint_public_access'], isWeaker: isOn, says: 'is reached from the internet' },
  { path: ['vpc_config', 'endpoint_public_access'], isWeaker: isOn, says: 'is reached from the internet' },
  { path: ['associate_public_ip_address'], isWeaker: isOn, says: 'is reached from the internet' },
  { path: ['network_configuration', 'assign_public_ip'], isWeaker: isOn, says: 'is reached from the internet' },
  { path: ['map_public_ip_on_launch'], isWeaker: isOn, says: 'what is started in it is reached from the internet' },
  { path: ['internal'], isWeaker: isOff, says: 'is reached from the internet' },
  { path: ['acl'], isWeaker: becomes('public-read', 'public-read-write', 'website'), says: 'anyone on the internet may read it' },
  {
    path: ['environment', 'variables', 'FRONT_DIGESTS'],
    isWeaker: isGone,
    says: 'answers whoever calls its own URL, and not only who comes through the front',
  },
  { path: ['web_acl_id'], isWeaker: isGone, says: 'no firewall stands before it any more' },
  { path: ['web_acl_arn'], isWeaker: isGone, says: 'no firewall stands before it any more' },
  { path: ['api_key_required'], isWeaker: isOff, says: 'anyone on the internet may call it' },
  { type: 'aws_api_gateway_method', path: ['authorization'], isWeaker: becomes('NONE'), says: 'anyone on the internet may call it' },
  { type: 'aws_apigatewayv2_route', path: ['authorization_type'], isWeaker: becomes('NONE'), says: 'anyone on the internet may call it' },
  { type: 'aws_iam_access_key', path: ['status'], isWeaker: becomes('Active'), says: 'the key works again' },
  { type: 'aws_lambda_function_url', path: ['authorization_type'], isWeaker: becomes('NONE'), says: 'anyone on the internet may call it' },
  {
    type: 'aws_bedrockagentcore_gateway',
    path: ['authorizer_type'],
    isWeaker: becomes('NONE'),
    says: 'anyone on the internet may call it',
  },
  {
    path: ['target_configuration', 'mcp', 'mcp_server', 'endpoint'],
    isWeaker: isOther,
    says: 'the gateway sends its key, and what people ask, to another address',
  },
];
