import { describe, expect, it } from 'vitest';
import type { Json } from '../src/json/json.ts';
import { attributeRules } from '../src/loss/attribute-rules.ts';
import { lastingKeys } from '../src/loss/opening-looks.ts';
import { boxOf, update } from './box-of.ts';
import { type ChangeJson, configurationJson, reference } from './plan-json.ts';
import { anyone, reached, reads, rows, unencrypted } from './rule-rows.ts';

/** `a.b` as Terraform writes it: a list of one block. */
const put = (path: string, value: Json): Json => {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return { [first]: value };
  const inside = put(rest.join('.'), value);
  return { [first]: first === 'variables' ? inside : [inside] };
};
describe('what gets weaker by one attribute', () => {
  it('has a row for each rule', () => {
    const isHeld = ({ of, at, says }: (typeof attributeRules)[number]) =>
      rows.some(
        ([type, path, , , words]) =>
          words === says && (of === undefined || of.test(type)) && new RegExp(`(?:^|[.])(?:${at.source})$`).test(path),
      );
    expect(attributeRules.filter((rule) => !isHeld(rule)).map(({ at, says }) => `${at.source}: ${says}`)).toEqual([]);
  });

  it.each(rows)('is told: %s %s, %j → %j', (...[type, path, before, after, says]) => {
    const line = `: ${says} (\`${path}\``;
    expect(boxOf([update(type, put(path, before), put(path, after))])).toContain(line);
    expect(boxOf([{ ...update(type, put(path, before), put(path, after)), actions: ['delete', 'create'] }])).toContain(line);
    const isOther = says.includes('another');
    if (!isOther) expect(boxOf([update(type, put(path, after), put(path, before))])).not.toContain(says);
    const late = boxOf([], {
      deferred_changes: [{ reason: 'x', resource_change: { ...changed(type), change: sidesOf(put(path, before), put(path, after)) } }],
    });
    expect(late).toContain(line);
  });

  it.each([
    ['aws_db_instance', put('publicly_accessible', true), reached],
    ['aws_s3_bucket_acl', put('acl', 'public-read'), reads],
    ['aws_lambda_function_url', put('authorization_type', 'NONE'), anyone],
    ['aws_bedrockagentcore_gateway', put('authorizer_type', 'NONE'), anyone],
  ])('is told of what is open from the start: %s', (type, after, says) => {
    expect(boxOf([{ type, actions: ['create'], after }])).toContain(says);
  });

  it('is perhaps told of what only the apply tells, but not where the code names a resource of the plan, or says nothing', () => {
    const role = (permissions_boundary: Json, change: NonNullable<ChangeJson['change']> = {}): ChangeJson => ({
      ...update('aws_iam_role', { name: 'r', permissions_boundary: 'arn:a' }, { name: 'r', permissions_boundary }),
      change,
    });
    const later = role(null, { after_unknown: { permissions_boundary: true } });
    expect(boxOf([later])).toContain(
      'perhaps the permissions boundary is taken away (`permissions_boundary`: `arn:a` → known after apply)',
    );
    const table = {
      ...update('aws_dynamodb_table', { kms_key_arn: 'arn:a' }, {}),
      change: { after_unknown: { kms_key_arn: true } },
    };
    const key = { type: 'aws_kms_key', actions: ['create'], after: {} };
    const named = configurationJson({ 'aws_dynamodb_table.one': { kms_key_arn: { constant_value: reference('aws_kms_key.one.arn') } } });
    expect(boxOf([table, key], { configuration: named })).toBe('');
    expect(boxOf([table, key], { configuration: configurationJson({ 'aws_dynamodb_table.one': { name: {} } }) })).toBe('');
    expect(boxOf([table])).toContain(`perhaps ${unencrypted}`);
  });
});

function changed(type: string) {
  return { address: `${type}.late`, mode: 'managed', type, name: 'late' };
}

function sidesOf(before: Json, after: Json): Json {
  return { actions: ['update'], before, after, after_unknown: {}, before_sensitive: {}, after_sensitive: {} };
}

const forever = [
  ['aws_iam_access_key', 'is a key of AWS that never expires, and its secret stands in Terraform’s state'],
  ['aws_iam_service_specific_credential', 'is a password of a service, and stands in Terraform’s state'],
  ['aws_iam_user_login_profile', 'is a password for the console, and stands in Terraform’s state'],
  ['tls_private_key', 'is a private key that stands in Terraform’s state'],
] as const;

describe('a key that never ends', () => {
  it('has a row for each type', () => {
    expect(forever.map(([type]) => type)).toEqual(Object.keys(lastingKeys));
  });

  it.each(forever)('is told: %s', (type, says) => {
    expect(boxOf([{ type, actions: ['create'], after: { user: 'a' } }])).toContain(says);
    const deferred = {
      reason: 'x',
      resource_change: { ...changed(type), change: { ...(sidesOf(null, {}) as object), actions: ['create'] } },
    };
    expect(boxOf([], { deferred_changes: [deferred] })).toContain(says);
    expect(boxOf([update(type, { user: 'a' }, { user: 'b' })])).not.toContain(says);
  });
});
