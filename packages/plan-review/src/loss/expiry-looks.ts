import { type Json, listOf, memberOf, parsedOf, textOf } from '../json/json.ts';
import { Hidden, plainOf, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import { code, counted, enumerated } from '../words/markdown.ts';
import { at, blocksAt, type Seen } from './seen.ts';

/** What AWS will delete by itself from now on, or sooner; each as one sentence. A new thing has nothing in it yet. */
export function expiryLooks(seen: Seen): string[] {
  if (seen.action === 'no-op' || seen.action === 'delete') return [];
  switch (seen.type) {
    case 'aws_dynamodb_table':
      return seen.action === 'create' ? [] : tableLooks(seen);
    case 'aws_ecr_lifecycle_policy':
      return imageLooks(seen);
    case 'aws_s3_bucket_lifecycle_configuration':
      return objectLooks(seen, 'rule');
    case 'aws_s3_bucket':
      return seen.action === 'create' ? [] : objectLooks(seen, 'lifecycle_rule');
    default:
      return [];
  }
}

function tableLooks({ before, after }: Seen): string[] {
  const [old, next] = [before, after].map((side) => (at(side, 'ttl', 'enabled') === true ? at(side, 'ttl', 'attribute_name') : undefined));
  return next === undefined || next === old
    ? []
    : [`from now on AWS deletes each item when the time in its ${code(String(next))} has come`];
}

type ImageRule = {
  readonly priority: number;
  readonly which: string;
  readonly kind: string;
  readonly number: number;
  readonly isDeleting: boolean;
};

/** Images are kept for going back to: each rule that takes more of them, sooner, or that no longer keeps some from another. */
function imageLooks({ before, after }: Seen): string[] {
  const policy = valueAt(after, 'policy');
  if (policy instanceof Unknown || policy instanceof Hidden) return ['which images it deletes this plan does not tell'];
  const [old, next] = [imageRules(before), imageRules(after)];
  const isSame = (one: ImageRule) => (rule: ImageRule) =>
    one.which === rule.which && one.kind === rule.kind && one.isDeleting === rule.isDeleting;
  const taking = next.filter((rule) => rule.isDeleting && !old.some((one) => isSame(one)(rule) && one.number <= rule.number));
  const unkept = old.filter(
    (rule) => !next.some(({ which }) => which === rule.which) && next.some(({ priority }) => priority > rule.priority),
  );
  const first = next.flatMap((rule) => {
    const was = old.find(isSame(rule));
    const behind = next.filter((other) => other.priority > rule.priority && isBefore(old.find(isSame(other)), was));
    return rule.isDeleting ? behind.map(({ which }) => ({ rule, which })) : [];
  });
  return [
    ...taking.map((rule) => `deletes images that one could go back to: of ${rule.which} ${keptWords(rule)}`),
    ...unkept.map(({ which }) => `images of ${which} have no rule of their own any more, and fall under the next one`),
    ...first.map(({ rule, which }) => `what is of ${which} falls under another rule first: of ${rule.which} ${keptWords(rule)}`),
  ];
}

/** Each image falls under the first rule that fits it. */
function isBefore(one: ImageRule | undefined, other: ImageRule | undefined): boolean {
  return one !== undefined && (other === undefined || one.priority < other.priority);
}

function keptWords({ kind, number }: ImageRule): string {
  const kept = Object.hasOwn(ages, kind)
    ? `only those ${ages[kind]} in the last ${counted(number, 'day')}`
    : `the last ${code(String(number))}`;
  return `${kept} are kept`;
}

const ages: Readonly<Record<string, string>> = {
  sinceImagePulled: 'pulled',
  sinceImagePushed: 'pushed',
  sinceImageTransitioned: 'archived',
};

function imageRules(side: Value): ImageRule[] {
  const policy = valueAt(side, 'policy') ?? null;
  const document: Json | undefined = typeof policy === 'string' ? parsedOf(policy) : plainOf(policy);
  return listOf(memberOf(document, 'rules')).map((rule) => {
    const selection = memberOf(rule, 'selection') ?? null;
    const patterns = ['tagPrefixList', 'tagPatternList'].flatMap((list) =>
      listOf(memberOf(selection, list)).map((one) => code(String(one))),
    );
    const status = textOf(memberOf(selection, 'tagStatus')) ?? '';
    const storage = textOf(memberOf(selection, 'storageClass'));
    const which = `${status === 'any' ? 'all images' : `${code(status)} images`}${patterns.length === 0 ? '' : ` like ${enumerated(patterns)}`}`;
    return {
      which: storage === undefined ? which : `${which} in ${code(storage)}`,
      priority: Number(memberOf(rule, 'rulePriority') ?? 0),
      kind: textOf(memberOf(selection, 'countType')) ?? '',
      isDeleting: (textOf(memberOf(rule, 'action', 'type')) ?? 'expire') === 'expire',
      number: Number(memberOf(selection, 'countNumber') ?? 0),
    };
  });
}

type Expiry = { readonly rule: string; readonly where: string; readonly what: string; readonly days: number };

function objectLooks({ before, after }: Seen, attribute: string): string[] {
  const old = expiriesOf(before, attribute);
  return expiriesOf(after, attribute)
    .filter(
      (one) => !old.some(({ what, where, days }) => what === one.what && (where === one.where || where === everywhere) && days <= one.days),
    )
    .map(({ rule, what, days }) => `deletes ${what}${days === 0 ? '' : ` after ${counted(days, 'day')}`} (rule ${code(rule)})`);
}

const everywhere = '';

function expiriesOf(side: Value, attribute: string): Expiry[] {
  return blocksAt(side, attribute).flatMap((rule) => {
    if (valueAt(rule, 'status') === 'Disabled' || valueAt(rule, 'enabled') === false) return [];
    const where = whereOf(rule);
    const id = String(valueAt(rule, 'id') ?? '');
    const date = at(rule, 'expiration', 'date');
    const onDay = typeof date === 'string' && date !== '' ? [{ rule: id, where, what: `objects on ${code(date)}`, days: 0 }] : [];
    const afterDays = expirations.flatMap(([path, what]) => {
      const days = at(rule, ...path);
      return typeof days === 'number' && days > 0 ? [{ rule: id, where, what, days }] : [];
    });
    return [...onDay, ...afterDays];
  });
}

const expirations: readonly (readonly [readonly string[], string])[] = [
  [['expiration', 'days'], 'objects'],
  [['noncurrent_version_expiration', 'noncurrent_days'], 'what was overwritten or deleted'],
  [['noncurrent_version_expiration', 'days'], 'what was overwritten or deleted'],
];

function whereOf(rule: Value): string {
  const named = ['prefix', 'filter', 'tags'].map((name) => JSON.stringify(plainOf(at(rule, name) ?? null)));
  return named.every((text) => /^(?:null|""|\[\]|\{\}|\{"prefix":(?:""|null)\})$/.test(text)) ? everywhere : named.join();
}
