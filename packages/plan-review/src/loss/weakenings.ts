import type { Plan, ResourceChange } from '../plan/plan.ts';
import { Hidden, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import { code } from '../words/markdown.ts';
import { resourceWords } from '../words/resource-words.ts';

/** Changes that delete nothing today, but take away what would have saved it, or open what was closed; each as one sentence. */
export function weakenings(plan: Plan): string[] {
  const managed = plan.changes.filter((change) => change.mode === 'managed' && !change.isDeposed);
  return managed.flatMap((change) => {
    if (change.action === 'delete')
      return Object.hasOwn(protections, change.type) ? [`${resourceWords(change)} is destroyed: ${protections[change.type]}.`] : [];
    return rules.filter((rule) => applies(rule, change)).map((rule) => `${resourceWords(change)}: ${sentenceOf(rule, change)}.`);
  });
}

/** Resources that protect others by being there. */
const protections: Readonly<Record<string, string>> = {
  aws_bedrock_guardrail: 'nothing filters what the model is asked and answers',
  aws_s3_bucket_public_access_block: 'the bucket can be opened to the public',
  aws_s3_bucket_server_side_encryption_configuration: 'new objects are no longer encrypted with the key it named',
  aws_s3_bucket_versioning: 'what is overwritten or deleted in the bucket is gone',
};

type Rule = {
  /** Undefined: any type. */
  readonly type?: string;
  readonly path: readonly (string | number)[];
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
const isLess = (before: Value | undefined, after: Value | undefined) =>
  typeof before === 'number' && typeof after === 'number' && after < before;
/** In a log group 0 means for ever. */
const isSooner = (before: Value | undefined, after: Value | undefined) => isLess(before || Number.MAX_VALUE, after || Number.MAX_VALUE);

const rules: readonly Rule[] = [
  { path: ['deletion_protection_enabled'], isWeaker: isOff, says: 'deletion protection is switched off' },
  {
    path: ['deletion_protection'],
    isWeaker: (before, after) => isOff(before, after) || (before === 'ACTIVE' && after !== 'ACTIVE'),
    says: 'deletion protection is switched off',
  },
  {
    path: ['point_in_time_recovery', 0, 'enabled'],
    isWeaker: isOff,
    says: 'point-in-time recovery is switched off: what is overwritten or deleted cannot be brought back',
  },
  { path: ['point_in_time_recovery', 0, 'recovery_period_in_days'], isWeaker: isLess, says: 'can be brought back to fewer days ago' },
  { path: ['server_side_encryption', 0, 'enabled'], isWeaker: isOff, says: 'is no longer encrypted with its own key' },
  { path: ['kms_key_arn'], isWeaker: isGone, says: 'is no longer encrypted with its own key' },
  { path: ['kms_key_id'], isWeaker: isGone, says: 'is no longer encrypted with its own key' },
  { path: ['encryption_key_arn'], isWeaker: isGone, says: 'is no longer encrypted with its own key' },
  { path: ['enable_key_rotation'], isWeaker: isOff, says: 'the key is no longer rotated' },
  { path: ['is_enabled'], isWeaker: isOff, says: 'the key is disabled: what it encrypted cannot be read' },
  { path: ['deletion_window_in_days'], isWeaker: isLess, says: 'there is less time to bring the key back' },
  { path: ['recovery_window_in_days'], isWeaker: isLess, says: 'there is less time to bring the secret back' },
  { path: ['force_destroy'], isWeaker: isOn, says: 'may be deleted with everything in it' },
  { path: ['force_delete'], isWeaker: isOn, says: 'may be deleted with everything in it' },
  { path: ['skip_destroy'], isWeaker: isOff, says: 'is no longer kept when it leaves the code' },
  {
    path: ['versioning_configuration', 0, 'status'],
    isWeaker: becomes('Suspended', 'Disabled'),
    says: 'what is overwritten or deleted in the bucket is gone',
  },
  { path: ['block_public_acls'], isWeaker: isOff, says: 'the bucket can be opened to the public' },
  { path: ['block_public_policy'], isWeaker: isOff, says: 'the bucket can be opened to the public' },
  { path: ['restrict_public_buckets'], isWeaker: isOff, says: 'the bucket can be opened to the public' },
  { path: ['image_tag_mutability'], isWeaker: becomes('MUTABLE'), says: 'a tag may come to mean another image' },
  { path: ['image_scanning_configuration', 0, 'scan_on_push'], isWeaker: isOff, says: 'images are no longer scanned' },
  { path: ['event_expiry_duration'], isWeaker: isLess, says: 'memories are kept for fewer days' },
  { path: ['retention_in_days'], isWeaker: isSooner, says: 'logs are deleted sooner' },
  { path: ['permissions_boundary'], isWeaker: isGone, says: 'the permissions boundary is taken away' },
  { type: 'aws_lambda_function_url', path: ['authorization_type'], isWeaker: becomes('NONE'), says: 'anyone on the internet may call it' },
  {
    type: 'aws_bedrockagentcore_gateway',
    path: ['authorizer_type'],
    isWeaker: becomes('NONE'),
    says: 'anyone on the internet may call it',
  },
  {
    path: ['target_configuration', 0, 'mcp', 0, 'mcp_server', 0, 'endpoint'],
    isWeaker: isOther,
    says: 'the gateway sends its key, and what people ask, to another address',
  },
  { type: 'aws_bedrockagentcore_gateway', path: ['exception_level'], isWeaker: becomes('DEBUG'), says: 'callers see the inside of errors' },
];

/** A new resource takes nothing away; only what opens it to everybody is said of it too. */
function applies({ type, path, isWeaker }: Rule, change: ResourceChange): boolean {
  const isNew = change.action === 'create' && type !== undefined;
  if (!(isNew || change.action === 'update' || change.action === 'replace') || (type !== undefined && type !== change.type)) return false;
  const [before, after] = [valueAt(change.before, ...path), valueAt(change.after, ...path)];
  return ![before, after].some((value) => value instanceof Unknown || value instanceof Hidden) && isWeaker(before, after);
}

function sentenceOf({ path, says }: Rule, { action, before, after }: ResourceChange): string {
  const shown = (action === 'create' ? [after] : [before, after])
    .map((side) => valueAt(side, ...path) ?? null)
    .map((value) => (isEmpty(value) ? 'nothing' : code(String(value))));
  return `${says} (${code(path.filter((step) => typeof step === 'string').join('.'))}: ${shown.join(' → ')})`;
}

function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null || value === '';
}
